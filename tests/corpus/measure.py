"""Run a command and measure it: wall time, and the peak memory of it and its children."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

PROC = Path("/proc")


@dataclass(frozen=True)
class Measured:
    """What a command took. Memory is in MB; `together` is None where the system does not tell."""

    status: int
    output: str
    seconds: float
    largest: float | None
    together: float | None


def _descendants(root: int) -> set[int]:
    """The process and all below it, as /proc tells."""
    children: dict[int, list[int]] = {}
    for entry in os.scandir(PROC):
        if entry.name.isdigit():
            try:
                stat = (PROC / entry.name / "stat").read_text()
            except OSError:
                continue
            parent = int(stat.rpartition(")")[2].split()[1])
            children.setdefault(parent, []).append(int(entry.name))
    found, todo = {root}, [root]
    while todo:
        for child in children.get(todo.pop(), ()):
            if child not in found:
                found.add(child)
                todo.append(child)
    return found


def _proportional_kb(process: int) -> int:
    """Memory of one process in kB, shared pages counted by share, so that a sum is honest."""
    try:
        for line in (PROC / str(process) / "smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1])
    except OSError:
        pass
    return 0


def run_measured(command: list[str], env: Mapping[str, str] | None = None) -> Measured:
    """Run the command with its output caught. Raises OSError if it cannot be started."""
    began = time.perf_counter()
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=env
    )
    stop = threading.Event()
    peak = 0

    def sample() -> None:
        nonlocal peak
        while not stop.wait(0.2):
            peak = max(peak, sum(map(_proportional_kb, _descendants(process.pid))))

    sampler = threading.Thread(target=sample, daemon=True)
    if (PROC / "self" / "smaps_rollup").exists():
        sampler.start()
    output = process.stdout.read() if process.stdout else ""
    largest: float | None = None
    if sys.platform == "win32":
        status = process.wait()
    else:
        _, raw, usage = os.wait4(process.pid, 0)
        status = process.returncode = os.waitstatus_to_exitcode(raw)
        unit = 1 / 2**20 if sys.platform == "darwin" else 1 / 2**10
        largest = usage.ru_maxrss * unit
    seconds = time.perf_counter() - began
    stop.set()
    if process.stdout:
        process.stdout.close()
    return Measured(status, output, seconds, largest, peak / 2**10 if peak else None)
