"""The long campaigns: mutants that must die, a soak with churn, other loops. Mostly slow."""

from __future__ import annotations

import ast
import asyncio
import gc
import os
import shutil
import subprocess
import sys
import time
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import pytest

import daemonbase
from daemonbase import DaemonBase, EventBus
from runtime_clock import make_eager

HERE = Path(__file__).resolve().parent
SOURCE = Path(daemonbase.__file__).resolve().parent
REPO = HERE.parents[1]


# --- hard test 20: mutation -------------------------------------------------------------------

MUTATED = (
    "shutdown.py",
    "starting.py",
    "holdings.py",
    "handles.py",
    "events.py",
    "subscriptions.py",
    "bounded.py",
    "clock.py",
    "intervals.py",
    "readiness.py",
)


class Mutator(ast.NodeTransformer):
    """Removes the protection number `wanted`: a try, its finally, or the copy of a collection."""

    def __init__(self, wanted: int) -> None:
        self.wanted = wanted
        self.seen = -1
        self.what = ""

    def hit(self, node: ast.AST, what: str) -> bool:
        self.seen += 1
        if self.seen == self.wanted:
            self.what = f"line {getattr(node, 'lineno', 0)}: {what}"
            return True
        return False

    def visit_Try(self, node: ast.Try) -> ast.AST | list[ast.stmt]:
        self.generic_visit(node)
        if node.handlers and self.hit(node, "without its except"):
            return [*node.body, *node.orelse, *node.finalbody]
        if node.finalbody and self.hit(node, "without its finally"):
            node.finalbody = []
            if not node.handlers:
                return node.body
        return node

    def visit_Call(self, node: ast.Call) -> ast.AST:
        self.generic_visit(node)
        if isinstance(node.func, ast.Attribute) and node.func.attr == "copy" and not node.args:
            return node.func.value if self.hit(node, "without copy()") else node
        is_copy = isinstance(node.func, ast.Name) and node.func.id == "list" and len(node.args) == 1
        return node.args[0] if is_copy and self.hit(node, "without list()") else node

    def visit_Subscript(self, node: ast.Subscript) -> ast.AST:
        self.generic_visit(node)
        whole = isinstance(node.slice, ast.Slice) and not (node.slice.lower or node.slice.upper)
        is_copy = whole and isinstance(node.ctx, ast.Load)
        return node.value if is_copy and self.hit(node, "without the copy [:]") else node

    def visit_If(self, node: ast.If) -> ast.AST | list[ast.stmt]:
        self.generic_visit(node)
        guard = ast.unparse(node.test)
        watched = ("cancelling()", "closed", "is_cancelled()", "in insiders", ".active")
        if not node.orelse and any(word in guard for word in watched):
            if self.hit(node, f"without `if {guard}`"):
                return node.body
            if self.hit(node, f"never `if {guard}`"):
                return ast.Pass()
        return node


EQUIVALENT = {
    # (file, mutant): why no test can tell it from the original.
    ("holdings.py", "without list()"): "the copy is for report() in a signal handler",
}


def mutants() -> Iterator[tuple[str, int]]:
    for name in MUTATED:
        counter = Mutator(-1)
        counter.visit(ast.parse((SOURCE / name).read_text("utf-8")))
        yield from ((name, number) for number in range(counter.seen + 1))


def mutate(name: str, number: int, target: Path) -> str:
    """Write the package with one mutant to `target`; what was changed."""
    shutil.copytree(SOURCE, target / "daemonbase", ignore=shutil.ignore_patterns("__pycache__"))
    mutator = Mutator(number)
    tree = mutator.visit(ast.parse((SOURCE / name).read_text("utf-8")))
    code = ast.unparse(ast.fix_missing_locations(tree))
    (target / "daemonbase" / name).write_text(code, "utf-8")
    return mutator.what


