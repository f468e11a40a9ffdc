"""Tuples on both sides: each name is assigned by itself; a swap loses nothing."""
# rule: DMN104

import asyncio


class Pair:
    def swap(self, loop: asyncio.AbstractEventLoop) -> None:
        first = loop.call_later(1, print)
        second = loop.call_later(2, print)
        first, second = second, first
        first.cancel()
        second.cancel()

    def both(self, loop: asyncio.AbstractEventLoop) -> None:
        first, second = loop.call_later(1, print), loop.call_later(2, print)
        first.cancel()
        second.cancel()

    def lost(self, loop: asyncio.AbstractEventLoop) -> None:
        first, second = loop.call_later(1, print), loop.call_later(2, print)
        first, second = second, None  # error: DMN104
        first.cancel()

    def walrus(self, loop: asyncio.AbstractEventLoop) -> None:
        if timer := loop.call_later(1, print):
            timer = loop.call_later(2, print)  # error: DMN104
        timer.cancel()

    def alias(self, loop: asyncio.AbstractEventLoop) -> None:
        first = second = loop.call_later(1, print)
        first = loop.call_later(2, print)
        first.cancel()
        second.cancel()

    def close(self) -> None:
        print("closed")
