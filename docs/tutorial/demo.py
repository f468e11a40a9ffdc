"""The tour behind `make demo`: lint, port, run, and then a real package.

Exits with 0 when everything is as expected. `--offline` does without the real package unless an
earlier run has fetched it.
"""

from __future__ import annotations

import argparse
import asyncio
import collections
import json
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import third_party
from lines import total
from observe import EARLY_SPEED, Leftovers, System, early_stop, full_run
from world import SPEED

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
CACHE = ROOT / ".demo-cache"

KNOWN = (
    (
        "DMN101",
        "homeassistant/components/roon/media_player.py",
        "Every reload of the integration adds one more listener, and none ever goes.",
    ),
    (
        "DMN102",
        "homeassistant/components/otp/sensor.py",
        "The timer re-arms itself: a removed sensor writes its state every 30 s for ever.",
    ),
    (
        "DMN103",
        "homeassistant/components/unifi/hub/websocket.py",
        "A reconnect in flight survives stop_and_wait() and opens the connection again.",
    ),
)
"""Leaks that a person has read and judged; each of the pinned releases has them."""

_STYLED = sys.stdout.isatty() and "NO_COLOR" not in os.environ


class Demo:
    """Prints the tour and gathers what was not as it should be."""

    def __init__(self) -> None:
        self.failures: list[str] = []
        self.step = 0

    def heading(self, text: str) -> None:
        """The title of the next step."""
        self.step += 1
        title = f"{self.step}. {text}"
        if _STYLED:
            print(f"\n\033[1;36m{title}\033[0m\n", flush=True)
        else:
            print(f"\n{title}\n{'-' * len(title)}\n", flush=True)

    def say(self, *lines: str) -> None:
        """Plain text, before and after the output of other programs."""
        print(*lines, sep="\n", flush=True)

    def expect(self, holds: bool, failure: str) -> None:
        """Remember `failure` unless it holds."""
        if not holds:
            self.failures.append(failure)
            self.say(f"UNEXPECTED: {failure}")

    # --- the linter ---------------------------------------------------------------------------

    def lint(self, *arguments: str | Path, capture: bool = False) -> tuple[int, str]:
        """Run the real command line in the root of the repository: exit status, and output."""
        command = [sys.executable, "-m", "daemon_lint", "check", *map(str, arguments)]
        pipe = subprocess.PIPE if capture else None
        done = subprocess.run(command, cwd=ROOT, encoding="utf-8", stdout=pipe)
        return done.returncode, done.stdout or ""

    def show(self, path: Path, *options: str) -> int:
        """Lint `path` before the reader's eyes; the exit status."""
        relative = path.relative_to(ROOT)
        self.say(f"$ daemon-lint check {' '.join([str(relative), *options])}", "")
        return self.lint(relative, *options)[0]

    def findings(self, path: Path) -> list[dict[str, Any]]:
        """What the linter finds below `path`, as data."""
        status, output = self.lint(path.relative_to(ROOT), "--format", "json", capture=True)
        self.expect(status in (0, 1), f"daemon-lint ended with {status}")
        try:
            found: list[dict[str, Any]] = json.loads(output)
        except json.JSONDecodeError:
            self.expect(False, f"daemon-lint gave no JSON for {path.name}")
            return []
        return found

    # --- the steps ----------------------------------------------------------------------------

    def lint_both(self) -> None:
        """Steps 1 and 2: the daemons before and after the port."""
        self.heading("Four daemons, each with its own lists, timers and shutdown")
        status = self.show(HERE / "before")
        self.expect(status == 1, f"linting the before form ended with {status}, not 1")
        self.heading("The same daemons on DaemonBase")
        status = self.show(HERE / "after")
        self.expect(status == 0, f"linting the after form ended with {status}, not 0")
        before, after = total("before"), total("after")
        self.say("", f"The daemons took {before} lines of code before, and take {after} now.")

    def run_both(self) -> None:
        """Steps 3 and 4: both forms live for a minute of their own time, and are looked over."""
        from after.system import System as After
        from before.system import System as Before

        self.heading("Run them on DaemonBase, shut down, look around")
        left = self._run(After(), After(EARLY_SPEED))
        self.expect(left == [0, 0], f"the after form left {left} things behind")
        self.heading("The same with the daemons as they were")
        left = self._run(Before(), Before(EARLY_SPEED))
        self.expect(all(left), "the before form left nothing behind")

    def _run(self, first: System, second: System) -> list[int]:
        start = time.perf_counter()
        facts, after_run = asyncio.run(full_run(first))
        after_stop = asyncio.run(early_stop(second))
        seconds = time.perf_counter() - start
        self.say(
            f"A busy minute at {SPEED:g} times the speed, and a stop one second into the start-up "
            f"({seconds:.1f} s):",
            f"  persona clients {facts.clients}, members of the lobby {facts.lobby}, monitoring "
            f"rounds {facts.checks}, messages learnt {facts.trained}",
        )
        self._left("shutdown", after_run)
        self._left("the early stop", after_stop)
        return [after_run.total, after_stop.total]

    def _left(self, when: str, left: Leftovers) -> None:
        kinds = {"subscriptions": left.subscriptions, "timers": left.timers, "tasks": left.tasks}
        counts = ", ".join(f"{len(names)} {kind}" for kind, names in kinds.items())
        self.say(f"  left after {when}: {counts}", *(f"    {line}" for line in left.lines()))

    def real_package(self, offline: bool) -> None:
        """Step 5: a package that others wrote, with leaks that are known."""
        pin = third_party.pin()
        self.heading(f"A real package: {third_party.PACKAGE} {pin.version}")
        sources = third_party.folder(CACHE)
        if not sources.is_dir():
            if offline:
                self.say("Left out: --offline, and no earlier run has fetched it.")
                return
            self.say("Fetching it once; it is unpacked and read, never run.")
            try:
                third_party.fetch(CACHE)
            except third_party.FetchError as error:
                self.expect(False, str(error))
                return
        start = time.perf_counter()
        found = self.findings(sources / third_party.PACKAGE)
        seconds = time.perf_counter() - start
        files = sum(1 for _ in (sources / third_party.PACKAGE).rglob("*.py"))
        self.say(f"{files:,} files in {seconds:.1f} s, {len(found)} findings:", "")
        counts = collections.Counter((row["code"], row["symbol"]) for row in found)
        for (code, symbol), count in sorted(counts.items()):
            self.say(f"  {count:5}  {code} {symbol}")
        self.expect(not counts["DMN001", "internal-error"], "the linter failed on some file")
        self.expect(not counts["DMN002", "cannot-parse"], "some file could not be parsed")
        self.say("", "Three of them in full, leaks that a person has confirmed:")
        for code, path, why in KNOWN:
            place = sources / path
            known = any(
                row["code"] == code and (ROOT / row["path"]).resolve() == place for row in found
            )
            self.expect(known, f"the known {code} in {path} was not found")
            self.say("", why)
            self.show(place, "--select", code, "--show-trace")


def main(arguments: Sequence[str] | None = None) -> int:
    """Give the tour; the exit status is 1 if anything was not as expected."""
    parser = argparse.ArgumentParser(description="See daemon-lint and daemonbase at work.")
    parser.add_argument("--offline", action="store_true", help="fetch nothing with pip")
    offline: bool = parser.parse_args(arguments).offline
    demo = Demo()
    demo.lint_both()
    demo.run_both()
    demo.real_package(offline)
    if demo.failures:
        demo.say("", "Not as expected:", *(f"  {failure}" for failure in demo.failures))
        return 1
    demo.say("", "All as expected.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