def survives(target: Path) -> bool:
    """Whether the quick tests pass with the mutant."""
    tests = "clock handles bounded corners events readiness intervals registration supervisor "
    tests += "hard review model hostile"
    environment = {**os.environ, "PYTHONPATH": f"{target}{os.pathsep}{HERE}"}
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-x",
        "-q",
        "-m",
        "not slow",
        "-p",
        "no:cacheprovider",
    ]
    # The plugin would import the package from where it is installed, before the mutant.
    command += ["-p", "no:daemonbase", "-p", "no:xdist", "-o", "pythonpath=", "--no-header"]
    command += ["-k", "not fixture"]  # which is the plugin's
    command += [str(HERE / f"test_runtime_{name}.py") for name in tests.split()]
    try:
        done = subprocess.run(
            command, cwd=target, env=environment, capture_output=True, text=True, timeout=90
        )
    except subprocess.TimeoutExpired:
        return False
    assert done.returncode in (0, 1, 2), done.stdout + done.stderr
    return done.returncode == 0


@pytest.mark.slow
def test_every_mutant_dies(tmp_path: Path) -> None:
    mutate("events.py", 10_000, tmp_path / "original")
    assert survives(tmp_path / "original"), "the tests fail without any mutant"
    survivors = []
    for name, number in mutants():
        target = tmp_path / f"{name}{number}"
        what = mutate(name, number, target)
        if (name, what.partition(": ")[2]) in EQUIVALENT:
            continue
        if survives(target):
            survivors.append(f"{name} {what}")
        shutil.rmtree(target)
    assert survivors == [], "\n".join(survivors)


def test_a_mutant_is_one_change_and_there_are_many(tmp_path: Path) -> None:
    """That the script works; the tests against each mutant take minutes, and are slow ones."""
    found = list(mutants())
    assert {name for name, _ in found} <= set(MUTATED)
    assert len(found) > 40
    name, number = next(item for item in found if item[0] == "events.py")
    assert mutate(name, number, tmp_path / "mutant").startswith("line ")
    changed = (tmp_path / "mutant" / "daemonbase" / name).read_text("utf-8")
    assert changed != ast.unparse(ast.parse((SOURCE / name).read_text("utf-8")))
    assert mutate(name, 10_000, tmp_path / "original") == ""


# --- the soak ---------------------------------------------------------------------------------


class Churner(DaemonBase):
    """Registers, ends, replaces, emits and fails all the time, and makes short-lived daemons."""

    name = "churner"

    def __init__(self, bus: EventBus) -> None:
        super().__init__(bus=bus)
        self.rounds = 0
        self.daemons = 0

    async def initialize(self) -> None:
        self.register_interval("churn", self.churn, 0.002)
        self.register_interval("fail", self.fail, 0.05)
        self.subscribe("churn", self.on_churn)

    def fail(self) -> None:
        raise ValueError("now and then something fails")

    async def on_churn(self, payload: int) -> None:
        await asyncio.sleep(0)

    async def churn(self) -> None:
        self.rounds += 1
        for number in range(5):
            self.register_interval(f"replaced {number}", self.on_nothing, 0.01)
            handle = self.subscribe(f"event {number}", self.on_nothing)
            pair = self.register_pair(self.on_nothing)
            self.defer_initialization(self.on_nothing, 0.005)
            waiter = self.on_daemon_ready("short-lived", self.on_nothing, timeout=60)
            self.register_task(self.on_churn(number))
            handle()
            pair()
            waiter()
        await self.bus.emit("churn", self.rounds)
        self.bus.emit_nowait("churn", self.rounds)
        async with DaemonBase("short-lived", bus=self.bus) as short:
            short.register_interval("i", self.on_nothing, 0.001)
            short.register_task(asyncio.sleep(60))
            short.subscribe("churn", self.on_nothing)
            await asyncio.sleep(0.002)
        self.daemons += 1

    def on_nothing(self, *_: object) -> None: ...


async def soak(seconds: float) -> tuple[list[float], Churner]:
    """Churn for so long; KiB that Python holds, at ten times, and the churner."""
    churner = Churner(EventBus())
    sizes: list[float] = []
    tracemalloc.start()
    try:
        async with churner:
            for _ in range(10):
                await asyncio.sleep(seconds / 10)
                gc.collect()
                sizes.append(tracemalloc.get_traced_memory()[0] / 1024)
    finally:
        tracemalloc.stop()
    return sizes, churner


