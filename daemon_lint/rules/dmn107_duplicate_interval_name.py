"""DMN107: two intervals of one name in a class and its bases."""

from __future__ import annotations

import os
from collections.abc import Iterator

from daemon_lint.findings import Finding, Step
from daemon_lint.intervals import Replaced
from daemon_lint.rules.base import ModuleCheck, Rule
from daemon_lint.symbols import Class


class DuplicateIntervalName(Rule):
    code = "DMN107"
    symbol = "duplicate-interval-name"
    summary = "Two registrations of one interval name in a class and its bases replace each other."
    why = (
        "A registered interval of the same name is replaced: the first one stops without a word, "
        "and what it did is done no more."
    )
    wrong = """
from daemonbase import DaemonBase


class Poller(DaemonBase):
    async def initialize(self) -> None:
        self.register_interval("poll", self.read, 5)
        self.register_interval("poll", self.write, 9)  # error: DMN107

    def read(self) -> None: ...
    def write(self) -> None: ...
"""
    right = """
from daemonbase import DaemonBase


class Poller(DaemonBase):
    async def initialize(self) -> None:
        self.register_interval("read", self.read, 5)
        self.register_interval("write", self.write, 9)

    def read(self) -> None: ...
    def write(self) -> None: ...
"""

    def check(self, module: ModuleCheck) -> Iterator[Finding]:
        daemons, path = module.project.daemons, module.module.path
        seen: set[tuple[int, int]] = set()
        for cls in module.classes() if daemons.classes else ():
            for concrete in daemons.concrete(cls):
                strict = module.project.linker.strict_base(concrete)
                for found in daemons.replaced(concrete, strict) if strict is not None else ():
                    node = found.second.node
                    place = (node.lineno, node.col_offset)
                    if found.second.path == path and place not in seen:
                        seen.add(place)
                        step = Step(found.first.path, found.first.line, _FIRST)
                        yield self.at(module, node, _message(concrete, found), step)


_FIRST = "the name is registered here first"


def _message(cls: Class, found: Replaced) -> str:
    again = f"{cls.summary.name} registers the interval '{found.name}' again"
    if found.in_loop:
        return f"{again} each time round, and only the last one stays; give each a name of its own"
    where = f"line {found.first.line}"
    if found.first.path != found.second.path:
        where += f" of {os.path.basename(found.first.path)}"
    return (
        f"{again}, which replaces the one of {where}; give it a name of its own, or clear the first"
    )
