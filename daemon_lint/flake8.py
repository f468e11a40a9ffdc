"""The flake8 plugin: `DMN` findings of the one core.

flake8 shows a plugin one file at a time, so the project is indexed in `parse_options`, once in
the parent; forked workers share it, spawned ones load it from the cache.
"""

from __future__ import annotations

import argparse
import ast
import os
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, ClassVar

from flake8.exceptions import ExecutionError

from daemon_lint.check import check_source
from daemon_lint.config import load_config
from daemon_lint.contracts import ConfigError
from daemon_lint.findings import Finding
from daemon_lint.project import Project
from daemon_lint.rules.dmn001_internal_error import InternalError
from daemon_lint.version import __version__


class Plugin:
    """What flake8 makes for each file."""

    name = "daemon-lint"
    version = __version__
    _project: ClassVar[Project | None] = None

    def __init__(self, tree: ast.AST, filename: str, lines: Sequence[str]) -> None:
        self._filename = filename
        self._lines = lines

    @classmethod
    def add_options(cls, manager: Any) -> None:
        """Add `--daemon-lint-profile`, also for flake8's configuration files."""
        manager.add_option(
            "--daemon-lint-profile",
            parse_from_config=True,
            comma_separated_list=True,
            default="",
            metavar="NAMES",
            help="profiles of daemon-lint: names or files (default: auto)",
        )

    @classmethod
    def parse_options(
        cls, manager: Any, options: argparse.Namespace, arguments: Sequence[str]
    ) -> None:
        """Index the project that the files to check lie in."""
        names = [name for name in options.filenames if name != "-" and os.path.exists(name)]
        display = getattr(options, "stdin_display_name", "stdin")
        paths = [Path(name) for name in names] or [Path(display).absolute()]
        try:
            config = load_config(paths[0])
            if options.daemon_lint_profile:
                config = replace(config, profiles=tuple(options.daemon_lint_profile))
            cls._project = Project.build(paths, config, jobs=os.cpu_count() or 1)
        except ConfigError as error:
            raise ExecutionError(f"daemon-lint: {error}") from None  # flake8 shows it and stops

    def run(self) -> Iterator[tuple[int, int, str, type[Plugin]]]:
        """The findings of the file: line, 0-based column, text."""
        for finding in self._findings():
            yield (
                finding.line,
                finding.column - 1,
                f"{finding.code} {finding.message}",
                type(self),
            )

    def _findings(self) -> list[Finding]:
        # An exception here would end the whole run of flake8.
        try:
            return check_source("".join(self._lines), self._filename, self._project)
        except Exception as error:
            return [InternalError.finding(self._filename, error)]
