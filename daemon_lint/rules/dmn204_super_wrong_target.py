"""DMN204: the call of a base skips a base that does work, or calls another method."""

from __future__ import annotations

from collections.abc import Iterator

from daemon_lint.cooperation import Cooperation
from daemon_lint.findings import Finding, Step
from daemon_lint.names import Class
from daemon_lint.overrides import BaseCall, Override, base_calls, lost_work, overrides
from daemon_lint.rules.base import ModuleCheck, Rule


class SuperWrongTarget(Rule):
    code = "DMN204"
    symbol = "super-wrong-target"
    summary = "A call of the base skips a base that does work, or names another method."
    why = (
        "`super(Base, self)` and `Grandparent.method(self)` begin behind a class in between, whose "
        "work is then skipped. `super().stop()` in `cleanup` runs the wrong method of the base."
    )
    wrong = """
class Socket:
    def close(self) -> None:
        self.socket.close()


class Connection(Socket):
    def close(self) -> None:
        self.timer.cancel()
        super().close()


class Cached(Connection):
    def close(self) -> None:
        Socket.close(self)  # error: DMN204
"""
    right = """
class Socket:
    def close(self) -> None:
        self.socket.close()


class Connection(Socket):
    def close(self) -> None:
        self.timer.cancel()
        super().close()


class Cached(Connection):
    def close(self) -> None:
        super().close()
"""

    def check(self, module: ModuleCheck) -> Iterator[Finding]:
        linker = module.project.linker
        cooperation = Cooperation(linker)
        for cls in module.classes():
            for override in overrides(linker, cls):
                summary = override.summary
                if not any(call.base or call.method != summary.name for call in summary.supers):
                    continue
                if not cooperation.may_cooperate(cls, summary.name):
                    continue
                node = module.nodes.get(summary.line)
                calls = base_calls(linker, override, node) if node is not None else []
                own = [call for call in calls if call.method == summary.name]
                if own:
                    yield from self._skipped(module, cooperation, override, own)
                elif not any(cooperation.continues(cls, summary, summary.name)):
                    yield from self._other(module, cooperation, override, calls)

    def _skipped(
        self, module: ModuleCheck, cooperation: Cooperation, override: Override, own: list[BaseCall]
    ) -> Iterator[Finding]:
        if any(call.by_super and call.target in (None, override.cls) for call in own):
            return
        named = [call.target for call in own]
        for call in own:
            if call.target is None or call.target not in override.rest:
                continue
            end = override.rest.index(call.target) + (1 if call.by_super else 0)
            skipped = tuple(
                base for base in override.rest[:end] if base not in named or call.by_super
            )
            lost = cooperation.working_base(override.cls, override.summary, skipped)
            if lost is None:
                continue
            yield self.at(
                module,
                call.node,
                f"{override.cls.summary.name}.{override.summary.name}() calls a base behind "
                f"{_name(lost)} and skips its work; call super().{override.summary.name}(...)",
                *_lost_step(lost, override.summary.name),
            )
            return

    def _other(
        self,
        module: ModuleCheck,
        cooperation: Cooperation,
        override: Override,
        calls: list[BaseCall],
    ) -> Iterator[Finding]:
        lost = lost_work(cooperation, override)
        if lost is None:
            return
        for call in calls:
            if _works(cooperation, override, call.method):
                name = override.summary.name
                yield self.at(
                    module,
                    call.node,
                    f"{override.cls.summary.name}.{name}() calls {call.method}() of its base and "
                    f"never {name}(); call super().{name}(...)",
                    *_lost_step(lost, name),
                )


def _works(cooperation: Cooperation, override: Override, name: str) -> bool:
    if not cooperation.may_cooperate(override.cls, name):
        return False
    found = [
        base.summary.methods[name]
        for base in override.rest
        if isinstance(base, Class) and name in base.summary.methods
    ]
    return not found or any(method.does_work for method in found)


def _name(base: Class | str) -> str:
    return base.rpartition(".")[2] if isinstance(base, str) else base.summary.name


def _lost_step(lost: Class | str, name: str) -> list[Step]:
    if isinstance(lost, str):
        return []
    line = lost.summary.methods[name].line
    return [
        Step(lost.module.path, line, f"{lost.summary.name}.{name}() does the work that is lost")
    ]
