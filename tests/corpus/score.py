"""Compare findings with the labelled rows."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from corpus.fetch import Package
from corpus.rows import FixedRow, Row

Found = dict[str, Any]
TOLERANCE = 3  # lines between a row and a finding within one statement
SIBLINGS = frozenset({"DMN101", "DMN102", "DMN103"})  # kinds of handle: one leak, another name


@dataclass
class Outcome:
    """What became of a row: the finding at its place, if any."""

    row: Row
    finding: Found | None = None

    @property
    def other_code(self) -> bool:
        """Whether the place was found under the code of another kind of handle."""
        return self.finding is not None and self.finding["code"] not in self.row.codes


@dataclass
class FixedOutcome:
    """What became of a mended place: found in the old release, silent in the new one."""

    row: FixedRow
    before: Found | None
    after: Found | None


@dataclass
class Score:
    """All outcomes, and the findings that lie in no row."""

    outcomes: list[Outcome] = field(default_factory=list)
    fixed: list[FixedOutcome] = field(default_factory=list)
    new: list[tuple[Package, Found]] = field(default_factory=list)


@lru_cache(maxsize=512)
def _tree(path: Path) -> ast.Module | None:
    try:
        return ast.parse(path.read_bytes())
    except (OSError, SyntaxError, ValueError):
        return None


@lru_cache(maxsize=4096)
def statement_lines(path: Path, line: int) -> tuple[int, int]:
    """First and last line of the innermost statement at a line; of one with a body, the header."""
    best = (line, line)
    tree = _tree(path)
    for node in ast.walk(tree) if tree else ():
        if isinstance(node, ast.stmt):
            first, last = node.lineno, node.end_lineno or node.lineno
            body = getattr(node, "body", None)
            if body:
                last = max(first, body[0].lineno - 1)
            if first <= line <= last and (best == (line, line) or first >= best[0]):
                best = (first, last)
    return best


@lru_cache(maxsize=512)
def function_at(path: Path, line: int) -> str:
    """The qualified name of the innermost function at a line, "" at module level."""
    tree = _tree(path)

    def descend(node: ast.AST, name: str) -> str:
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
                if child.lineno <= line <= (child.end_lineno or child.lineno):
                    return descend(child, f"{name}.{child.name}" if name else child.name)
            elif getattr(child, "lineno", 0) <= line <= (getattr(child, "end_lineno", 0) or 0):
                return descend(child, name)
        return name

    return descend(tree, "") if tree else ""


def distance(root: Path, path: str, line: int, finding: Found) -> tuple[int, int] | None:
    """How far a finding is from a row's line, the smaller the nearer; None if it lies elsewhere."""
    if finding["path"] != path:
        return None
    gap = abs(finding["line"] - line)
    if gap == 0:
        return (0, 0)
    first, last = statement_lines(root / path, line)
    if not first <= finding["line"] <= last:
        return None
    if finding["line"] <= line <= finding["end_line"]:
        return (1, gap)
    return (2, gap) if gap <= TOLERANCE else None


def _fits(row: Row, code: str) -> int | None:
    """0 if the code answers the row, 1 if a sibling of it does, None if it says something else."""
    if row.kind == "clean" or code in row.codes:
        return None if code.startswith("DMN0") else 0
    return 1 if code in SIBLINGS and SIBLINGS & set(row.codes) else None


def match(rows: Sequence[Row], findings: Sequence[Found], root: Path) -> list[Outcome]:
    """Give each row of one package at most one finding, and each finding to at most one row."""
    by_path: dict[str, list[Found]] = defaultdict(list)
    for finding in findings:
        by_path[finding["path"]].append(finding)
    pairs = []
    for number, row in enumerate(rows):
        for finding in by_path[row.path]:
            fit = _fits(row, finding["code"])
            far = distance(root, row.path, row.line, finding)
            if fit is not None and far is not None:
                pairs.append(((far[0], fit, far[1]), number, finding))
    outcomes = [Outcome(row) for row in rows]
    used: set[int] = set()
    for _, number, finding in sorted(pairs, key=lambda pair: (pair[0], pair[1])):
        if outcomes[number].finding is None and id(finding) not in used:
            outcomes[number].finding = finding
            used.add(id(finding))
    return outcomes


def in_no_row(rows: Iterable[Row], findings: Iterable[Found], root: Path) -> list[Found]:
    """The findings at whose place no row is, whatever its code."""
    by_path: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        by_path[row.path].append(row)
    return [
        finding
        for finding in findings
        if all(
            distance(root, row.path, row.line, finding) is None for row in by_path[finding["path"]]
        )
    ]


def judge_fixed(
    row: FixedRow, before: Sequence[Found], after: Sequence[Found], old: Path, new: Path
) -> FixedOutcome:
    """See whether the mended place was found before and is silent after.

    Where the later line is unknown, the function of the same name there must have no finding of
    the code; where the code went away, nothing can be found.
    """

    def at(findings: Sequence[Found], root: Path, line: int) -> Found | None:
        for finding in findings:
            same = finding["code"] == row.code or {finding["code"], row.code} <= SIBLINGS
            if same and distance(root, row.path, line, finding) is not None:
                return finding
        return None

    later: Found | None = None
    if row.line_after is not None:
        later = at(after, new, row.line_after)
    elif not row.gone:
        name = function_at(old / row.path, row.line_before)
        for finding in after:
            same = finding["path"] == row.path and finding["code"] == row.code
            if same and function_at(new / row.path, finding["line"]) == name:
                later = finding
    return FixedOutcome(row, at(before, old, row.line_before), later)
