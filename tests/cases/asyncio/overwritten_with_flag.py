"""A flag or a property that stands beside the handle guards its place."""
# rule: DMN104

import asyncio


class Flagged:
    armed = False
    timer: asyncio.TimerHandle | None = None

    @property
    def is_armed(self) -> bool:
        return self.timer is not None

    def by_property(self, loop: asyncio.AbstractEventLoop) -> None:
        if self.is_armed:
            return
        self.timer = loop.call_later(1, print)

    def by_local_flag(self, loop: asyncio.AbstractEventLoop, fast: bool) -> None:
        armed = False
        timer = None
        if fast:
            timer = loop.call_later(1, print)
            armed = True
        if not armed:
            timer = loop.call_later(60, print)
        if timer is not None:
            timer.cancel()

    def close(self) -> None:
        if self.timer:
            self.timer.cancel()
