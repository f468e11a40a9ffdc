"""Handlers that re-arm in the right ways: cancel first, only if none, only if done."""

# rule: DMN102, DMN103, DMN104
from __future__ import annotations

import asyncio

from daemonbase import EventBus


class Debouncer:
    """Three ways."""

    def __init__(self, bus: EventBus) -> None:
        self._loop = asyncio.get_event_loop()
        self._flush_timer: asyncio.TimerHandle | None = None
        self._save_timer: asyncio.TimerHandle | None = None
        self._scan: asyncio.Task[None] | None = None
        self._subs = [bus.subscribe("key", self._on_key), bus.subscribe("scan", self._on_scan)]

    def _on_key(self, payload: object) -> None:
        self._cancel_flush()
        self._flush_timer = self._loop.call_later(0.3, self._flush)
        if self._save_timer is not None:
            return
        self._save_timer = self._loop.call_later(30, self._save)

    def _on_scan(self, payload: object) -> None:
        if self._scan is None or self._scan.done():
            self._scan = asyncio.create_task(self._scan_all())

    def _cancel_flush(self) -> None:
        if self._flush_timer:
            self._flush_timer.cancel()

    def _flush(self) -> None:
        self._flush_timer = None

    def _save(self) -> None:
        self._save_timer = None

    async def _scan_all(self) -> None:
        await asyncio.sleep(1)

    def close(self) -> None:
        for unsubscribe in self._subs:
            unsubscribe()
        self._cancel_flush()
        for handle in (self._save_timer, self._scan):
            if handle is not None:
                handle.cancel()
