"""Reading and parsing: bytes in, a `Source` or a `Broken` out; columns in characters.

Nothing here runs or imports the code it reads.
"""

from __future__ import annotations

import ast
import codecs
import contextlib
import io
import re
import sys
import tokenize
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from daemon_lint.refs import FunctionNode

_LINE_END = re.compile(r"\r\n|\r|\n")
_INDENTS = (" ", "\t", "\f")
_DEPTH = 20_000

# Syntax that only a newer parser knows, by the words that CPython's older parsers stumble over.
_NEWER_SYNTAX = (
    (re.compile(r"^[ \t]*type\s+\w+\s*(\[|=)", re.M), (3, 12)),
    (re.compile(r"^[ \t]*(async\s+)?(def|class)\s+\w+\[[^\]]*=", re.M), (3, 13)),
    (re.compile(r"^[ \t]*(async\s+)?(def|class)\s+\w+\[", re.M), (3, 12)),
    (re.compile(r"^[ \t]*except\*?[ \t]+\w[\w.]*[ \t]*,[ \t]*\w[^()\n]*:", re.M), (3, 14)),
    (re.compile(r"\b[tT][rR]?(\"|')"), (3, 14)),
)


Definition = FunctionNode | ast.ClassDef


class Source:
    """One file that the parser takes. `path` is shown in findings as it is.

    The whole is parsed when `tree` is first asked for; `definition` parses as little as it can.
    """

    def __init__(self, path: str, text: str) -> None:
        self.path = path
        self.text = text
        self._parsed: dict[int, Definition | None] = {}

    @cached_property
    def lines(self) -> tuple[str, ...]:
        """The lines as the parser counts them: not cut at form feeds or Unicode separators."""
        return split_lines(self.text)

    @cached_property
    def tree(self) -> ast.Module:
        """The tree of the file. Raises what `ast.parse` raises."""
        return _tree(self.text, self.path)

    @cached_property
    def _definitions(self) -> dict[int, Definition]:
        return {first_line(node): node for node in definitions(self.tree)}

    def definition(self, first: int, last: int) -> Definition | None:
        """The function or class in some lines, decorators included; None where there is none.

        If the file has no tree yet only those lines are parsed, which is faster by far.
        """
        if first < 1:
            return None  # a lambda, which nothing names
        if first not in self._parsed:
            found = None if "tree" in vars(self) else self._parse_lines(first, last)
            self._parsed[first] = found or self._definitions.get(first)
        found = self._parsed[first]
        return found if found is not None and found.end_lineno == last else None

    def function(self, first: int, last: int, name: str) -> FunctionNode | None:
        """The same for a function of a name."""
        found = self.definition(first, last)
        return found if isinstance(found, FunctionNode) and found.name == name else None

    def _parse_lines(self, first: int, last: int) -> Definition | None:
        lines = self.lines[first - 1 : last]
        if not lines:
            return None
        # Empty lines before them, so that the numbers of the lines hold.
        if lines[0][:1] in _INDENTS and first > 1:
            head = "\n" * (first - 2) + "if 1:\n"
        else:
            head = "\n" * (first - 1)
        try:
            body = _tree(head + "\n".join(lines), self.path).body
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            return None  # `@(` on a line of its own, before what decorates
        if isinstance(body[0], ast.If):
            body = body[0].body
        return body[0] if len(body) == 1 and isinstance(body[0], Definition) else None

    def column(self, line: int, offset: int) -> int:
        """The 1-based character column of a 0-based UTF-8 byte offset, as `ast` counts them."""
        if not 0 < line <= len(self.lines):
            return offset + 1
        text = self.lines[line - 1]
        if text.isascii():
            return offset + 1
        return len(text.encode("utf-8", "surrogatepass")[:offset].decode("utf-8", "ignore")) + 1


def first_line(node: Definition) -> int:
    """The first line of a definition, that of its first decorator if it has some."""
    return node.decorator_list[0].lineno if node.decorator_list else node.lineno


