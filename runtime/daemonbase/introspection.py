"""Looking at the daemons of a process: a text report, by itself or on a signal."""

from __future__ import annotations

import os
import signal
import sys
import warnings
from contextlib import suppress
from typing import TYPE_CHECKING, TextIO

from daemonbase import tracking
from daemonbase.types import Unsubscribe

if TYPE_CHECKING:
    from daemonbase.daemon import DaemonBase
    from daemonbase.holdings import Holdings


def report() -> str:
    """What every live daemon holds and waits for, and what went wrong, as text."""
    daemons = tracking.live()
    lines = [f"{len(daemons)} live {'daemon' if len(daemons) == 1 else 'daemons'}"]
    for daemon in daemons:
        stats = daemon.stats()
        uptime = f" for {stats['uptime']:.1f} s" if stats["uptime"] is not None else ""
        lines.append(f"{stats['name']}: {stats['state']}{uptime}")
        counts = ("subscriptions", "deferred", "tasks", "handlers_running", "errors")
        numbers: dict[str, object] = {**stats}
        lines.append("  " + ", ".join(f"{numbers[key]} {key.replace('_', ' ')}" for key in counts))
        for name, interval in stats["intervals"].items():
            last = interval["last_duration"]
            took = f", last took {last:.3f} s" if last is not None else ""
            failed = f", {interval['errors']} failed ({interval['last_error']})"
            lines.append(
                f"  interval {name} every {interval['seconds']:g} s: {interval['ticks']} ticks, "
                f"{interval['missed']} missed{took}{failed if interval['errors'] else ''}"
            )
        lines += [f"  waits for {name}" for name in stats["waits_for"]]
        if stats["last_error"] is not None:
            lines.append(f"  last error: {stats['last_error']}")
    return "\n".join(lines)


def report_on_signal(number: int | None = None, file: TextIO | None = None) -> Unsubscribe:
    """Write the report to `file` (stderr) at each signal, SIGUSR1 by default.

    It is written from a plain signal handler, so it comes even if the event loop is stuck in
    Python code. Returns what puts the former handler back. Raises ValueError outside of the main
    thread, or where there is no SIGUSR1 and no number is given.
    """
    wanted = number if number is not None else getattr(signal, "SIGUSR1", None)
    if wanted is None:
        raise ValueError("there is no SIGUSR1 on this platform; give the number of a signal")

    def handle(*_: object) -> None:
        target = file if file is not None else sys.stderr
        text = report()
        try:
            print(text, file=target, flush=True)
        except Exception:
            # It has come in the midst of a write to the same file (which cannot be entered twice),
            # or the file is closed. It must not raise in whatever code it has interrupted.
            with suppress(Exception):
                os.write(target.fileno(), f"{text}\n".encode())

    before = signal.signal(wanted, handle)

    def restore() -> None:
        # None stands for a handler that was not installed from Python; it cannot be put back.
        if signal.getsignal(wanted) is handle and before is not None:
            signal.signal(wanted, before)

    return restore


def warn_forgotten(daemon: DaemonBase, holdings: Holdings) -> None:
    """Warn of a daemon that is collected without a shutdown, unless nothing was lost."""
    held = holdings.held()
    if warnings is None or (holdings.state == "new" and not held):
        return  # at the end of the interpreter the modules go first
    text = f"{daemon!r} was collected without shutdown(), holding {len(held)} live handles"
    for item in held:
        text += f"; {item.kind} {item.name} from {tracking.line_of(item.place)}"
    warnings.warn(
        f"{text}; made at {tracking.line_of(holdings.place)}",
        ResourceWarning,
        source=daemon,
        stacklevel=1,
    )
