"""The pylint plugin: `--load-plugins=daemon_lint.pylint`.

The core runs on the module's text; astroid's tree is not used. pylint calls `open()` once for each
file under `-j`, so the project is kept at module level.
"""

from __future__ import annotations

import ast
import os
from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from astroid import bases, nodes
from astroid.exceptions import InferenceError
from pylint.checkers import BaseChecker
from pylint.constants import WarningScope
from pylint.interfaces import HIGH, INFERENCE

from daemon_lint.check import check_source
from daemon_lint.config import load_config
from daemon_lint.discovery import index_folders
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


_OPTIONS: Any = (
    (
        "daemon-lint-profile",
        {
            "default": (),
            "type": "csv",
            "metavar": "<names>",
            "help": "Profiles of daemon-lint: names or files (default: auto).",
        },
    ),
    (
        "daemon-lint-inference",
        {
            "default": False,
            "type": "yn",
            "metavar": "<y or n>",
            "help": "Ask astroid about receivers that the index cannot resolve (default: n).",
        },
    ),
)


class DaemonChecker(BaseChecker):
    """Reports what the core finds in each module, for one hundred of codes.

    pylint wants one checker for each pair of leading digits; the first runs the core, and the
    others take their share of what it found.
    """

    name = "daemon-lint"

    def __init__(self, linter: PyLinter, hundred: str, shared: _Shared) -> None:
        self.hundred = hundred
        self.shared = shared
        self.name = f"daemon-lint-{hundred}00"
        self.options = _OPTIONS if hundred == "1" else ()
        self.msgs = {
            message_id(rule.code): (
                "%s",
                rule.symbol,
                f"{rule.summary} ({rule.code})",
                {"scope": WarningScope.LINE, "default_enabled": rule.default_on},
            )
            for rule in all_rules()
            if rule.code[3] == hundred
        }
        super().__init__(linter)

    def visit_module(self, node: nodes.Module) -> None:
        """Check one module."""
        for finding in self.shared.findings(node, self.linter):
            if finding.code[3] != self.hundred:
                continue
            self.add_message(
                finding.symbol,
                line=finding.line,
                col_offset=finding.column - 1,
                end_lineno=finding.end_line,
                end_col_offset=finding.end_column - 1,
                args=(finding.message,),
                confidence=HIGH if finding.confidence == "resolved" else INFERENCE,
            )


class _Shared:
    """Runs the core once for each module."""

    def __init__(self) -> None:
        self._last: tuple[nodes.Module | None, list[Finding]] = (None, [])

    def findings(self, node: nodes.Module, linter: PyLinter) -> list[Finding]:
        """The findings in a module."""
        if self._last[0] is not node:
            self._last = (node, self._find(node, linter))
        return self._last[1]

    def _find(self, node: nodes.Module, linter: PyLinter) -> list[Finding]:
        path = node.file or "<unknown>"
        try:
            module: Any = node  # astroid's `stream` is not annotated
            with module.stream() as stream:
                data = stream.read()
            infer = _Inference(node) if linter.config.daemon_lint_inference else None
            return check_source(data, path, _project(path, linter), infer)
        except Exception as error:  # an exception here would be pylint's, not ours, to explain
            return [InternalError.finding(path, error)]


class _Inference:
    """What astroid infers of the calls of one module: the full names of the functions."""

    def __init__(self, module: nodes.Module) -> None:
        self._module = module

    @cached_property
    def _calls(self) -> dict[tuple[int, ...], nodes.Call]:
        return {
            _place(node.lineno, node.col_offset, node.end_lineno, node.end_col_offset): node
            for node in self._module.nodes_of_class(nodes.Call)
        }

    def __call__(self, call: ast.Call) -> Iterator[str]:
        """The names under which a call's function may be known, most certain first."""
        place = _place(call.lineno, call.col_offset, call.end_lineno, call.end_col_offset)
        node = self._calls.get(place)
        try:
            found = list(node.func.infer()) if node is not None else []
        except (InferenceError, RecursionError):
            return
        for function in found:
            if isinstance(function, (bases.BoundMethod, bases.UnboundMethod)):
                owner = function.bound if isinstance(function, bases.BoundMethod) else None
                if isinstance(owner, bases.Instance):
                    yield f"{owner.pytype()}.{function.name}"
                yield str(function.qname())
            elif isinstance(function, (nodes.FunctionDef, nodes.ClassDef)):
                yield function.qname()


def _place(*numbers: int | None) -> tuple[int, ...]:
    return tuple(number or 0 for number in numbers)


def _project(path: str, linter: PyLinter) -> Project:
    """The index of the project that a file lies in, made once a process."""
    config = load_config(Path(path))
    profiles = tuple(linter.config.daemon_lint_profile)
    if profiles:
        config = replace(config, profiles=profiles)
    folders = index_folders([Path(path)], config.project_roots)
    key = (*profiles, *(folder for folder, _ in folders))
    project = _projects.get(key)
    if project is None:
        project = Project.build([Path(path)], config, jobs=os.cpu_count() or 1)
        _projects[key] = project
    return project


def register(linter: PyLinter) -> None:
    """pylint's entry point."""
    shared = _Shared()
    for hundred in sorted({rule.code[3] for rule in all_rules()}, key=lambda digit: digit != "1"):
        linter.register_checker(DaemonChecker(linter, hundred, shared))
