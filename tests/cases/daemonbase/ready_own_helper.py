"""Subscribing through helpers of one's own, which are given a filter, or make one."""
# rule: DMN301

from collections.abc import Callable

from daemonbase import SYSTEM_READY, DaemonBase

Payload = dict[str, str]


class Launcher(DaemonBase):
    """Starts what depends on others."""

    name = "launcher"

    async def initialize(self) -> None:
        self._on(SYSTEM_READY, self._when_data)  # error: DMN301
        self._on(SYSTEM_READY, self._show)
        self._on("data:ready", self._when_data)
        self._on_announcement(self._when_data)  # error: DMN301
        self.subscribe(SYSTEM_READY, self._when("data"))  # error: DMN301
        for event, handler in ((SYSTEM_READY, self._show), ("data:up", self._when_data)):
            self.subscribe(event, handler)

    def _on(self, event: str, handler: Callable[[Payload], None]) -> None:
        self.log.debug("listening for %s", event)
        self.subscribe(event, handler)

    def _on_announcement(self, handler: Callable[[Payload], None]) -> None:
        self.subscribe("system:ready", handler)

    def _when(self, wanted: str) -> Callable[[Payload], None]:
        def handler(payload: Payload) -> None:
            if payload["daemon"] == wanted:
                self.begin()

        return handler

    def _when_data(self, payload: Payload) -> None:
        if payload["daemon"] == "data":
            self.begin()

    def _show(self, payload: Payload) -> None:
        self.log.info("%s is ready", payload["daemon"])

    def begin(self) -> None: ...
