"""The pylint plugin: `--load-plugins=daemon_lint.pylint`.

The core runs on the module's text; astroid's tree is not used. pylint calls `open()` once for each
file under `-j`, so the project is kept at module level.
"""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from astroid import nodes
from pylint.checkers import BaseChecker
from pylint.constants import WarningScope
from pylint.interfaces import HIGH, INFERENCE

from daemon_lint.check import check_source
from daemon_lint.config import load_config
from daemon_lint.contracts import ConfigError
from daemon_lint.findings import Finding
from daemon_lint.project import Project
from daemon_lint.rules import all_rules
from daemon_lint.rules.dmn001_internal_error import InternalError

if TYPE_CHECKING:
    from pylint.lint import PyLinter

_projects: dict[tuple[str, ...], Project] = {}


def message_id(code: str) -> str:
    """pylint's id of a rule: DMN101 is W7101."""
    return "W7" + code.removeprefix("DMN")


class DaemonChecker(BaseChecker):
    """Reports what the core finds in each module."""

    name = "daemon-lint"
    msgs: ClassVar[dict[str, Any]] = {
        message_id(rule.code): (
            "%s",
            rule.symbol,
            f"{rule.summary} ({rule.code})",
            {"scope": WarningScope.LINE, "default_enabled": rule.default_on},
        )
        for rule in all_rules()
    }
    options: ClassVar[Any] = (
        (
            "daemon-lint-profile",
            {
                "default": (),
                "type": "csv",
                "metavar": "<names>",
                "help": "Profiles of daemon-lint: names or files (default: auto).",
            },
        ),
    )

    def visit_module(self, node: nodes.Module) -> None:
        """Check one module."""
        for finding in self._findings(node):
            self.add_message(
                finding.symbol,
                line=finding.line,
                col_offset=finding.column - 1,
                end_lineno=finding.end_line,
                end_col_offset=finding.end_column - 1,
                args=(finding.message,),
                confidence=HIGH if finding.confidence == "resolved" else INFERENCE,
            )

    def _findings(self, node: nodes.Module) -> list[Finding]:
        path = node.file or "<unknown>"
        try:
            with node.stream() as stream:
                data = stream.read()
            return check_source(data, path, self._project(path))
        except ConfigError as error:
            return [InternalError.finding(path, error)]
        except Exception as error:
            return [InternalError.finding(path, error)]

    def _project(self, path: str) -> Project:
        """The index of the project that a file lies in, made once a process."""
        config = load_config(Path(path))
        profiles = tuple(self.linter.config.daemon_lint_profile)
        if profiles:
            config = replace(config, profiles=profiles)
        from daemon_lint.discovery import index_folders

        folders = index_folders([Path(path)], config.project_roots)
        key = (*profiles, *(folder for folder, _ in folders))
        project = _projects.get(key)
        if project is None:
            jobs = os.cpu_count() or 1
            project = _projects[key] = Project.build([Path(path)], config, jobs=jobs)
        return project


def register(linter: PyLinter) -> None:
    """pylint's entry point."""
    linter.register_checker(DaemonChecker(linter))
