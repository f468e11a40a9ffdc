"""DMN206: an override of a final method."""

from __future__ import annotations

from collections.abc import Iterator

from daemon_lint.findings import Finding, Step
from daemon_lint.rules.base import ModuleCheck, Rule
from daemon_lint.symbols import Class, short_name


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
        for cls in module.classes():
            for name, method in cls.summary.methods.items():
                if "@" in name or _is_mangled(name):
                    continue
                final = self._final(module, cls, name)
                if final is None:
                    continue
                words, steps = self._words(module, cls, name, final)
                if method.name == name:
                    yield self.at_def(module, method, words, *steps)
            yield from self._assigned(module, cls)

    def _assigned(self, module: ModuleCheck, cls: Class) -> Iterator[Finding]:
        """`shutdown = stop_all` in the class's body."""
        names = [name for name in cls.summary.assigned if not _is_mangled(name)]
        found = {name: final for name in names if (final := self._final(module, cls, name))}
        for name, final in found.items():
            target = module.assignment(cls, name)
            if target is not None:
                words, steps = self._words(module, cls, name, final)
                yield self.at(module, target, words, *steps)

    def _final(self, module: ModuleCheck, cls: Class, name: str) -> Class | str | None:
        """The class that calls its method of this name final, behind `cls` in some order."""
        linker = module.project.linker
        named = any(item.rpartition(".")[2] == name for item in linker.profile.final)
        if not named and name not in module.project.cooperation.marked:
            return None
        for concrete in (cls, *linker.mixed_subclasses(cls)):
            mro = linker.mro(concrete)
            for base in mro[mro.index(cls) + 1 :] if cls in mro else ():
                full = f"{linker.class_name(base)}.{name}"
                if full in linker.profile.final:
                    return base
                if (
                    isinstance(base, Class)
                    and name in base.summary.marked
                    and _is_final(base, name)
                ):
                    return base
        return None

    def _words(
        self, module: ModuleCheck, cls: Class, name: str, base: Class | str
    ) -> tuple[str, list[Step]]:
        steps = []
        if isinstance(base, Class) and name in base.summary.methods:
            line = base.summary.methods[name].line
            steps.append(Step(base.module.path, line, f"{name}() is final here"))
        linker = module.project.linker
        owner = linker.class_name(base)
        strict = linker.profile.bases.get(owner) or linker.strict_base(cls)
        remedy = "give it another name"
        if strict is not None and name == strict.methods["shutdown"]:
            remedy = f"override {strict.methods['cleanup']}() instead"
        elif strict is not None and name == strict.methods["start"]:
            remedy = f"override {strict.methods['initialize']}() instead"
        shown = f"{short_name(base)}.{name}()"
        words = f"{cls.summary.name}.{name}() overrides {shown}, which is final; {remedy}"
        return words, steps


def _is_mangled(name: str) -> bool:
    return name.startswith("__") and not name.endswith("__")


def _is_final(base: Class, name: str) -> bool:
    return any(item.rpartition(".")[2] == "final" for item in base.summary.methods[name].decorators)
