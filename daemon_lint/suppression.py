"""Comments that silence findings: `# noqa`, `# daemon-lint: ignore`, `# pylint: disable`."""

from __future__ import annotations

import io
import re
import tokenize
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from daemon_lint.findings import Finding

_NOQA = re.compile(
    r"#\s*noqa(?P<list>\s*:\s*(?P<codes>[A-Z]+[0-9]*(?:[,\s]+[A-Z]+[0-9]*)*))?", re.I
)
_OWN = re.compile(r"#\s*daemon-lint\s*:\s*ignore(?:\[(?P<codes>[^\]]*)\])?")
_PYLINT = re.compile(r"#\s*pylint\s*:\s*disable(?P<next>-next)?\s*=\s*(?P<codes>[\w\-, ]+)")


@dataclass(frozen=True)
class Suppressions:
    """The silenced codes and symbols by line; an empty set silences everything."""

    lines: dict[int, frozenset[str]]

    def covers(self, finding: Finding) -> bool:
        """Whether a comment on any line of the finding silences it."""
        names = {
            finding.code.lower(),
            finding.symbol,
            f"w7{finding.code[3:]}",
        }
        for line in range(finding.line, finding.end_line + 1):
            words = self.lines.get(line)
            if words is not None and (not words or words & names or "all" in words):
                return True
            if words and any(
                re.fullmatch(r"dmn\d*", word) and finding.code.lower().startswith(word)
                for word in words
            ):
                return True
        return False


def suppressed_lines(lines: Sequence[str]) -> Suppressions:
    """Read the comments of a module, given as its lines; broken source is no error."""
    found: dict[int, frozenset[str]] = {}
    for line, text in _comments(lines):
        for at, words in _read(line, text):
            known = found.get(at)
            blanket = not words or (known is not None and not known)
            found[at] = frozenset() if blanket else words | (known or frozenset())
    return Suppressions(found)


def _read(line: int, text: str) -> Iterator[tuple[int, frozenset[str]]]:
    if match := _NOQA.search(text):
        yield line, _words(match["codes"])
    if match := _OWN.search(text):
        yield line, _words(match["codes"])
    if match := _PYLINT.search(text):
        yield line + bool(match["next"]), _words(match["codes"])


def _words(codes: str | None) -> frozenset[str]:
    return frozenset(word.lower() for word in re.split(r"[,\s]+", codes or "") if word)


def _comments(lines: Sequence[str]) -> Iterator[tuple[int, str]]:
    if not any("#" in line for line in lines):
        return
    reader = io.StringIO("\n".join(lines) + "\n").readline
    try:
        for token in tokenize.generate_tokens(reader):
            if token.type == tokenize.COMMENT:
                yield token.start[0], token.string
    except (tokenize.TokenError, SyntaxError):
        return
