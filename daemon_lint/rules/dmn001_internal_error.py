"""DMN001: the linter itself failed on a file."""

from __future__ import annotations

from collections.abc import Iterator

from daemon_lint.contracts import ConfigError
from daemon_lint.findings import Finding
from daemon_lint.rules.base import ModuleCheck, Rule


class InternalError(Rule):
    code = "DMN001"
    symbol = "internal-error"
    summary = "The linter failed on this file; the rest of the run went on."
    why = (
        "A defect of daemon-lint must not take the whole run with it, nor pass unseen. The message "
        "carries the exception; please report it with the file that caused it."
    )
    wrong = ""
    right = ""

    def check(self, module: ModuleCheck) -> Iterator[Finding]:
        yield from ()

    @classmethod
    def finding(cls, path: str, error: BaseException) -> Finding:
        """The finding for an exception raised while a file was analysed."""
        if isinstance(error, ConfigError):
            # Only pylint comes here with one; the other front ends refuse to start.
            message = f"daemon-lint did not check this file: {error}"
            return Finding(cls.code, cls.symbol, path, 1, 1, 1, 1, message)
        words = f"{type(error).__name__}: {error}".splitlines()[0][:200]
        message = f"daemon-lint failed on this file ({words}); please report it with the file"
        return Finding(cls.code, cls.symbol, path, 1, 1, 1, 1, message)
