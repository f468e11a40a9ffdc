"""DMN304: daemons that wait for each other."""

from __future__ import annotations

from collections.abc import Iterator

from daemon_lint.daemons import Waiting
from daemon_lint.findings import Finding, Step
from daemon_lint.rules.base import ModuleCheck, Rule


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
        daemons = module.project.daemons
        if not any(
            (strict := daemons.base_of(cls)) is not None
            and daemons.mentions(cls, (strict.methods["on-ready"],))
            for cls in module.classes()
        ):
            return  # a circle is reported where one waits, and nobody does here
        for around in daemons.circles:
            first = around[0]
            if first.path != module.module.path or first.call is None:
                continue
            steps = (
                Step(item.path, item.line, f"{item.cls.summary.name} waits for '{item.name}'")
                for item in around
            )
            yield self.at(module, first.call, _message(around), *steps)


def _message(around: list[Waiting]) -> str:
    name = around[-1].name
    if len(around) == 1:
        return (
            f"the daemon '{name}' waits for itself; do this work in its initialize(), or wait for "
            "the daemon that it needs"
        )
    circle = " -> ".join([name, *(item.name for item in around)])
    return (
        f"the daemons {circle} wait for each other; let one of them begin without the one it "
        "waits for"
    )
