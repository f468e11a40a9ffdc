"""Links of a replication cluster. A bug in two of them: once the flush or the farewell has failed, the error is
handled, but the base's close() is passed over; Primary reaches it whatever happens and is clean."""
# rule: DMN202

from __future__ import annotations

import asyncio
import contextlib
import logging

log = logging.getLogger(__name__)


class Link:
    def __init__(self, peer: str) -> None:
        self.peer = peer
        self.outbox: list[bytes] = []
        self._writer: asyncio.StreamWriter | None = None
        self._pump: asyncio.Task[None] | None = None

    async def open(self, host: str, port: int) -> None:
        _, self._writer = await asyncio.open_connection(host, port)
        if self._pump is None:
            self._pump = asyncio.create_task(self._forward(self._writer))

    async def _forward(self, writer: asyncio.StreamWriter) -> None:
        while self.outbox:
            writer.write(self.outbox.pop(0))
            await writer.drain()

    async def send(self, data: bytes) -> None:
        assert self._writer is not None
        self._writer.write(data)
        await self._writer.drain()

    async def close(self) -> None:
        if self._pump is not None:
            self._pump.cancel()
            self._pump = None
        if self._writer is not None:
            self._writer.close()


class Replica(Link):
    async def _flush(self) -> None:
        while self.outbox:
            await self.send(self.outbox.pop(0))

    async def close(self) -> None:  # error: DMN202
        try:
            await asyncio.wait_for(self._flush(), timeout=5)
        except (OSError, TimeoutError) as error:
            log.warning("%s: %d messages lost: %s", self.peer, len(self.outbox), error)
            return
        await super().close()


class Observer(Link):
    async def close(self) -> None:  # error: DMN202
        with contextlib.suppress(ConnectionError):
            await self.send(b"BYE\n")
            await super().close()


class Primary(Link):
    async def close(self) -> None:
        try:
            await self.send(b"HANDOVER\n")
        except ConnectionError:
            log.info("%s is gone already", self.peer)
        finally:
            await super().close()
