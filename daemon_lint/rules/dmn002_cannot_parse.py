"""DMN002: a file that cannot be parsed."""

from __future__ import annotations

from collections.abc import Iterator

from daemon_lint.findings import Finding
from daemon_lint.rules.base import ModuleCheck, Rule


class CannotParse(Rule):
    code = "DMN002"
    symbol = "cannot-parse"
    summary = "The file is not valid Python for the interpreter that runs the linter."
    why = (
        "A file that cannot be parsed is not checked at all. Where it uses syntax newer than the "
        "running interpreter knows, the message names the version to run daemon-lint on."
    )
    wrong = ""
    right = ""

    def check(self, module: ModuleCheck) -> Iterator[Finding]:
        yield from ()

    @classmethod
    def finding(cls, path: str, line: int, column: int, reason: str) -> Finding:
        """The finding for a file that the parser refused."""
        message = f"cannot parse this file: {reason}"
        return Finding(cls.code, cls.symbol, path, line, column, line, column, message)
