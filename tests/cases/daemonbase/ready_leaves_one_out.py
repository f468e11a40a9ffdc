"""Handlers that leave one daemon out and treat all others alike."""
# rule: DMN301

from daemonbase import SYSTEM_READY, DaemonBase


class Greeter(DaemonBase):
    """Greets all but the monitor."""

    name = "greeter"

    async def initialize(self) -> None:
        self.subscribe(SYSTEM_READY, self._early)
        self.subscribe(SYSTEM_READY, self._nested)

    async def _early(self, payload: dict[str, str]) -> None:
        if payload["daemon"] == "monitor":
            return
        await self.greet(payload["daemon"])

    async def _nested(self, payload: dict[str, str]) -> None:
        if payload["daemon"] not in ("monitor", "watchdog"):
            await self.greet(payload["daemon"])

    async def greet(self, name: str) -> None:
        await self.bus.emit("hello", name)