def definitions(tree: ast.Module) -> Iterator[Definition]:
    """All functions and classes of a tree."""
    waiting: list[ast.AST] = [tree]
    while waiting:
        node = waiting.pop()
        if isinstance(node, Definition):
            yield node
        for name in ("body", "orelse", "finalbody", "handlers", "cases"):
            inner = getattr(node, name, None)
            if isinstance(inner, list):
                waiting += inner


@dataclass(frozen=True, slots=True)
class Broken:
    """A file that cannot be parsed: where and why."""

    path: str
    line: int
    column: int
    reason: str


def split_lines(text: str) -> tuple[str, ...]:
    """Split as the parser counts lines: not at form feeds or Unicode separators."""
    return tuple(_LINE_END.split(text) if "\r" in text else text.split("\n"))


def decode(data: bytes) -> str:
    """Decode Python source by its BOM or coding cookie.

    Raises SyntaxError or UnicodeDecodeError when that is impossible.
    """
    encoding, _ = tokenize.detect_encoding(io.BytesIO(data).readline)
    if data.startswith(codecs.BOM_UTF8):
        data = data[len(codecs.BOM_UTF8) :]
        encoding = "utf-8"
    return data.decode(encoding)


@contextlib.contextmanager
def deep_recursion() -> Iterator[None]:
    """Allow trees deeper than the interpreter's default limit (long chains of operators)."""
    limit = sys.getrecursionlimit()
    if limit < _DEPTH:
        sys.setrecursionlimit(_DEPTH)
    try:
        yield
    finally:
        sys.setrecursionlimit(limit)


def read_text(data: bytes | str) -> str:
    """The text of a file or buffer as the parser takes it. Raises as `decode` does."""
    text = decode(data) if isinstance(data, bytes) else data.removeprefix("\ufeff")
    # A lone surrogate in an editor's text has no bytes; the replacement keeps columns right.
    return text if text.isascii() else text.encode("utf-8", "replace").decode("utf-8")


def parse(data: bytes | str, path: str) -> Source | Broken:
    """Parse a file's content; any input gives a Source or a Broken, never an exception."""
    try:
        source = Source(path, read_text(data))
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1 if isinstance(data, bytes) else 1
        return Broken(path, line, 1, f"not valid {error.encoding}: {error.reason}")
    except (SyntaxError, LookupError, ValueError) as error:
        reason = str(error) or type(error).__name__
        if reason == "invalid or missing encoding declaration":
            reason = "the file is not valid UTF-8 and declares no other encoding"
        return Broken(path, 1, 1, reason)
    try:
        _ = source.tree
    except SyntaxError as error:
        line = min(max(error.lineno or 1, 1), len(source.lines))
        column = min(max(error.offset or 1, 1), len(source.lines[line - 1]) + 1)
        return Broken(path, line, column, _reason(error, source.text))
    except (ValueError, RecursionError, MemoryError, OverflowError) as error:
        reason = str(error) if isinstance(error, ValueError) else "too deeply nested to parse"
        return Broken(path, 1, 1, reason)
    return source


def _tree(text: str, path: str) -> ast.Module:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return ast.parse(text, filename=path)


def _reason(error: SyntaxError, text: str) -> str:
    """The parser's words, and the Python version that the file likely needs."""
    reason = error.msg or "invalid syntax"
    candidates = [version for pattern, version in _NEWER_SYNTAX if pattern.search(text)]
    if reason.startswith("f-string"):
        candidates.append((3, 12))  # PEP 701 lifted the limits that older parsers complain of
    for version in candidates:
        if sys.version_info < version:
            running = f"{sys.version_info.major}.{sys.version_info.minor}"
            wanted = f"{version[0]}.{version[1]}"
            return (
                f"{reason}; this looks like syntax of Python {wanted}, "
                f"run daemon-lint on {wanted} or newer (it runs on {running})"
            )
    return reason
