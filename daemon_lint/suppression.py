"""Comments that silence findings, the same at every front end.

On a line: `# noqa`, `# daemon-lint: ignore`, `# pylint: disable` and `disable-next`. For a block:
`# pylint: disable` on a line of its own, or on the line that opens the block, until the block ends
or `# pylint: enable`. For the file: `# flake8: noqa` and `# pylint: skip-file`.
"""

from __future__ import annotations

import io
import re
import tokenize
from collections.abc import Sequence
from dataclasses import dataclass, field

from daemon_lint.findings import Finding

_NOQA = re.compile(
    r"#\s*noqa(?P<list>\s*:\s*(?P<codes>[A-Z]+[0-9]*(?:[,\s]+[A-Z]+[0-9]*)*))?", re.I
)
_OWN = re.compile(r"#\s*daemon-lint\s*:\s*ignore(?:\[(?P<codes>[^\]]*)\])?")
_PYLINT = re.compile(
    r"#\s*pylint\s*:\s*(?P<what>disable|enable|disable-next)\s*=\s*(?P<codes>[\w\-, ]+)"
)
# flake8 skips the whole file even where codes follow; pylint does for `disable=all`.
_FILE = re.compile(
    r"^\s*#\s*flake8[:=]\s*noqa|#\s*pylint\s*:\s*(skip-file\b|disable\s*=\s*all\b)", re.I
)
_HINT = re.compile(r"#.*(?:noqa|daemon-lint|pylint)", re.I)
"""What a line with such a comment has; most modules have none, and need no tokens."""
_ANY = frozenset[str]()


@dataclass
class Suppressions:
    """What is silenced where; an empty set of words silences everything."""

    lines: dict[int, frozenset[str]] = field(default_factory=dict)
    blocks: list[tuple[int, int, frozenset[str]]] = field(default_factory=list)
    """First line, last line and the words of each stretch that a comment covers."""
    whole_file: bool = False

    def covers(self, finding: Finding) -> bool:
        """Whether a comment on any line of the finding, or around it, silences it."""
        if self.whole_file:
            return True
        for line in range(finding.line, finding.end_line + 1):
            words = self.lines.get(line)
            if words is not None and _names(words, finding):
                return True
        return any(
            first <= finding.line <= last and _names(words, finding)
            for first, last, words in self.blocks
        )


def _names(words: frozenset[str], finding: Finding) -> bool:
    code = finding.code.lower()
    return (
        not words
        or not words.isdisjoint((code, finding.symbol, f"w7{code[3:]}", "all"))
        or any(re.fullmatch(r"dmn\d*", word) and code.startswith(word) for word in words)
    )


def suppressed_lines(lines: Sequence[str]) -> Suppressions:
    """Read the comments of a module, given as its lines; broken source is no error."""
    out = Suppressions()
    if not any(map(_HINT.search, lines)):
        return out
    for comment in _comments(lines):
        if _FILE.search(comment.text):
            out.whole_file = True
        for pattern in (_NOQA, _OWN):
            if match := pattern.search(comment.text):
                _add(out.lines, comment.line, _words(match["codes"]))
        match = _PYLINT.search(comment.text)
        if match is None:
            continue
        words = _words(match["codes"])
        if match["what"] == "disable-next":
            _add(out.lines, comment.line + 1, words)
        elif match["what"] == "enable":
            out.blocks = [_ended(block, comment.line, words) for block in out.blocks]
        elif comment.opens or comment.alone:
            out.blocks.append((comment.line, comment.last, words))
        else:
            _add(out.lines, comment.line, words)
    return out


def _add(lines: dict[int, frozenset[str]], line: int, words: frozenset[str]) -> None:
    known = lines.get(line)
    lines[line] = _ANY if not words or known == _ANY else words | (known or _ANY)


def _ended(
    block: tuple[int, int, frozenset[str]], line: int, words: frozenset[str]
) -> tuple[int, int, frozenset[str]]:
    first, last, found = block
    return (first, min(last, line), found) if found & words else block


def _words(codes: str | None) -> frozenset[str]:
    return frozenset(word.lower() for word in re.split(r"[,\s]+", codes or "") if word)


@dataclass
class _Comment:
    line: int
    text: str
    alone: bool
    """Whether nothing else stands on its line."""
    opens: bool = False
    """Whether its line opens a block."""
    last: int = 0
    """The last line of the block that it stands in, or opens."""


def _comments(lines: Sequence[str]) -> list[_Comment]:
    """All comments, each with the end of its block."""
    reader = io.StringIO("\n".join(lines) + "\n").readline
    found: list[_Comment] = []
    inside: list[list[_Comment]] = [[]]  # by depth of the block
    waiting: list[_Comment] = []  # comments whose block shows with the next code
    opening: list[_Comment] = []
    previous = last = 0
    try:
        for token in tokenize.generate_tokens(reader):
            if token.type == tokenize.COMMENT:
                alone = token.line[: token.start[1]].strip() == ""
                comment = _Comment(token.start[0], token.string, alone)
                found.append(comment)
                if alone:
                    waiting.append(comment)
                elif previous == ord(":"):
                    comment.opens = True
                    opening.append(comment)
            elif token.type == tokenize.INDENT:
                inside.append([*opening])
                opening = []
            elif token.type == tokenize.DEDENT:
                for comment in inside.pop():
                    comment.last = last
            elif token.type not in (tokenize.NL, tokenize.NEWLINE):
                inside[-1] += waiting  # after a block's last statement it is outside, as in pylint
                waiting = []
                last = token.end[0]
            if token.type not in (tokenize.NL, tokenize.NEWLINE, tokenize.COMMENT):
                previous = ord(token.string) if len(token.string) == 1 else 0
    except (tokenize.TokenError, SyntaxError):
        pass
    for comment in [*waiting, *(item for block in inside for item in block)]:
        comment.last = len(lines) + 1
    for comment in found:
        comment.last = comment.last or comment.line
    return found
