"""Subscribing methods whose results are named by aliases of every kind; all dropped."""

# case: multi-file
# rule: DMN101
from __future__ import annotations

from lib.sources import Source


class Page:
    """Drops all of them."""

    def __init__(self, source: Source) -> None:
        self.source = source

    async def start(self) -> None:
        self.source.add_listener(self._on)  # error: DMN101
        self.source.on_change(self._on)  # error: DMN101
        self.source.watch(self._on)  # error: DMN101
        self.source.subscribe_plain(self._on)  # error: DMN101
        self.source.subscribe_quoted(self._on)  # error: DMN101
        self.source.subscribe_optional(self._on)  # error: DMN101
        self.source.subscribe_union(self._on)  # error: DMN101
        self.source.subscribe_protocol(self._on)  # error: DMN101
        await self.source.subscribe_awaitable(self._on)  # error: DMN101
        await self.source.subscribe_async(self._on)  # error: DMN101

    def _on(self, value: int) -> None:
        print(value)

    async def close(self) -> None:
        print("closed")
