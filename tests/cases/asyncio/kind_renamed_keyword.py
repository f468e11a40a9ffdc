"""A parameter that the base's caller passes by keyword has another name in the override."""
# rule: DMN205
from __future__ import annotations


class Channel:
    """Calls its own hooks."""

    async def aclose(self, *, reason: str = "") -> None:
        """Hook."""

    async def stop(self, timeout: float = 1.0) -> None:
        """Hook."""

    async def run(self) -> None:
        await self.stop(timeout=3.0)
        await self.aclose(reason="over")


class WebChannel(Channel):
    """TypeError at the end."""

    async def aclose(self, *, why: str = "") -> None:  # error: DMN205
        print(why)

    async def stop(self, seconds: float = 1.0) -> None:  # error: DMN205
        print(seconds)
