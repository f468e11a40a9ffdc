"""tenacity's retry loops, which always make an attempt."""
# rule: DMN201, DMN202
from __future__ import annotations

from tenacity import AsyncRetrying, Retrying, stop_after_attempt


class Link:
    """A link."""

    def __init__(self) -> None:
        self.up = True

    def disconnect(self) -> None:
        self.up = False

    async def aclose(self) -> None:
        self.up = False


class RetryingLink(Link):
    """Tries three times."""

    def disconnect(self) -> None:
        for attempt in Retrying(stop=stop_after_attempt(3)):
            with attempt:
                super().disconnect()

    async def aclose(self) -> None:
        async for attempt in AsyncRetrying(stop=stop_after_attempt(3)):
            with attempt:
                await super().aclose()
