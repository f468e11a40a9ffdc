"""Assigned twice in a row: the first handle is lost, whatever the place is."""
# rule: DMN104

import asyncio


class Twice:
    def start(self, loop: asyncio.AbstractEventLoop) -> None:
        self.timer = loop.call_later(1, print)
        self.timer = loop.call_later(2, print)  # error: DMN104

    def local(self, loop: asyncio.AbstractEventLoop) -> None:
        timer = loop.call_later(1, print)
        timer = loop.call_later(2, print)  # error: DMN104
        timer.cancel()

    def cleared(self, loop: asyncio.AbstractEventLoop) -> None:
        timer = loop.call_later(1, print)
        timer = None  # error: DMN104
        print(timer)

    def close(self) -> None:
        self.timer.cancel()
