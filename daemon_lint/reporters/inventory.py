"""The inventory as a table for people, Markdown, JSON or CSV."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from collections.abc import Callable
from typing import Any

from daemon_lint.inventory import PRIORITIES, Daemon, Inventory
from daemon_lint.reporters import relative
from daemon_lint.reporters.text import printable, width_of
from daemon_lint.site_reader import SITE_KINDS

COLUMNS = (
    "daemon", "place", "base", "has cleanup", "subscriptions", "intervals", "timers", "tasks",
    "waits for", "findings", "priority",
)  # fmt: skip
_NUMBERS = frozenset(("subscriptions", "intervals", "timers", "tasks", "findings"))


def text(inventory: Inventory) -> str:
    """An aligned table, closing with what is in it."""
    rows = [_cells(daemon) for daemon in inventory.daemons]
    if not rows:
        return closing(inventory) + "\n"
    table = [COLUMNS, *(tuple(printable(cell) or "-" for cell in row) for row in rows)]
    widths = [max(map(width_of, column)) for column in zip(*table, strict=True)]
    lines = []
    for row in table:
        cells = []
        for name, cell, width in zip(COLUMNS, row, widths, strict=True):
            padding = " " * (width - width_of(cell))
            cells.append(padding + cell if name in _NUMBERS else cell + padding)
        lines.append("  ".join(cells).rstrip())
    return "\n".join([*lines, "", closing(inventory)]) + "\n"


def markdown(inventory: Inventory) -> str:
    """A table as GitHub shows it."""
    lines = [f"| {' | '.join(COLUMNS)} |"]
    lines.append(f"| {' | '.join('---:' if name in _NUMBERS else '---' for name in COLUMNS)} |")
    for daemon in inventory.daemons:
        cells = [_escaped(cell) for cell in _cells(daemon)]
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join([*lines, "", closing(inventory)]) + "\n"


def as_json(inventory: Inventory) -> str:
    """One object a daemon, with its handles and its findings."""
    rows = [_object(daemon) for daemon in inventory.daemons]
    return json.dumps(rows, indent=2, ensure_ascii=False) + "\n"


def as_csv(inventory: Inventory) -> str:
    """The columns of the table, place as two."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([*COLUMNS[:1], "path", "line", *COLUMNS[2:]])
    for daemon in inventory.daemons:
        cells = _cells(daemon)
        row = [daemon.name, relative(daemon.path), str(daemon.line), *cells[2:]]
        writer.writerow(map(_inert, row))
    return out.getvalue()


RENDERERS: dict[str, Callable[[Inventory], str]] = {
    "text": text,
    "markdown": markdown,
    "json": as_json,
    "csv": as_csv,
}


def closing(inventory: Inventory) -> str:
    """The inventory in a sentence."""
    files = f"{inventory.files:,} file{'' if inventory.files == 1 else 's'}"
    total = len(inventory.daemons)
    if not total:
        return f"No daemons in {files}."
    counts = Counter(daemon.priority for daemon in inventory.daemons)
    detail = ", ".join(f"{counts[word]} {word}" for word in PRIORITIES if counts[word])
    taking = sum(bool(daemon.sites) for daemon in inventory.daemons)
    noun = "daemon" if total == 1 else "daemons"
    return (
        f"{total:,} {noun} in {files}; {taking:,} ({taking / total:.0%}) "
        f"take{'s' if taking == 1 else ''} something. Left to migrate: {detail}."
    )


def _cells(daemon: Daemon) -> tuple[str, ...]:
    return (
        daemon.name,
        f"{relative(daemon.path)}:{daemon.line}",
        daemon.base,
        "yes" if daemon.cleanup else "no",
        str(daemon.count("subscription")),
        str(daemon.count("interval")),
        str(daemon.count("timer")),
        str(daemon.count("task")),
        ", ".join(daemon.waits_for),
        str(len(daemon.findings)),
        daemon.priority,
    )


def _object(daemon: Daemon) -> dict[str, Any]:
    return {
        "daemon": daemon.name,
        "names": list(daemon.names),
        "path": relative(daemon.path),
        "line": daemon.line,
        "base": daemon.base or None,
        "strict": daemon.strict,
        "cleanup": daemon.cleanup or None,
        **{
            f"{kind}s": daemon.count(kind) for kind in SITE_KINDS if kind != "wait"
        },
        "waits_for": list(daemon.waits_for),
        "priority": daemon.priority,
        "handles": [
            {
                "kind": site.kind,
                "text": site.text,
                "path": relative(site.path),
                "line": site.line,
                "registered": site.registered,
            }
            for site in daemon.sites
        ],
        "findings": [
            {
                "code": finding.code,
                "symbol": finding.symbol,
                "path": relative(finding.path),
                "line": finding.line,
                "message": finding.message,
            }
            for finding in daemon.findings
        ],
    }  # fmt: skip


def _escaped(cell: str) -> str:
    return "".join(f"\\{item}" if item in r"\`*_|<>[]" else item for item in printable(cell))


def _inert(text: str) -> str:
    """A text that spreadsheets take for no formula: names of daemons may be anything."""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text
