"""Fields emptied before what they hold is released: the release finds nothing there."""
# rule: DMN101, DMN102

import asyncio

from daemonbase import EventBus, Unsubscribe


class TooEarly:
    def __init__(self, bus: EventBus) -> None:
        loop = asyncio.get_running_loop()
        self.unsubs: list[Unsubscribe] = [bus.subscribe("order", print)]  # error: DMN101
        self.timer: asyncio.TimerHandle | None = loop.call_later(5, print)  # error: DMN102
        self.late: asyncio.TimerHandle | None = loop.call_later(5, print)  # error: DMN102

    def close(self) -> None:
        self.unsubs.clear()
        self.timer = None
        self.late = None
        for unsub in self.unsubs:
            unsub()
        if self.timer is not None:
            self.timer.cancel()
        late = self.late
        if late:
            late.cancel()
