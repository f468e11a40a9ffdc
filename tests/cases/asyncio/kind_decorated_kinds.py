"""Decorators that change the kind: what they return is not known, so nothing is said."""
# rule: DMN205
from __future__ import annotations

import asyncio
import contextlib

import acme_async
from acme_async import to_async


class Source:
    """Hooks only."""

    async def close(self):
        """Hook."""

    def stop(self):
        """Hook."""

    async def shutdown(self):
        """Hook."""


class RemoteSource(Source):
    """Changed back by decorators."""

    @to_async
    def close(self):
        print("in a thread")

    @acme_async.run_sync
    async def stop(self):
        await asyncio.sleep(0)

    @acme_async.coroutine
    def shutdown(self):
        yield asyncio.sleep(0)


class Door:
    """Its base and its override are context managers alike."""

    @contextlib.contextmanager
    def stop(self):
        yield 1


class LoudDoor(Door):
    """Alike."""

    @contextlib.contextmanager
    def stop(self):
        print("stop")
        with super().stop() as value:
            yield value
