"""Waits in handlers, nested functions, lambdas, and on a daemon's instance from outside."""
# rule: DMN303
# case: multi-file

from __future__ import annotations

import asyncio

from daemonbase import DaemonBase, EventBus


class DataDaemon(DaemonBase):
    name = "data"


class Reader(DaemonBase):
    """Waits for one after the other."""

    name = "reader"

    async def initialize(self) -> None:
        self.on_daemon_ready("data", self.on_data)

        def later(payload: object) -> None:
            self.on_daemon_ready("datum", self.load)  # error: DMN303

        self.subscribe("later", later)

    async def on_data(self) -> None:
        handle = self.on_daemon_ready("userz", self.load, timeout=5)  # error: DMN303
        handle()

    async def load(self) -> None: ...


async def main() -> None:
    """Make them."""
    bus = EventBus()
    reader = Reader(bus=bus)
    reader.on_daemon_ready("dato", lambda: print("ready"))  # error: DMN303
    async with DataDaemon(bus=bus), reader:
        await asyncio.sleep(1)
