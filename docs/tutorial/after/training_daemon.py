"""TrainingDaemon: learns from what is said."""

from __future__ import annotations

import asyncio

from daemonbase import DaemonBase, EventBus

from world import BATCH, MESSAGES_CREATED, TRAINING, Message


class TrainingDaemon(DaemonBase):
    """Gathers messages, and trains on every batch of them in the background."""

    name = "training"

    def __init__(self, bus: EventBus, speed: float) -> None:
        super().__init__(bus=bus)
        self.speed = speed
        self.trained = 0
        self._messages: asyncio.Queue[Message] = asyncio.Queue()

    async def initialize(self) -> None:
        self.subscribe(MESSAGES_CREATED, self._on_message_created)
        self.register_task(self._train_forever(), name="training")

    async def _on_message_created(self, message: Message) -> None:
        await self._messages.put(message)

    async def _train_forever(self) -> None:
        while True:
            batch = [await self._messages.get() for _ in range(BATCH)]
            try:
                await asyncio.sleep(TRAINING / self.speed)
                self.trained += len(batch)
            except Exception:
                self.log.exception("training failed")
