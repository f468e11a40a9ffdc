"""Any bytes are valid input: they are parsed, or it is said in one sentence why not."""

from __future__ import annotations

import ast
import sys

import pytest

from case_files import CASES
from daemon_lint.source import Broken, Source, definitions, first_line, parse


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


AWKWARD = '''\
@decorated(
    by="something"
)
@twice
def outer(a,
          b=1):
    """First line.
column nought
    """
    @(
        inner
    )
    def nested(): return """
  é""" ; pass

    class Local(A, B): x: int = 1

    try:
        pass
    except Error:
        async def handler():
\t    # indented in its own way
            await a
    return nested
if x:
\tdef tabbed():
\t\treturn 1
class Last:
    @property
    def value(self): return self._value  # é
    def end(self):
        pass'''


def _same_alone(text: str) -> int:
    whole = parse(text, "a.py")
    assert isinstance(whole, Source)
    nodes = list(definitions(whole.tree))
    for node in nodes:
        source = Source("a.py", text)
        alone = source.definition(first_line(node), node.end_lineno or 0)
        assert alone is not None, node.name
        assert ast.dump(alone, include_attributes=True) == ast.dump(node, include_attributes=True)
        assert source.definition(first_line(node), node.end_lineno or 0) is alone
    return len(nodes)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_definition_alone_is_as_in_its_file(end: str) -> None:
    assert _same_alone(AWKWARD.replace("\n", end)) == 8
    # The parser ends no line at a form feed.
    assert _same_alone(f"x = 1{end}\x0cdef f():{end} pass{end}") == 1


def test_definitions_of_the_cases_are_as_in_their_files() -> None:
    assert sum(_same_alone(path.read_text("utf-8")) for path in CASES.rglob("*.py")) > 2000


def test_lines_that_are_no_definition() -> None:
    source = Source("a.py", AWKWARD)
    for first, last in ((0, 0), (-3, 2), (5, 500), (7, 8), (900, 901), (27, 27)):
        assert source.definition(first, last) is None, (first, last)
    assert parse("", "a.py").definition(1, 1) is None
