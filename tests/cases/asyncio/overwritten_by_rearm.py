"""A one-shot timer that re-arms itself has fired already: nothing is lost."""
# rule: DMN104

import asyncio


class Heartbeat:
    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self.loop = loop
        self.timer = loop.call_later(5, self.beat)

    def beat(self) -> None:
        print("beat")
        self.timer = self.loop.call_later(5, self.beat)

    def close(self) -> None:
        self.timer.cancel()


class ByHelper:
    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self.loop = loop
        self._arm()

    def _arm(self) -> None:
        self.timer = self.loop.call_later(5, self._fire)

    def _fire(self) -> None:
        print("fired")
        self._arm()

    def stop(self) -> None:
        self.timer.cancel()
