"""Compare daemon-lint's speed with other linters on one fixed set of real files, in one run.

    python tests/benchmarks/run.py [--rounds N] [--json FILE]

The files are a fixed part of Home Assistant if `make corpus` has fetched it, else of the running
Python's standard library; those that this Python cannot parse are left out for all. Every program
runs on one core, start-up included, the programs by turns in each round; the table shows medians
and their ratio to `ast.parse` of the same files.
"""

from __future__ import annotations

import argparse
import ast
import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
import sysconfig
import tempfile
import time
import warnings
from collections.abc import Iterator, Mapping
from pathlib import Path

TESTS = Path(__file__).resolve().parent.parent
REPO = TESTS.parent
if __name__ == "__main__":
    sys.path[:0] = [str(TESTS), str(REPO)]

from benchmarks.tools import Tool, tools  # noqa: E402 - behind the path
from corpus import fetch  # noqa: E402 - behind the path

HOME_ASSISTANT = fetch.Package("homeassistant", "2025.12.5")
EVERY = 40  # every such component: coherent packages, about 250 files in all
LONG = 20.0  # seconds; a program that takes longer runs in the first round only


class BenchError(Exception):
    """One sentence: what could not be measured."""


def home_assistant(root: Path) -> Iterator[Path]:
    """The core, the helpers, and every so manieth component, whole."""
    package = root / "homeassistant"
    yield from sorted(package.glob("*.py"))
    yield from sorted((package / "helpers").rglob("*.py"))
    components = sorted(path for path in (package / "components").iterdir() if path.is_dir())
    for component in components[::EVERY]:
        yield from sorted(component.rglob("*.py"))


def standard_library(root: Path) -> Iterator[Path]:
    """The packages of the standard library that have subscriptions, timers and tasks."""
    for name in ("asyncio", "concurrent", "email", "http", "logging", "multiprocessing", "xml"):
        yield from sorted((root / name).rglob("*.py"))


def copy_sample(target: Path) -> str:
    """Copy the files to a folder of their own and say what they are. Raises BenchError."""
    root = fetch.unpacked(HOME_ASSISTANT, fetch.cache_folder())
    name, files = f"Home Assistant {HOME_ASSISTANT.version}", home_assistant
    if not root.is_dir():
        root = Path(sysconfig.get_path("stdlib"))
        name, files = f"the standard library of {platform.python_version()}", standard_library
    count, size, skipped = 0, 0, 0
    for path in files(root):
        data = path.read_bytes()
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                ast.parse(data)
        except (SyntaxError, ValueError):
            skipped += 1
            continue
        copy = target / path.relative_to(root)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(data)
        count, size = count + 1, size + len(data)
    if not count:
        raise BenchError(f"There are no Python sources in {root}.")
    (target / "daemon-lint.toml").write_text(fetch.FENCE, encoding="utf-8")
    left_out = f", {skipped} files of newer syntax left out" if skipped else ""
    return f"{count} files, {size / 1e6:.1f} MB of {name}{left_out}"


def run(tool: Tool, folder: Path, env: Mapping[str, str]) -> float:
    """Seconds of one run, start-up included. Raises BenchError if the program breaks."""
    began = time.perf_counter()
    done = subprocess.run(
        [*tool.command, str(folder)], env=env, capture_output=True, text=True, cwd=folder
    )
    took = time.perf_counter() - began
    # Linters say with their status that they found something; a traceback is something else.
    broken = done.returncode < 0 or "Traceback (most recent call last)" in done.stderr
    if broken or (tool.name.startswith("daemon-lint") and done.returncode not in (0, 1)):
        raise BenchError(f"{tool.name} ended with {done.returncode}: {done.stderr.strip()[-600:]}")
    return took


def measure(sample: Path, caches: Path, rounds: int) -> tuple[dict[str, list[float]], list[str]]:
    """The seconds of every run by program, and what was left out and why."""
    env = dict(os.environ)
    env["PYTHONPATH"] = os.pathsep.join(filter(None, [str(REPO), env.get("PYTHONPATH")]))
    env["XDG_CACHE_HOME"] = str(caches)  # our own cache, so that warm means warmed here
    env["RAYON_NUM_THREADS"] = "1"
    env["PYLINTHOME"] = str(caches / "pylint")
    times: dict[str, list[float]] = {}
    notes: list[str] = []
    for number in range(rounds):
        for tool in tools():
            if tool.missing:
                if number == 0:
                    notes.append(f"{tool.name}: not installed ({tool.missing})")
                continue
            known = times.setdefault(tool.name, [])
            if known and known[0] > LONG:
                continue
            print(f"round {number + 1} of {rounds}: {tool.name}", file=sys.stderr, flush=True)
            try:
                if tool.warm and not known:
                    run(tool, sample, env)
                known.append(run(tool, sample, env))
            except BenchError as error:
                if tool.name.startswith("daemon-lint"):
                    raise
                times.pop(tool.name)
                notes.append(str(error))
    return times, notes


def table(times: Mapping[str, list[float]]) -> str:
    """Medians and ratios."""
    medians = {name: statistics.median(runs) for name, runs in times.items() if runs}
    yardstick, cold = medians["ast.parse"], medians["daemon-lint cold"]
    lines = [f"{'program':<26}{'median s':>10}{'runs':>6}{'/ ast.parse':>13}{'/ cold':>9}"]
    for name, median in medians.items():
        ratios = f"{median / yardstick:>13.2f}{median / cold:>9.2f}"
        lines.append(f"{name:<26}{median:>10.2f}{len(times[name]):>6}{ratios}")
    return "\n".join(lines)


def main() -> int:
    """Measure and print. Returns the exit status."""
    parser = argparse.ArgumentParser(description="Compare daemon-lint's speed with other linters.")
    parser.add_argument("--rounds", type=int, default=3, help="runs of each program (3)")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the seconds there")
    options = parser.parse_args()
    scratch = Path(tempfile.mkdtemp(prefix="daemon-lint-bench-"))
    try:
        sample, caches = scratch / "sample", scratch / "caches"
        sample.mkdir()
        caches.mkdir()
        what = copy_sample(sample)
        print(f"{what}; Python {platform.python_version()}, one core, {os.cpu_count()} in all")
        times, notes = measure(sample, caches, max(1, options.rounds))
        print(table(times))
        for note in notes:
            print(f"left out: {note}")
        if options.json:
            result = {"sample": what, "python": platform.python_version(), "seconds": times}
            options.json.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    except BenchError as error:
        print(error, file=sys.stderr)
        return 2
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
