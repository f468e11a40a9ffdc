"""DMN206: an override of a final method."""

from __future__ import annotations

from collections.abc import Iterator

from daemon_lint.findings import Finding, Step
from daemon_lint.names import Class
from daemon_lint.overrides import overrides
from daemon_lint.rules.base import ModuleCheck, Rule


class OverrideOfFinal(Rule):
    code = "DMN206"
    symbol = "override-of-final"
    summary = "An override of a final method, such as a daemon's shutdown."
    why = (
        "What is final keeps a promise that an override breaks: `shutdown` releases all that is "
        "registered, whatever fails. Customise the hook instead: `cleanup`."
    )
    wrong = """
from daemonbase import DaemonBase


class Feed(DaemonBase):
    async def shutdown(self) -> None:  # error: DMN206
        self.buffer = []
        await super().shutdown()
"""
    right = """
from daemonbase import DaemonBase


class Feed(DaemonBase):
    async def cleanup(self) -> None:
        self.buffer = []
"""

    def check(self, module: ModuleCheck) -> Iterator[Finding]:
        linker = module.project.linker
        for cls in module.classes():
            strict = linker.strict_base(cls)
            for override in overrides(linker, cls):
                name = override.summary.name
                for base in override.rest:
                    full = f"{base if isinstance(base, str) else base.name}.{name}"
                    stated = isinstance(base, Class) and _is_final(base, name)
                    if not stated and full not in linker.profile.final:
                        continue
                    steps = []
                    if isinstance(base, Class) and name in base.summary.methods:
                        line = base.summary.methods[name].line
                        steps.append(Step(base.module.path, line, f"{name}() is final here"))
                    remedy = "give it another name"
                    if strict is not None and name == strict.methods["shutdown"]:
                        remedy = f"override {strict.methods['cleanup']}() instead"
                    elif strict is not None and name == strict.methods["start"]:
                        remedy = f"override {strict.methods['initialize']}() instead"
                    owner = base.rpartition(".")[2] if isinstance(base, str) else base.summary.name
                    yield self.at_def(
                        module,
                        override.summary,
                        f"{cls.summary.name}.{name}() overrides {owner}.{name}(), which is final; "
                        f"{remedy}",
                        *steps,
                    )
                    break


def _is_final(base: Class, name: str) -> bool:
    method = base.summary.methods.get(name)
    return method is not None and any(
        item.rpartition(".")[2] == "final" for item in method.decorators
    )
