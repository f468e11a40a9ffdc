"""A closure over a copy of a local undoes the copy, not what the local holds later."""
# rule: DMN101

import contextlib

from daemonbase import EventBus


class Gadget:
    def __init__(self, bus: EventBus) -> None:
        self.bus = bus
        self.stack = contextlib.ExitStack()

    async def start(self) -> None:
        first = self.bus.subscribe("tick", self.on_tick)
        held = first

        def undo() -> None:
            held()

        self.stack.callback(undo)
        first = self.bus.subscribe("tock", self.on_tick)  # error: DMN101

    async def stop(self) -> None:
        self.stack.close()

    def on_tick(self, *_: object) -> None:
        pass
