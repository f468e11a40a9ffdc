"""Case files: real modules whose comments say what must be found.

`# error: DMN101` (several: `# error: DMN101, DMN104`) ends a line that must be reported, `# rule:
DMN101` names the rules that a file is for. A folder with a file that says `# case: multi-file` is
one project; every other file is one of its own.
"""

from __future__ import annotations

import io
import re
import tokenize
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

CASES = Path(__file__).with_name("cases")

_ERROR = re.compile(r"#\s*error:\s*(DMN\d{3}(?:\s*,\s*DMN\d{3})*)")
_RULE = re.compile(r"^#\s*rule:\s*(.+)$")
_MULTI = re.compile(r"^#\s*case:\s*multi-file$")

Place = tuple[str, int, str]


@dataclass(frozen=True)
class Case:
    """One case: a file, or a folder that is one project."""

    id: str
    path: Path
    expected: frozenset[Place]
    """(path below the cases folder, line, code)"""
    rules: frozenset[str]

    @property
    def root(self) -> Path:
        """The folder that its modules are imported from."""
        return self.path if self.path.is_dir() else self.path.parent


def comments(path: Path) -> Iterator[tuple[int, str]]:
    """The comments of a file, with their lines; strings that look like comments are none."""
    source = path.read_text(encoding="utf-8")
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type == tokenize.COMMENT:
            yield token.start[0], token.string


def marks(path: Path) -> Iterator[tuple[int, str]]:
    """(line, code) for each finding that a file expects."""
    for line, text in comments(path):
        if match := _ERROR.search(text):
            for code in match[1].split(","):
                yield line, code.strip()


def discover(root: Path = CASES) -> list[Case]:
    """All cases below a folder, in order."""
    files = sorted(path for path in root.rglob("*.py"))
    projects = {
        path.parent for path in files if any(_MULTI.match(text) for _, text in comments(path))
    }
    cases: dict[Path, list[Path]] = {}
    for path in files:
        project = next((parent for parent in path.parents if parent in projects), path)
        cases.setdefault(project, []).append(path)
    return [_case(path, members, root) for path, members in cases.items()]


def _case(path: Path, members: list[Path], root: Path) -> Case:
    expected = {
        (member.relative_to(root).as_posix(), line, code)
        for member in members
        for line, code in marks(member)
    }
    rules = {
        code.strip()
        for member in members
        for _, text in comments(member)
        if (match := _RULE.match(text))
        for code in match[1].split(",")
    }
    name = path.relative_to(root).as_posix().removesuffix(".py")
    return Case(name, path, frozenset(expected), frozenset(rules))
