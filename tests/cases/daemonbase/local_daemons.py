"""Daemons that a test defines inside its function."""
# rule: DMN101, DMN106, DMN201, DMN206

import asyncio

from daemonbase import DaemonBase, EventBus


def test_it(bus: EventBus) -> None:
    class Feed(DaemonBase):
        def __init__(self) -> None:  # error: DMN201
            self.n = 1

        async def shutdown(self) -> None:  # error: DMN206
            await super().shutdown()

    class Good(DaemonBase):
        async def initialize(self) -> None:
            self.subscribe("order", print)

    class Bad(DaemonBase):
        async def initialize(self) -> None:
            bus.subscribe("order", print)  # error: DMN101

    async def go() -> None:
        async with Good("good", bus=bus), Bad("bad", bus=bus), Feed():
            await asyncio.sleep(0)

    asyncio.run(go())
