"""Counts the lines of code of each daemon in both forms: `python lines.py [--write]`.

Blank lines, comments and docstrings don't count. `--write` puts the table into README.md; a test
sees to it that the table there is the true one.
"""

from __future__ import annotations

import argparse
import ast
import io
import tokenize
from pathlib import Path

HERE = Path(__file__).parent
README = HERE / "README.md"
DAEMONS = {
    "UserDaemon": "user_daemon.py",
    "TrainingDaemon": "training_daemon.py",
    "RoomMembershipDaemon": "room_membership_daemon.py",
    "DataDaemon": "data_daemon.py",
}
FORMS = ("before", "after")
BEGIN, END = "<!-- lines: begin -->\n", "<!-- lines: end -->\n"
_EMPTY = (tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT)


def code_lines(source: str) -> int:
    """The number of lines with code on them."""
    used: set[int] = set()
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type not in (*_EMPTY, tokenize.ENDMARKER):
            used.update(range(token.start[0], token.end[0] + 1))
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            used.difference_update(range(node.lineno, (node.end_lineno or node.lineno) + 1))
    return len(used)


def table() -> str:
    """The table of README.md, as Markdown."""
    rows = [(name, *(_lines_of(form, file) for form in FORMS)) for name, file in DAEMONS.items()]
    rows.append(("together", *(total(form) for form in FORMS)))
    lines = ["| lines of code | before | after | saved |", "| --- | ---: | ---: | ---: |"]
    lines += [f"| {name} | {before} | {after} | {before - after} |" for name, before, after in rows]
    return "\n".join(lines) + "\n"


def total(form: str) -> int:
    """The lines of code of all daemons of a form."""
    return sum(_lines_of(form, file) for file in DAEMONS.values())


def _lines_of(form: str, file: str) -> int:
    return code_lines((HERE / form / file).read_text("utf-8"))


def with_table(readme: str) -> str:
    """`readme` with the true table between its two marks. ValueError when a mark is missing."""
    head, begin, rest = readme.partition(BEGIN)
    _, end, tail = rest.partition(END)
    if not (begin and end):
        raise ValueError(f"README.md has no '{BEGIN.strip()}' … '{END.strip()}'")
    return head + begin + table() + end + tail


def main() -> None:
    """Print the table, or write it into README.md."""
    parser = argparse.ArgumentParser(description="Count the lines of the daemons.")
    parser.add_argument("--write", action="store_true", help="put the table into README.md")
    if parser.parse_args().write:
        README.write_text(with_table(README.read_text("utf-8")), "utf-8")
    else:
        print(table(), end="")


if __name__ == "__main__":
    main()
