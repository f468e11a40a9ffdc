"""Gateway service that keeps a line to a field bus and redials when it drops.

Redialling is armed with the loop's call_later and dropped, so a stopped service dials again: a leak.
"""
# rule: DMN102

from __future__ import annotations

import asyncio
from itertools import chain, repeat
from typing import Any, Iterator, cast

from mode import Service


def backoff() -> Iterator[float]:
    return chain((0.5, 1.0, 2.0, 5.0, 10.0), repeat(30.0))


class BusProtocol(asyncio.Protocol):
    def __init__(self, gateway: FieldBusGateway) -> None:
        self.gateway = gateway

    def data_received(self, data: bytes) -> None:
        self.gateway.frames.put_nowait(data)

    def connection_lost(self, exc: Exception | None) -> None:
        self.gateway.line_lost(exc)


class FieldBusGateway(Service):
    def __init__(self, host: str, port: int = 502, **kwargs: Any) -> None:
        self.host = host
        self.port = port
        self.frames: asyncio.Queue[bytes] = asyncio.Queue()
        self.transport: asyncio.Transport | None = None
        self.delays = backoff()
        super().__init__(**kwargs)

    async def on_start(self) -> None:
        await self._dial()

    async def on_stop(self) -> None:
        transport, self.transport = self.transport, None
        if transport is not None:
            transport.abort()

    async def _dial(self) -> None:
        try:
            transport, _ = await self.loop.create_connection(
                lambda: BusProtocol(self), self.host, self.port
            )
        except OSError as exc:
            self.line_lost(exc)
        else:
            self.transport = cast(asyncio.Transport, transport)
            self.delays = backoff()

    def line_lost(self, exc: Exception | None) -> None:
        self.transport = None
        delay = next(self.delays)
        self.log.info("line to %s lost (%s), dialling in %.1f s", self.host, exc, delay)
        self.loop.call_later(delay, self._redial)  # error: DMN102

    def _redial(self) -> None:
        self.add_future(self._dial())

    @Service.task
    async def _dispatch(self) -> None:
        while not self.should_stop:
            frame = await self.frames.get()
            self.log.debug("frame of %d bytes", len(frame))
