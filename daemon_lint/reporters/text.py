"""Findings for people: the place, the message, the source line and a caret range."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

from daemon_lint.check import Report
from daemon_lint.findings import Finding
from daemon_lint.reporters import relative
from daemon_lint.source import decode, split_lines

_BOLD, _RED, _CYAN, _DIM, _END = "\x1b[1m", "\x1b[1;31m", "\x1b[36m", "\x1b[2m", "\x1b[0m"


def render(
    report: Report, *, colour: bool, traces: bool, stdin: Mapping[str, str] | None = None
) -> Iterator[str]:
    """The lines of the report, closing with counts and the time.

    `stdin` has the text of what is not on disk, by path.
    """
    sources: dict[str, tuple[str, ...]] = {
        path: split_lines(text) for path, text in (stdin or {}).items()
    }
    for finding in report.findings:
        if finding.path not in sources:
            sources[finding.path] = _lines(finding.path)
        yield from _finding(finding, sources[finding.path], colour, traces)
        yield ""
    yield _closing(report, colour)


def _lines(path: str) -> tuple[str, ...]:
    try:
        return split_lines(decode(Path(path).read_bytes()))
    except (OSError, SyntaxError, UnicodeDecodeError, LookupError):
        return ()


def _paint(text: str, style: str, colour: bool) -> str:
    return f"{style}{text}{_END}" if colour else text


def _finding(finding: Finding, lines: tuple[str, ...], colour: bool, traces: bool) -> Iterator[str]:
    place = f"{relative(finding.path)}:{finding.line}:{finding.column}"
    code = _paint(finding.code, _RED, colour)
    name = _paint(f"[{finding.symbol}]", _DIM, colour)
    by_name = " (confidence: name)" if finding.confidence == "name" else ""
    yield f"{_paint(place, _BOLD, colour)}: {code} {finding.message} {name}{by_name}"
    if 0 < finding.line <= len(lines):
        source = lines[finding.line - 1]
        number = str(finding.line)
        gutter = " " * len(number)
        yield f"  {_paint(f'{number} |', _CYAN, colour)} {printable(source)}"
        end = finding.end_column if finding.end_line == finding.line else len(source) + 1
        before = width_of(source[: finding.column - 1])
        carets = max(width_of(source[finding.column - 1 : end - 1]), 1)
        bar = _paint(f"{gutter} |", _CYAN, colour)
        yield f"  {bar} {' ' * before}{_paint('^' * carets, _RED, colour)}"
    if traces:
        for number_, step in enumerate(finding.trace, 1):
            yield f"    {number_}. {relative(step.path)}:{step.line}: {step.message}"


def printable(text: str) -> str:
    """Tabs as one space each, so that the caret stands where it should; no control codes."""
    return "".join(
        " " if character == "\t" else "?" if unicodedata.category(character) == "Cc" else character
        for character in text
    )


def width_of(text: str) -> int:
    """Terminal columns of a text."""
    return sum(
        0
        if unicodedata.combining(character)
        else 2
        if unicodedata.east_asian_width(character) in "WF"
        else 1
        for character in text
    )


def _closing(report: Report, colour: bool) -> str:
    files = f"{report.files:,} file{'' if report.files == 1 else 's'}"
    took = f"in {report.seconds:.2f} s"
    if not report.findings:
        return f"No findings in {files} {took}."
    counts = Counter(finding.code for finding in report.findings)
    total = len(report.findings)
    detail = ", ".join(f"{code} {count}" for code, count in sorted(counts.items()))
    words = f"{total} finding{'' if total == 1 else 's'} in {files} {took}"
    return f"{_paint(words, _BOLD, colour)}: {detail}."
