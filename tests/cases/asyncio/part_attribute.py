"""Two parts of one class in two fields, which the owner makes: each one's timer is its own."""
# rule: DMN102

from __future__ import annotations

import asyncio
from dataclasses import dataclass


@dataclass
class Slot:
    name: str
    countdown: asyncio.TimerHandle | None = None

    def halt(self) -> None:
        if self.countdown is not None:
            self.countdown.cancel()


class Forgets:
    def __init__(self) -> None:
        self._first = Slot("first")
        self._second = Slot("second")

    def fill(self) -> None:
        loop = asyncio.get_running_loop()
        self._first.countdown = loop.call_later(5, print)
        self._second.countdown = loop.call_later(5, print)  # error: DMN102

    def close(self) -> None:
        if self._first.countdown is not None:
            self._first.countdown.cancel()
        self._second.countdown = None


class CallsNothing:
    def __init__(self) -> None:
        self._slot = Slot("only")

    def fill(self) -> None:
        slot = self._slot
        slot.countdown = asyncio.get_running_loop().call_later(5, print)  # error: DMN102

    def close(self) -> None:
        if self._slot.countdown:
            print("the slot", self._slot.name, "is busy until", self._slot.countdown.when())


class Halts:
    def __init__(self) -> None:
        self._first = Slot("first")
        self._second = Slot("second")

    def fill(self) -> None:
        loop = asyncio.get_running_loop()
        self._first.countdown = loop.call_later(5, print)
        second = self._second
        second.countdown = loop.call_later(5, print)

    def close(self) -> None:
        self._first.halt()
        countdown = self._second.countdown
        if countdown:
            countdown.cancel()


class HandedIn:
    def __init__(self, slot: Slot, other: Slot | None = None) -> None:
        self._slot = slot
        self._other = other or Slot("other")

    def fill(self) -> None:
        loop = asyncio.get_running_loop()
        self._slot.countdown = loop.call_later(5, print)
        self._other.countdown = loop.call_later(5, print)

    def close(self) -> None:
        print("whoever made the slots halts them")
