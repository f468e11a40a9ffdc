"""What a rule is, and what it is given to look at."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from daemon_lint.findings import Finding
from daemon_lint.summary import ModuleSummary

if TYPE_CHECKING:
    from daemon_lint.obligations import ModuleLeaks
    from daemon_lint.project import Project


@dataclass(slots=True)
class ModuleCheck:
    """One module under analysis: its summary, its project, and its leaks once asked for."""

    path: str
    module: ModuleSummary
    project: Project
    leaks: ModuleLeaks


class Rule:
    """One rule: its page, its examples, and its check.

    `wrong` and `right` are modules marked as case files are (`# error: CODE`); a test runs them.
    """

    code: ClassVar[str]
    symbol: ClassVar[str]
    summary: ClassVar[str]
    why: ClassVar[str]
    wrong: ClassVar[str]
    right: ClassVar[str]
    default_on: ClassVar[bool] = True

    def check(self, module: ModuleCheck) -> Iterator[Finding]:
        """The findings of this rule in one module."""
        raise NotImplementedError
