"""A part whose attribute a loop, a helper, a callback or another object gives back."""
# rule: DMN103

from __future__ import annotations

import asyncio
import contextlib


class Pump:
    def __init__(self) -> None:
        self.task: asyncio.Task[None] | None = None

    def halt(self) -> None:
        if self.task is not None:
            self.task.cancel()


class Loops:
    def __init__(self) -> None:
        self._left = Pump()
        self._right = Pump()

    def start(self) -> None:
        self._left.task = asyncio.create_task(asyncio.sleep(99))
        self._right.task = asyncio.create_task(asyncio.sleep(99))

    def stop(self) -> None:
        for pump in (self._left, self._right):
            if pump.task is not None:
                pump.task.cancel()


class Hands:
    def __init__(self, stack: contextlib.ExitStack) -> None:
        self._pump = Pump()
        stack.callback(self._pump.halt)

    def start(self) -> None:
        self._pump.task = asyncio.create_task(asyncio.sleep(99))

    def stop(self) -> None:
        print("the stack halts it")


class HasSpare:
    """Looks after one of its two; `Loops` says nothing about those of another class."""

    def __init__(self) -> None:
        self.spare = Feed()
        self.main = Feed()

    def start(self) -> None:
        self.spare.intake = asyncio.create_task(asyncio.sleep(99))
        self.main.intake = asyncio.create_task(asyncio.sleep(99))  # error: DMN103

    def stop(self) -> None:
        print("the plant ends the spare one")


class Feed:
    intake: asyncio.Task[None] | None = None


class Plant:
    def __init__(self) -> None:
        self._inner = HasSpare()
        self._own = Feed()

    def start(self) -> None:
        self._own.intake = asyncio.create_task(asyncio.sleep(99))

    async def stop(self) -> None:
        self._inner.stop()
        await end(self._inner.spare)
        if self._own.intake:
            self._own.intake.cancel()


async def end(feed: object) -> None:
    print("ends whatever it is given", feed)
