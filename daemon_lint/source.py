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

_LINE_END = re.compile(r"\r\n|\r|\n")
_DEPTH = 20_000

# Syntax that only a newer parser knows, by the words that CPython's older parsers stumble over.
_NEWER_SYNTAX = (
    (re.compile(r"^[ \t]*type\s+\w+\s*(\[|=)", re.M), (3, 12)),
    (re.compile(r"^[ \t]*(async\s+)?(def|class)\s+\w+\[[^\]]*=", re.M), (3, 13)),
    (re.compile(r"^[ \t]*(async\s+)?(def|class)\s+\w+\[", re.M), (3, 12)),
    (re.compile(r"^[ \t]*except\*?[ \t]+\w[\w.]*[ \t]*,[ \t]*\w[^()\n]*:", re.M), (3, 14)),
    (re.compile(r"\b[tT][rR]?(\"|')"), (3, 14)),
)


@dataclass(frozen=True, slots=True)
class Source:
    """One parsed file. `path` is shown in findings as it is."""

    path: str
    lines: tuple[str, ...]
    tree: ast.Module

    def column(self, line: int, offset: int) -> int:
        """The 1-based character column of a 0-based UTF-8 byte offset, as `ast` counts them."""
        if not 0 < line <= len(self.lines):
            return offset + 1
        text = self.lines[line - 1]
        if text.isascii():
            return offset + 1
        return len(text.encode("utf-8", "surrogatepass")[:offset].decode("utf-8", "ignore")) + 1


@dataclass(frozen=True, slots=True)
class Broken:
    """A file that cannot be parsed: where and why."""

    path: str
    line: int
    column: int
    reason: str


def split_lines(text: str) -> tuple[str, ...]:
    """Split as the parser counts lines: not at form feeds or Unicode separators."""
    return tuple(_LINE_END.split(text))


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


def parse(data: bytes | str, path: str) -> Source | Broken:
    """Parse a file's content; any input gives a Source or a Broken, never an exception."""
    try:
        # A lone surrogate in an editor's text has no bytes; the replacement keeps columns right.
        text = decode(data) if isinstance(data, bytes) else data.removeprefix("\ufeff")
        text = text.encode("utf-8", "replace").decode("utf-8")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1 if isinstance(data, bytes) else 1
        return Broken(path, line, 1, f"not valid {error.encoding}: {error.reason}")
    except (SyntaxError, LookupError, ValueError) as error:
        reason = str(error) or type(error).__name__
        if reason == "invalid or missing encoding declaration":
            reason = "the file is not valid UTF-8 and declares no other encoding"
        return Broken(path, 1, 1, reason)
    lines = split_lines(text)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = ast.parse(text, filename=path)
    except SyntaxError as error:
        line = min(max(error.lineno or 1, 1), len(lines))
        column = min(max(error.offset or 1, 1), len(lines[line - 1]) + 1)
        return Broken(path, line, column, _reason(error, text))
    except (ValueError, RecursionError, MemoryError, OverflowError) as error:
        reason = str(error) if isinstance(error, ValueError) else "too deeply nested to parse"
        return Broken(path, 1, 1, reason)
    return Source(path, lines, tree)


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
