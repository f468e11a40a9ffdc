"""Teardown by a loop over attribute names."""
# rule: DMN101, DMN103

from __future__ import annotations

import asyncio
from typing import Any

from daemonbase import EventBus


class Player:
    _task_names = ("_decode_task", "_output_task")

    def __init__(self, bus: EventBus, device: Any) -> None:
        self._bus = bus
        self._device = device
        self._decode_task: asyncio.Task[None] | None = None
        self._output_task: asyncio.Task[None] | None = None
        self._unsub_volume = None

    async def start(self) -> None:
        self._unsub_volume = self._bus.subscribe("volume", self._device.set_volume)
        self._decode_task = asyncio.create_task(self._decode())
        self._output_task = asyncio.create_task(self._output())

    async def _decode(self) -> None:
        async for frame in self._device.frames():
            await self._device.queue.put(frame)

    async def _output(self) -> None:
        while (frame := await self._device.queue.get()) is not None:
            self._device.play(frame)

    async def stop(self) -> None:
        for name in self._task_names:
            task = getattr(self, name)
            if task is not None:
                task.cancel()
                setattr(self, name, None)
        for name in ("_unsub_volume",):
            if unsub := getattr(self, name, None):
                unsub()
