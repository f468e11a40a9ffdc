"""Another object's field, a container's slot, a field of another name: nothing is lost here."""
# rule: DMN104

import asyncio


class Slots:
    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self.loop = loop
        self.timers: dict[str, asyncio.TimerHandle] = {}
        self.timer_a = loop.call_later(1, print)
        self.timer_b = loop.call_later(2, print)

    def put(self, name: str) -> None:
        if name in self.timers:
            self.timers[name].cancel()
        self.timers[name] = self.loop.call_later(1, print)

    def replace(self, name: str) -> None:
        if old := self.timers.pop(name, None):
            old.cancel()
        self.timers[name] = self.loop.call_later(1, print)

    def give(self, other: "Slots") -> None:
        other.timer_a = self.loop.call_later(1, print)

    def close(self) -> None:
        self.timer_a.cancel()
        self.timer_b.cancel()
        for timer in self.timers.values():
            timer.cancel()
