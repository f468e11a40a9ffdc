"""A daemon's helper returns what self.subscribe() or the registrar returned: already owned."""

# rule: DMN101, DMN103
from __future__ import annotations

import asyncio
from collections.abc import Callable

from daemonbase import DaemonBase, Unsubscribe


class UserDaemon(DaemonBase):
    """Its helpers register and return the early end, which callers may drop."""

    async def initialize(self) -> None:
        self.on_user(print)
        self._listen("a")
        self._listen_untyped("b")
        self._spawn()
        self._when("data")

    def on_user(self, callback: Callable[[object], None]) -> Unsubscribe:
        return self.subscribe("user", callback)

    def _listen(self, topic: str) -> Unsubscribe:
        return self.register_subscription(self.bus.subscribe(topic, print))

    def _listen_untyped(self, topic: str):
        handle = self.bus.subscribe(topic, print)
        self.register_subscription(handle)
        return handle

    def _spawn(self) -> asyncio.Task[None]:
        return self.register_task(asyncio.sleep(5))

    def _when(self, daemon: str) -> Unsubscribe:
        return self.on_daemon_ready(daemon, print)
