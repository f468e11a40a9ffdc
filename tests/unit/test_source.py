"""Any bytes are valid input: they are parsed, or it is said in one sentence why not."""

from __future__ import annotations

import sys

import pytest

from daemon_lint.source import Broken, Source, parse


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"x = 1",
        b"\xef\xbb\xbfx = 1\n",
        "# -*- coding: latin-1 -*-\nname = 'é'\n".encode("latin-1"),
        b"x = 1\r\ny = 2\rz = 3\n",
        b"x = 1\n\x0cy = 2\n",
    ],
)
def test_what_python_reads(data: bytes) -> None:
    assert isinstance(parse(data, "a.py"), Source)


@pytest.mark.parametrize(
    ("data", "line", "words"),
    [
        (b"def f(:\n", 1, "invalid syntax"),
        (b"x = 1\ny = \n", 2, "invalid syntax"),
        (b"# -*- coding: nonsense -*-\n", 1, "nonsense"),
        (b"x = '\xff'\n", 1, "utf-8"),
        (b"x = 1\x00\n", 1, "null"),
        (b"(" * 100_000, 1, ""),
        (b"x = " + b"-" * 100_000 + b"1\n", 1, ""),
    ],
)
def test_what_python_refuses(data: bytes, line: int, words: str) -> None:
    found = parse(data, "a.py")
    assert isinstance(found, Broken)
    assert found.line == line and words in found.reason.lower()
    assert "\n" not in found.reason and len(found.reason) < 300


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="this Python knows the syntax")
def test_newer_syntax_names_the_python_it_needs() -> None:
    found = parse("def f[T](x: T) -> T:\n    return x\n", "a.py")
    assert isinstance(found, Broken) and "3.12" in found.reason


@pytest.mark.parametrize(
    ("text", "offset", "column"),
    [("x = f()", 4, 5), ("'é'; f()", 6, 6), ("'😀'; f()", 8, 6), ("f()", 0, 1)],
)
def test_columns_count_characters(text: str, offset: int, column: int) -> None:
    source = parse(text, "a.py")
    assert isinstance(source, Source)
    assert source.column(1, offset) == column
    assert source.column(99, 3) == 4, "a line that is not there is no error"
