"""DMN107: two intervals of one name in a class and its bases."""

from __future__ import annotations

from collections.abc import Iterator

from daemon_lint.contracts import Base
from daemon_lint.findings import Finding, Step
from daemon_lint.intervals import Replaced
from daemon_lint.names import Class
from daemon_lint.rules.base import ModuleCheck, Rule


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
        linker = module.project.linker
        seen: set[int] = set()
        for cls in module.classes():
            for concrete in module.project.daemons.concrete(cls):
                strict = linker.strict_base(concrete)
                if strict is None or (
                    linker.strict_base(cls) is None and not _is_mixin(cls, strict)
                ):
                    continue
                for found in module.project.daemons.replaced(concrete, strict):
                    node = found.second.node
                    if found.second.path == module.module.path and id(node) not in seen:
                        seen.add(id(node))
                        yield self.at(
                            module,
                            node,
                            _message(concrete, found),
                            Step(found.first.path, found.first.line, _FIRST),
                        )


_FIRST = "the name is registered here first"


def _is_mixin(cls: Class, strict: Base) -> bool:
    """Whether a class that is no daemon itself may register for one that it is mixed into."""
    return any(
        strict.methods["register-interval"] in method.self_refs
        for method in cls.summary.methods.values()
    )


def _message(cls: Class, found: Replaced) -> str:
    name = cls.summary.name
    if found.in_loop:
        return (
            f"{name} registers the interval '{found.name}' again each time round, and only the "
            "last one stays; give each a name of its own"
        )
    return (
        f"{name} registers the interval '{found.name}' again, which replaces the one of "
        f"line {found.first.line}; give it a name of its own, or clear the first"
    )
