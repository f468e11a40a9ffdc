"""What a rule is, and what it is given to look at."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, ClassVar

from daemon_lint.findings import Finding, Step
from daemon_lint.misses import Miss, misses
from daemon_lint.refs import FunctionNode
from daemon_lint.summary import FunctionSummary, ModuleSummary
from daemon_lint.symbols import Class

if TYPE_CHECKING:
    from daemon_lint.obligations import ModuleLeaks
    from daemon_lint.project import Project


@dataclass
class ModuleCheck:
    """One module under analysis: its summary, its project, and its leaks once asked for."""

    path: str
    module: ModuleSummary
    project: Project
    leaks: ModuleLeaks

    def node(self, method: FunctionSummary) -> FunctionNode | None:
        """The definition of a function of the module."""
        return self.leaks.node(method)

    def class_node(self, cls: Class) -> ast.ClassDef | None:
        """The definition of a class of the module."""
        source, summary = self.leaks.source, cls.summary
        found = source.definition(summary.first, summary.last) if source is not None else None
        return found if isinstance(found, ast.ClassDef) else None

    def assignment(self, cls: Class, name: str) -> ast.Name | None:
        """Where a class's body assigns a name, if it does."""
        node = self.class_node(cls)
        for statement in node.body if node is not None else ():
            for target in statement.targets if isinstance(statement, ast.Assign) else ():
                if isinstance(target, ast.Name) and target.id == name:
                    return target
        return None

    @cached_property
    def misses(self) -> list[Miss]:
        """Where overrides of the module miss the work of a base."""
        return list(misses(self))

    def classes(self) -> Iterator[Class]:
        """The classes that the module defines."""
        for name in self.module.classes:
            yield self.project.linker.class_of(self.module, name)


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

    def at(
        self, module: ModuleCheck, node: ast.expr | ast.stmt, message: str, *steps: Step
    ) -> Finding:
        """A finding on an expression or statement of the module."""
        source = module.leaks.source
        assert source is not None
        end_line = node.end_lineno or node.lineno
        return Finding(
            code=self.code,
            symbol=self.symbol,
            path=module.path,
            line=node.lineno,
            column=source.column(node.lineno, node.col_offset),
            end_line=end_line,
            end_column=source.column(end_line, node.end_col_offset or node.col_offset),
            message=message,
            trace=steps,
        )

    def at_def(
        self, module: ModuleCheck, method: FunctionSummary, message: str, *steps: Step
    ) -> Finding:
        """A finding on the `def` and name of a method."""
        words = "async def" if method.is_async else "def"
        return Finding(
            code=self.code,
            symbol=self.symbol,
            path=module.path,
            line=method.line,
            column=method.column,
            end_line=method.line,
            end_column=method.column + len(f"{words} {method.name}"),
            message=message,
            trace=steps,
        )

    def check(self, module: ModuleCheck) -> Iterator[Finding]:
        """The findings of this rule in one module."""
        raise NotImplementedError
