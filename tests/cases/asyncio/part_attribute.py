"""Two parts of one class in two fields, which the owner makes: each one's timer is its own."""
# rule: DMN102

from __future__ import annotations

import asyncio
from dataclasses import dataclass


@dataclass
class Slot:
    name: str
    timer: asyncio.TimerHandle | None = None

    def halt(self) -> None:
        if self.timer is not None:
            self.timer.cancel()


class Forgets:
    def __init__(self) -> None:
        self._first = Slot("first")
        self._second = Slot("second")

    def fill(self) -> None:
        loop = asyncio.get_running_loop()
        self._first.timer = loop.call_later(5, print)
        self._second.timer = loop.call_later(5, print)  # error: DMN102

    def close(self) -> None:
        if self._first.timer is not None:
            self._first.timer.cancel()
        self._second.timer = None


class CallsNothing:
    def __init__(self) -> None:
        self._slot = Slot("only")

    def fill(self) -> None:
        slot = self._slot
        slot.timer = asyncio.get_running_loop().call_later(5, print)  # error: DMN102

    def close(self) -> None:
        if self._slot.timer:
            print("the slot", self._slot.name, "is busy until", self._slot.timer.when())


class Halts:
    def __init__(self) -> None:
        self._first = Slot("first")
        self._second = Slot("second")

    def fill(self) -> None:
        loop = asyncio.get_running_loop()
        self._first.timer = loop.call_later(5, print)
        second = self._second
        second.timer = loop.call_later(5, print)

    def close(self) -> None:
        self._first.halt()
        timer = self._second.timer
        if timer:
            timer.cancel()


class HandedIn:
    def __init__(self, slot: Slot, other: Slot | None = None) -> None:
        self._slot = slot
        self._other = other or Slot("other")

    def fill(self) -> None:
        loop = asyncio.get_running_loop()
        self._slot.timer = loop.call_later(5, print)
        self._other.timer = loop.call_later(5, print)

    def close(self) -> None:
        print("whoever made the slots halts them")
