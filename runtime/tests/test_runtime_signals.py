"""P11 and hard test 16: real processes, real signals, exit codes, empty stderr under -X dev."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(os.name == "nt", reason="POSIX signals")

SCRIPT = """
    import asyncio, pathlib, signal, sys
    from daemonbase import DaemonBase, EventBus, Supervisor, run

    place, marker = sys.argv[1], pathlib.Path(sys.argv[2])

    def say(text):
        print(text, flush=True)

    class Deep(DaemonBase):
        async def initialize(self):
            self.register_subscription(self.release)
            self.register_interval("tick", lambda: None, 0.01)
            self.register_interval("async tick", self.tick, 0.01)
            self.register_task(self.work())
            if place == "start":
                say("here")
                await asyncio.sleep(60)

        def release(self):
            marker.write_text("released")

        async def tick(self):
            await asyncio.sleep(0)

        async def work(self):
            try:
                await asyncio.sleep(3600)
            finally:
                if place == "join":
                    say("here")
                    await asyncio.sleep(0.05)

        async def cleanup(self):
            if place in ("hook", "hang"):
                say("here")
                await asyncio.sleep(3600 if place == "hang" else 0.05)

    class Ready(DaemonBase):
        async def initialize(self):
            self.subscribe("exit", lambda payload: sys.exit(5))
            self.on_daemon_ready("deep", self.ready)

        async def ready(self):
            if place == "exit":
                await self.bus.emit("exit")
            if place in ("run", "join", "hook", "hang", "report"):
                say("up")

        async def cleanup(self):
            say("ready ended")

    bus = EventBus()
    deep = Deep("deep", bus=bus)
    options = {"report_signal": signal.SIGUSR1} if place == "report" else {}
    factory = None
    if "uvloop" in sys.argv:
        import uvloop
        factory = uvloop.new_event_loop
    sys.exit(run(Ready("ready", bus=bus), deep, loop_factory=factory, **options))
"""


class Program:
    """The script as a process of its own."""

    def __init__(self, place: str, folder: Path, *options: str, debug: str = "-X dev") -> None:
        self.marker = folder / "marker"
        flags = debug.split() if debug.startswith("-") else []
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
        if not debug.startswith("-"):
            environment[debug] = "1"
        script = folder / "script.py"
        script.write_text(textwrap.dedent(SCRIPT))
        self.process = subprocess.Popen(
            [sys.executable, *flags, str(script), place, str(self.marker), *options],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env=environment,
        )

    def wait_for(self, line: str) -> None:
        assert self.process.stdout is not None
        for read in self.process.stdout:
            if read.strip() == line:
                return
        pytest.fail(self.process.communicate()[1])

    def ended(self) -> tuple[int, str, str]:
        out, err = self.process.communicate(timeout=20)
        return self.process.returncode, out, err


SIGNALS = [signal.SIGINT, signal.SIGTERM]
DEBUG = ["-X dev", "-W error", "PYTHONASYNCIODEBUG"]


@pytest.mark.parametrize("number", SIGNALS)
@pytest.mark.parametrize("place", ["run", "hook", "join", "start"])
def test_p11_a_signal_at_any_time_releases_all(
    place: str, number: signal.Signals, tmp_path: Path
) -> None:
    """Where it comes in the hook or the join, the first signal has been sent before."""
    program = Program(place, tmp_path, debug=DEBUG[len(place) % 3])
    program.wait_for("here" if place == "start" else "up")
    program.process.send_signal(number)
    code, out, err = program.ended()
    assert (code, err) == (128 + number, "")
    assert "ready ended" in out
    assert program.marker.read_text() == "released"


@pytest.mark.parametrize("place", ["hang", "join"])
def test_p11_a_second_signal_ends_at_once(place: str, tmp_path: Path) -> None:
    program = Program(place, tmp_path)
    program.wait_for("up")
    program.process.send_signal(signal.SIGTERM)
    program.wait_for("here")
    program.process.send_signal(signal.SIGTERM)
    assert program.ended()[0] in (-signal.SIGTERM, 128 + signal.SIGTERM)


def test_p11_a_second_signal_is_immediate_in_a_hanging_hook(tmp_path: Path) -> None:
    program = Program("hang", tmp_path)
    program.wait_for("up")
    program.process.send_signal(signal.SIGTERM)
    program.wait_for("here")
    program.process.send_signal(signal.SIGINT)
    code, _, err = program.ended()
    assert (code, err) == (-signal.SIGINT, "")
    assert not program.marker.exists()


def test_p11_sys_exit_in_a_handler_keeps_its_code(tmp_path: Path) -> None:
    program = Program("exit", tmp_path)
    code, out, err = program.ended()
    assert code == 5, err
    assert "ready ended" in out
    assert program.marker.read_text() == "released"


def test_p11_under_uvloop(tmp_path: Path) -> None:
    pytest.importorskip("uvloop", reason="uvloop is not installed")
    program = Program("run", tmp_path, "uvloop")
    program.wait_for("up")
    program.process.send_signal(signal.SIGTERM)
    code, _, err = program.ended()
    assert (code, err) == (128 + signal.SIGTERM, "")
    assert program.marker.read_text() == "released"


def test_a_report_on_a_signal(tmp_path: Path) -> None:
    program = Program("report", tmp_path)
    program.wait_for("up")
    program.process.send_signal(signal.SIGUSR1)
    assert program.process.stderr is not None
    report = ""
    for line in program.process.stderr:
        report += line
        if "interval async tick" in line:
            break
    program.process.send_signal(signal.SIGTERM)
    assert program.ended()[0] == 128 + signal.SIGTERM
    assert report.startswith("2 live daemons\n")
    assert "deep: running for" in report
    assert "interval async tick every 0.01 s" in report


def test_p11_ctrl_c_under_a_plain_asyncio_run_releases_all(tmp_path: Path) -> None:
    """Without `run` no handler is installed; asyncio's own cancels the main task."""
    script = """
        import asyncio, signal
        from daemonbase import DaemonBase, EventBus

        class Plain(DaemonBase):
            async def cleanup(self):
                await asyncio.sleep(0.001)
                print("cleaned up", flush=True)

        async def main():
            async with Plain(bus=EventBus()) as daemon:
                daemon.register_pair(print, "released", flush=True)
                daemon.register_interval("tick", lambda: None, 0.01)
                signal.raise_signal(signal.SIGINT)
                await asyncio.sleep(60)

        # A shell's background jobs, and what they start, ignore it.
        signal.signal(signal.SIGINT, signal.default_int_handler)
        before = signal.getsignal(signal.SIGTERM)
        try:
            asyncio.run(main())
        except KeyboardInterrupt:
            print("interrupted", signal.getsignal(signal.SIGTERM) == before)
    """
    done = subprocess.run(
        [sys.executable, "-X", "dev", "-c", textwrap.dedent(script)],
        capture_output=True,
        text=True,
        timeout=20,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.split("\n")[:3] == ["cleaned up", "released", "interrupted True"]
