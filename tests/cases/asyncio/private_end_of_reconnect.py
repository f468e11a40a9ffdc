"""A telemetry uplink that reconnects when its server goes away. A leak: the sending task is cancelled by the tear-down of a reconnect, which `stop()` never reaches."""
# rule: DMN103

from __future__ import annotations

import asyncio
import logging
import struct

_LOGGER = logging.getLogger(__name__)


class TelemetryUplink:
    def __init__(self, host: str, port: int) -> None:
        self._address = (host, port)
        self._outbox: asyncio.Queue[bytes] = asyncio.Queue(maxsize=1000)
        self._writer: asyncio.StreamWriter | None = None
        self._sender: asyncio.Task[None] | None = None
        self._retries = 0

    async def start(self) -> None:
        await self._connect()

    def emit(self, record: bytes) -> bool:
        try:
            self._outbox.put_nowait(record)
        except asyncio.QueueFull:
            return False
        return True

    async def reconnect(self) -> None:
        self._retries += 1
        _LOGGER.info("reconnecting to %s:%d, attempt %d", *self._address, self._retries)
        await self._tear_down()
        await self._connect()

    async def _connect(self) -> None:
        _, self._writer = await asyncio.open_connection(*self._address)
        self._sender = asyncio.create_task(self._send_records(self._writer))  # error: DMN103

    async def _send_records(self, writer: asyncio.StreamWriter) -> None:
        while True:
            record = await self._outbox.get()
            writer.write(struct.pack("!I", len(record)) + record)
            self._outbox.task_done()

    async def _tear_down(self) -> None:
        if self._sender is not None:
            self._sender.cancel()
            await asyncio.wait([self._sender])
        if self._writer is not None:
            self._writer.close()

    async def stop(self) -> None:
        if self._writer is not None:
            await self._writer.drain()
            self._writer.close()
            await self._writer.wait_closed()
        _LOGGER.info("uplink stopped after %d reconnects", self._retries)


class Handed:
    """The private end is handed over as well: somebody may call it."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self._pinging: asyncio.Task[None] | None = None

    async def start(self) -> None:
        self._loop.call_soon(print, self._stop)
        self._pinging = asyncio.create_task(self._ping())

    async def restart(self) -> None:
        self._stop()
        await self.start()

    async def _ping(self) -> None:
        await asyncio.sleep(1)

    def _stop(self) -> None:
        if self._pinging is not None:
            self._pinging.cancel()

    def close(self) -> None:
        print("closed")
