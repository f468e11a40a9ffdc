"""The one timer of a daemon's intervals."""

from __future__ import annotations

import asyncio
import contextvars

import pytest

from daemonbase import DaemonBase, EventBus
from runtime_clock import VirtualLoop

var = contextvars.ContextVar("var", default=0)


def nothing() -> None: ...


def test_intervals_of_one_moment_tick_in_order_each_in_its_context() -> None:
    loop = VirtualLoop()
    log: list[tuple[str, int]] = []

    async def scenario() -> None:
        async with DaemonBase("d", bus=EventBus()) as daemon:
            for number, name in enumerate("abc"):
                var.set(number)

                def tick(name: str = name) -> None:
                    log.append((name, var.get()))
                    if name == "b":
                        daemon.clear_interval("c")

                daemon.register_interval(name, tick, 1)
            await asyncio.sleep(2.5)
            assert loop.live_timers() == 1
            daemon.clear_interval("a")
            daemon.clear_interval("b")
            assert loop.live_timers() == 0

    loop.run_until_complete(scenario())
    loop.close()
    assert log == [("a", 0), ("b", 1), ("a", 0), ("b", 1)]


def test_a_clock_does_not_keep_what_has_been_cleared() -> None:
    loop = VirtualLoop()

    async def scenario() -> None:
        async with DaemonBase("d", bus=EventBus()) as daemon:
            daemon.register_interval("stays", nothing, 1)
            for number in range(1000):
                daemon.register_interval("other", nothing, 2 + number / 1000)
            clock = daemon._daemon_state.clock
            assert clock is not None
            assert len(clock._at) == 2
            assert len(clock._heap) < 50
            await asyncio.sleep(1)

    loop.run_until_complete(scenario())
    loop.close()


@pytest.mark.parametrize("stopped", [False, True])
def test_keyboard_interrupt_leaves_the_others_of_that_moment_for_the_next_run(
    stopped: bool,
) -> None:
    loop = VirtualLoop()
    daemon = DaemonBase("d", bus=EventBus())
    ticks: list[str] = []

    def interrupt() -> None:
        if stopped:
            daemon.clear_interval("b")
        raise KeyboardInterrupt

    async def begin() -> None:
        daemon.register_interval("a", interrupt, 10)
        daemon.register_interval("b", lambda: ticks.append("b"), 10)
        daemon.register_interval("c", lambda: ticks.append("c"), 10)

    loop.run_until_complete(begin())
    with pytest.raises(KeyboardInterrupt):
        loop.run_until_complete(asyncio.sleep(10))
    loop.run_until_complete(asyncio.sleep(1))
    assert ticks == (["c"] if stopped else ["b", "c"])
    loop.run_until_complete(daemon.shutdown())
    loop.close()


def test_a_second_loop_after_the_first() -> None:
    daemon = DaemonBase("d", bus=EventBus())
    ticks: list[int] = []

    async def first() -> None:
        daemon.register_interval("a", nothing, 1)

    async def second() -> None:
        daemon.register_interval("b", lambda: ticks.append(1), 0.01)
        await asyncio.sleep(0.025)
        await daemon.shutdown()

    asyncio.run(first())
    asyncio.run(second())
    assert len(ticks) == 2
    assert daemon.stats()["intervals"] == {}
