"""DMN304: daemons that wait for each other."""

from __future__ import annotations

from collections.abc import Iterator

from daemon_lint.daemons import Waiting, cycles
from daemon_lint.findings import Finding, Step
from daemon_lint.rules.base import ModuleCheck, Rule
from daemon_lint.rules.dmn303_unknown_daemon import call_at


class ReadyCycle(Rule):
    code = "DMN304"
    symbol = "ready-cycle"
    summary = "Daemons wait for each other, so that each begins only after the other."
    why = (
        "What each does when the other is ready may count on work that the other has not done yet. "
        "Break the circle: one of them must not wait."
    )
    wrong = """
from daemonbase import DaemonBase


class Data(DaemonBase):
    name = "data"

    async def initialize(self) -> None:
        self.on_daemon_ready("user", self.begin)  # error: DMN304

    async def begin(self) -> None: ...


class User(DaemonBase):
    name = "user"

    async def initialize(self) -> None:
        self.on_daemon_ready("data", self.begin)

    async def begin(self) -> None: ...
"""
    right = """
from daemonbase import DaemonBase


class Data(DaemonBase):
    name = "data"


class User(DaemonBase):
    name = "user"

    async def initialize(self) -> None:
        self.on_daemon_ready("data", self.begin)

    async def begin(self) -> None: ...
"""

    def check(self, module: ModuleCheck) -> Iterator[Finding]:
        if not any(module.project.linker.strict_base(cls) for cls in module.classes()):
            return
        daemons = module.project.daemons
        edges: dict[str, set[str]] = {}
        where: dict[tuple[str, str], Waiting] = {}
        for cls, strict in daemons.classes:
            for waiting in daemons.waits(cls, strict):
                for target in daemons.targets(waiting):
                    edges.setdefault(cls.name, set()).add(target.name)
                    where.setdefault((cls.name, target.name), waiting)
        for path in cycles(edges):
            around = [where[pair] for pair in zip(path, [*path[1:], path[0]], strict=True)]
            first = around[0]
            if first.cls.module is not module.module:
                continue
            strict_base = module.project.linker.strict_base(first.cls)
            assert strict_base is not None
            node = call_at(module, first.line, strict_base.methods["on-ready"])
            if node is None:
                continue
            names = [around[-1].name, *(item.name for item in around)]
            circle = " -> ".join(names)
            words = "waits for itself" if len(path) == 1 else "wait for each other"
            yield self.at(
                module,
                node,
                f"the daemons {circle} {words}; let one of them begin without the other",
                *(
                    Step(
                        item.cls.module.path,
                        item.line,
                        f"{item.cls.summary.name} waits for {item.name}",
                    )
                    for item in around
                ),
            )
