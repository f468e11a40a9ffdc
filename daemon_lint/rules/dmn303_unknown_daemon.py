"""DMN303: waiting for a daemon that the project does not have."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator

from daemon_lint.daemons import Wait, texts
from daemon_lint.findings import Finding
from daemon_lint.rules.base import ModuleCheck, Rule
from daemon_lint.symbols import Class


class UnknownDaemon(Rule):
    code = "DMN303"
    symbol = "unknown-daemon"
    summary = "`on_daemon_ready` names a daemon that the project does not have."
    why = (
        "The callback never runs, and nothing says so: a name that no daemon announces is "
        "waited for for ever."
    )
    wrong = """
from daemonbase import DaemonBase


class DataDaemon(DaemonBase):
    name = "data"


class Reader(DaemonBase):
    async def initialize(self) -> None:
        self.on_daemon_ready("dta", self.begin)  # error: DMN303

    async def begin(self) -> None: ...
"""
    right = """
from daemonbase import DaemonBase


class DataDaemon(DaemonBase):
    name = "data"


class Reader(DaemonBase):
    async def initialize(self) -> None:
        self.on_daemon_ready("data", self.begin)

    async def begin(self) -> None: ...
"""

    def check(self, module: ModuleCheck) -> Iterator[Finding]:
        linker, daemons = module.project.linker, module.project.daemons
        seen: set[tuple[int, int]] = set()
        for cls in module.classes() if daemons.classes else ():
            for concrete in daemons.concrete(cls):
                strict = linker.strict_base(concrete)
                if strict is None or module.project.linker.is_abstract(concrete):
                    continue
                for wait in daemons.waits_of_class(concrete, strict, cls):
                    yield from self._unknown(module, wait, concrete, seen)
        for base in {strict.name: strict for _, strict in daemons.classes}.values():
            for wait in daemons.waits_outside(base, module.module.path):
                yield from self._unknown(module, wait, None, seen)

    def _unknown(
        self, module: ModuleCheck, wait: Wait, cls: Class | None, seen: set[tuple[int, int]]
    ) -> Iterator[Finding]:
        daemons = module.project.daemons
        node = wait.site.node
        place = (node.lineno, node.col_offset)
        if place in seen or wait.site.path != module.module.path:
            return
        for name in sorted(texts(wait.names)):
            # Alone in its project, a daemon waits for one of another.
            if daemons.may_exist(name, module.module) or daemons.is_alone(cls):
                continue
            seen.add(place)
            waits = f"{cls.summary.name} waits" if cls is not None else "this waits"
            yield self.at(
                module,
                node,
                f"{waits} for the daemon '{name}', which the project does not have"
                f"{_hint(name, daemons.all_names(module.module))}; name one that it has",
            )
            return


def _hint(name: str, known: set[str]) -> str:
    """A ` (did you mean …?)` for a name that is nearly right, or an empty string."""
    for same in sorted(known):
        if _plain(same) == _plain(name):
            return f" (did you mean '{same}'?)"
    close = difflib.get_close_matches(name, sorted(known), n=1, cutoff=0.75)
    return f" (did you mean '{close[0]}'?)" if close else ""


def _plain(name: str) -> str:
    """A name without what people get wrong first: case, separators, and the word daemon."""
    return re.sub(r"[\W_]|daemon", "", name.lower())
