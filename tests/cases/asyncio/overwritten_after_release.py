"""Each handle is released, or handed on, before its place is assigned again."""
# rule: DMN104

import asyncio


class Debounce:
    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self.loop = loop
        self.timer: asyncio.TimerHandle | None = None
        self.old: list[asyncio.TimerHandle] = []

    def restart(self) -> None:
        if self.timer is not None:
            self.timer.cancel()
        self.timer = self.loop.call_later(1, self.fire)

    def twice(self) -> None:
        timer = self.loop.call_later(1, self.fire)
        timer.cancel()
        timer = self.loop.call_later(2, self.fire)
        timer.cancel()

    def keep_both(self) -> None:
        timer = self.loop.call_later(1, self.fire)
        self.old.append(timer)
        timer = self.loop.call_later(2, self.fire)
        self.old.append(timer)

    def by_helper(self) -> None:
        self._cancel()
        self.timer = self.loop.call_later(1, self.fire)
        self._cancel()
        self.timer = self.loop.call_later(2, self.fire)

    def _cancel(self) -> None:
        if self.timer:
            self.timer.cancel()
            self.timer = None

    def fire(self) -> None:
        self.timer = None

    def close(self) -> None:
        self._cancel()
        for timer in self.old:
            timer.cancel()
