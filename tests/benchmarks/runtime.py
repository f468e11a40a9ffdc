"""Compare the runtime with bare asyncio and with other libraries, all in one run.

    python tests/benchmarks/runtime.py [--gate] [--rounds N] [--json FILE]

Each row is measured in a process of its own, since what a row leaves in the heap slows the next
down, and in rounds; in a round the participants take turns in short slices, and the fastest slice
of each counts, in CPU time, so that a busy machine disturbs little, and all alike.
The table has the median over the rounds of the ratio to bare asyncio. `--gate` measures bare
asyncio and daemonbase only, and exits with 1 if a ratio is above its target times 1.5.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

TESTS = Path(__file__).resolve().parent.parent
REPO = TESTS.parent
if __name__ == "__main__":
    sys.path[:0] = [str(TESTS), str(REPO / "runtime"), str(REPO / "runtime" / "tests")]

from benchmarks import runtime_peers as peers  # noqa: E402 - behind the path
from benchmarks import runtime_rows as rows  # noqa: E402 - behind the path

SLACK = 1.5
OURS = ("bare", "daemonbase")
EAGER = sys.version_info >= (3, 12)


@dataclass(eq=False)
class Row:
    """One kind of work: `targets` are the ratios to bare asyncio that daemonbase must keep."""

    name: str
    bare: rows.Work
    ours: rows.Work
    count: int
    target: float | None = None
    peers: str = ""
    slices: int = 12
    ratios: dict[str, list[float]] = field(default_factory=dict)
    nanoseconds: float = 0.0


def table_rows() -> list[Row]:
    """All rows. Targets of async ticks need the eager tasks of Python 3.12."""
    async_target = 1.2 if EAGER else None
    return [
        Row("tick sync", rows.bare_tick_sync, rows.daemon_tick_sync, 1, None, "tick sync"),
        Row("tick sync", rows.bare_tick_sync, rows.daemon_tick_sync, 1000, 1.5, "tick sync"),
        Row("tick sync", rows.bare_tick_sync, rows.daemon_tick_sync, 10_000, None, "tick sync", 4),
        Row("the same, no two at one moment", rows.bare_tick_apart, rows.daemon_tick_apart, 1000,
            1.5),
        Row("tick async", rows.bare_tick_async, rows.daemon_tick_async, 1, None, "tick async"),
        Row("tick async", rows.bare_tick_async, rows.daemon_tick_async, 1000, async_target,
            "tick async"),
        Row("tick async", rows.bare_tick_async, rows.daemon_tick_async, 10_000, None,
            "tick async", 4),
        Row("register_subscription + cleanup", rows.bare_register, rows.daemon_register, 100_000,
            3.0, "register", 4),
        Row("EventBus.subscribe + release", rows.bare_register, rows.bus_subscribe, 100_000, 10.0,
            "register", 4),
        Row("DaemonBase.subscribe + cleanup", rows.bare_register, rows.daemon_subscribe, 100_000,
            None, "register", 4),
        Row("emit sync", rows.bare_emit_sync, rows.daemon_emit_sync, 1, 4.0, "emit sync"),
        Row("emit sync", rows.bare_emit_sync, rows.daemon_emit_sync, 100, 1.5, "emit sync"),
        Row("emit sync", rows.bare_emit_sync, rows.daemon_emit_sync, 10_000, 1.5, "emit sync"),
        Row("emit async", rows.bare_emit_async, rows.bus_emit_async, 1, None, "emit async"),
        Row("emit async", rows.bare_emit_async, rows.bus_emit_async, 100, 2.5, "emit async"),
        Row("emit async", rows.bare_emit_async, rows.bus_emit_async, 10_000, 2.5, "emit async"),
        Row("the same, joined at shutdown", rows.bare_emit_async, rows.daemon_emit_async, 1, None),
        Row("the same, joined at shutdown", rows.bare_emit_async, rows.daemon_emit_async, 100, 2.5),
        Row("shutdown, 10 intervals, 10 subs", rows.bare_shutdown, rows.daemon_shutdown, 1000, 4.0,
            "shutdown", 10),
    ]  # fmt: skip


def participants(row: Row, with_peers: bool) -> dict[str, rows.Work]:
    """Who takes part in a row; bare asyncio and daemonbase come first."""
    found = {"bare": row.bare, "daemonbase": row.ours}
    if with_peers:
        for name, (distribution, work) in peers.PEERS.get(row.peers, {}).items():
            if not distribution or peers.version(distribution):
                found[name] = work
    return found


def measure(row: Row, with_peers: bool) -> None:
    """One round of a row: a ratio for each participant. Slow peers get fewer slices."""
    times: dict[str, list[float]] = {}
    for number in range(row.slices):
        for name, work in participants(row, with_peers).items():
            if number and name not in OURS and number > row.slices // 4:
                continue
            times.setdefault(name, []).append(work(row.count))
    bare = min(times["bare"])
    for name, seconds in times.items():
        row.ratios.setdefault(name, []).append(min(seconds) / bare)
    row.nanoseconds = bare * 1e9


@dataclass
class Figure:
    """A number with a limit that is no ratio to bare asyncio."""

    name: str
    value: float
    limit: float
    others: dict[str, float]
    count: int = 0


def figures(with_peers: bool, rounds: int) -> list[Figure]:
    """Memory, drift and the import."""

    def others(kind: str, *arguments: object) -> dict[str, float]:
        return {
            name: measure_one(*arguments)
            for name, (distribution, measure_one) in peers.BYTES[kind].items()
            if with_peers and peers.version(distribution)
        }

    def median(measure_one: Callable[[], float]) -> float:
        return statistics.median(measure_one() for _ in range(rounds))

    ratio = median(lambda: import_ratio(7))
    ticks, late = rows.drift()
    if with_peers:
        print(f"drift: {ticks} ticks of 20 ms with a 6 ms body in 150.5 periods, the last one "
              f"{late * 1e3:.2f} ms late")  # fmt: skip
    return [
        *(Figure(name, rows.subscription_bytes(count, owned), 130,
                 others("subscription", count, owned), count)
          # A set grows to four times its size at once: one number of subscriptions says little.
          for name, owned in (("bytes / subscription", False),
                              ("bytes / subscription that its owner ends", True))
          for count in (2_000, 5_000, 10_000)),
        Figure("bytes / interval", rows.interval_bytes(), 800,
               {"bare": rows.timer_bytes(), **others("interval")}),
        Figure("missing of 149 ticks", max(0, 149 - ticks), 0, {}),
        Figure("ms of drift", abs(late) * 1e3, 5, {}),
        Figure("import / import of asyncio", ratio, 1.3, {}),
    ]  # fmt: skip


def import_ratio(tries: int) -> float:
    """Seconds of the import of daemonbase by those of asyncio, each the least of some processes."""
    ours, bare = [], []
    for _ in range(tries):
        bare.append(rows.import_seconds("asyncio"))
        ours.append(rows.import_seconds("daemonbase"))
    return min(ours) / min(bare)


def printed(row: Row) -> str:
    """A line of the table, as Markdown."""
    medians = {name: statistics.median(found) for name, found in row.ratios.items()}
    ours = medians["daemonbase"]
    rest = ", ".join(f"{name} {value:.2f}" for name, value in medians.items() if name not in OURS)
    target = f"{row.target:g}" if row.target is not None else ""
    return (
        f"| {row.name} | {row.count:,} | {row.nanoseconds:,.0f} | {target} "
        f"| **{ours:.2f}**{behind(ours, medians)} | {rest} |"
    )


def printed_figure(figure: Figure) -> str:
    """A line of the table, as Markdown."""
    others = ", ".join(f"{name} {value:,.0f}" for name, value in figure.others.items())
    return (
        f"| {figure.name} | {f'{figure.count:,}' if figure.count else ''} | "
        f"| {figure.limit:g} | **{figure.value:.2f}**{behind(figure.value, figure.others)} "
        f"| {others} |"
    )


def behind(ours: float, values: dict[str, float]) -> str:
    """Who has less than we have; '' if nobody."""
    names = [name for name in values if name not in OURS and values[name] < ours]
    return f" (behind {', '.join(names)})" if names else ""


def over(row: Row, slack: float) -> bool:
    """Whether daemonbase misses the target by more than the slack."""
    return row.target is not None and statistics.median(row.ratios["daemonbase"]) > (
        row.target * slack
    )


def measure_apart(number: int, row: Row, rounds: int, gate: bool) -> None:
    """Measure a row in a process of its own."""
    command = [sys.executable, __file__, "--row", str(number), "--rounds", str(rounds)]
    if gate:
        command.append("--gate")
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    row.nanoseconds, row.ratios = json.loads(done.stdout)


def main() -> int:
    """Measure and print. Returns the exit status."""
    parser = argparse.ArgumentParser(description="Compare the runtime with its peers.")
    parser.add_argument("--rounds", type=int, default=3, help="rounds of each row (3)")
    parser.add_argument("--gate", action="store_true", help="fail if a target is missed")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the ratios there")
    parser.add_argument("--row", type=int, help=argparse.SUPPRESS)  # what `measure_apart` asks for
    options = parser.parse_args()
    found = table = table_rows()
    if options.row is not None:
        row = table[options.row]
        for _ in range(max(1, options.rounds)):
            measure(row, not options.gate)
        print(json.dumps([row.nanoseconds, row.ratios]))
        return 0
    if options.gate:
        found = [row for row in found if row.target is not None]
    else:
        named = {name for group in peers.PEERS.values() for name, _ in group.values() if name}
        versions = ", ".join(filter(None, map(peers.version, sorted(named))))
        print(f"Python {platform.python_version()}, {os.cpu_count()} cores; {versions}")
        print("| row | n | bare ns | target | daemonbase | others (times bare) |")
        print("| --- | ---: | ---: | ---: | ---: | --- |")
    missed: list[str] = []
    for row in found:
        measure_apart(table.index(row), row, options.rounds, options.gate)
        if not options.gate or over(row, SLACK):
            print(printed(row), flush=True)
        if over(row, SLACK):
            missed.append(f"{row.name} ({row.count})")
    measured = figures(not options.gate, 1 if options.gate else max(1, options.rounds))
    for figure in measured:
        if not options.gate:
            print(printed_figure(figure))
        if figure.value > figure.limit * SLACK:
            missed.append(f"{figure.name}: {figure.value:.2f}")
    if options.json:
        ratios = {f"{row.name} {row.count}": row.ratios for row in found}
        options.json.write_text(json.dumps(ratios, indent=1) + "\n", encoding="utf-8")
    if options.gate:
        print(f"missed: {', '.join(missed)}" if missed else "all targets are kept")
        return 1 if missed else 0
    return 0


if __name__ == "__main__":
    sys.exit(main())