@pytest.mark.slow
def test_memory_stays_flat_in_a_long_soak(capsys: pytest.CaptureFixture[str]) -> None:
    """RUNTIME_SOAK_SECONDS, 600 by default. The first fifth is left to warm up."""
    import logging

    logging.getLogger("daemonbase.churner").setLevel(logging.CRITICAL)
    seconds = float(os.environ.get("RUNTIME_SOAK_SECONDS", "600"))
    began = time.perf_counter()
    sizes, churner = asyncio.run(soak(seconds))
    took = time.perf_counter() - began
    with capsys.disabled():
        print(
            f"\nsoak: {took:.0f} s, {churner.rounds} rounds, {churner.daemons} daemons; "
            f"KiB held: {', '.join(f'{size:.0f}' for size in sizes)}"
        )
    settled = sizes[2:]
    assert churner.rounds > seconds * 20
    assert max(settled) - min(settled) < 200, sizes
    # No trend either: the last third is no larger than the middle one, give or take a page.
    assert sum(sizes[-3:]) / 3 - sum(sizes[3:6]) / 3 < 32, sizes


def test_the_soak_itself_for_a_moment() -> None:
    import logging

    logging.getLogger("daemonbase.churner").setLevel(logging.CRITICAL)
    sizes, churner = asyncio.run(soak(0.4))
    assert len(sizes) == 10
    assert churner.daemons > 3
    assert churner.stats()["state"] == "stopped"
    assert churner.bus.handlers() == []


# --- hard test 19: other loops ----------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.skipif(sys.version_info < (3, 12), reason="eager tasks came with Python 3.12")
def test_the_suite_with_the_eager_task_factory() -> None:
    files = "clock handles bounded events readiness intervals registration faults supervisor "
    files += "shutdown hard review corners"
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-m", "not slow", "-p", "no:xdist"]
        + [str(HERE / f"test_runtime_{name}.py") for name in files.split()],
        cwd=REPO,
        env={**os.environ, "RUNTIME_TEST_TASKS": "eager"},
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.returncode == 0, done.stdout[-5000:]


@pytest.mark.parametrize("factory", ["uvloop", "asyncio", "eager"])
def test_a_whole_life_in_real_time_on_each_loop(factory: str) -> None:
    if factory == "uvloop":
        make = pytest.importorskip("uvloop", reason="uvloop is not installed").new_event_loop
    else:
        make = asyncio.new_event_loop
    if factory == "eager" and sys.version_info < (3, 12):
        pytest.skip("eager tasks came with Python 3.12")
    bus = EventBus()
    ends: list[str] = []

    class Whole(DaemonBase):
        async def initialize(self) -> None:
            self.ticks: list[float] = []
            loop = asyncio.get_running_loop()
            self.register_interval("sync", lambda: self.ticks.append(loop.time()), 0.005)
            self.register_interval("async", self.tick, 0.005, immediate=True)
            self.register_task(self.work())
            self.subscribe("e", self.tick)
            self.defer_initialization(self.tick, 0.001)

        async def tick(self, *_: object) -> None:
            await asyncio.sleep(0)

        async def work(self) -> None:
            try:
                await asyncio.sleep(60)
            finally:
                ends.append("task")

        async def cleanup(self) -> None:
            await asyncio.sleep(0.001)
            ends.append("hook")

    async def main() -> None:
        loop = asyncio.get_running_loop()
        if factory == "eager":
            make_eager(loop)
        async with Whole("whole", bus=bus) as one:
            began = loop.time()
            await asyncio.sleep(0.03)
            await bus.emit("e")
            # uvloop fires up to a millisecond early: that must not make two ticks of one.
            assert len(one.ticks) <= (one.ticks[-1] - began) / 0.005 + 1.5
            assert len(one.ticks) >= 2
        task = asyncio.create_task(Whole("second", bus=bus).shutdown())
        await task
        assert asyncio.all_tasks() == {asyncio.current_task()}

    with asyncio.Runner(loop_factory=make) as runner:
        runner.run(main())
    assert ends == ["hook", "task", "hook"]
