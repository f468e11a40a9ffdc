"""TrainingDaemon: learns from what is said."""

from __future__ import annotations

import asyncio

from world import BATCH, MESSAGES_CREATED, TRAINING, Message

from .bus import EventBus, Unsubscribe
from .daemon import Daemon


class TrainingDaemon(Daemon):
    """Gathers messages, and trains on every batch of them in the background."""

    name = "training"

    def __init__(self, bus: EventBus, speed: float) -> None:
        super().__init__(bus, speed)
        self.trained = 0
        self._messages: asyncio.Queue[Message] = asyncio.Queue()
        self._unsubscribe_functions: list[Unsubscribe] = []

    async def initialize(self) -> None:
        unsubscribe = self.bus.subscribe(MESSAGES_CREATED, self._on_message_created)
        self._unsubscribe_functions.append(unsubscribe)
        self.spawn(self._train_forever())

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

    async def shutdown(self) -> None:
        self.log.info("cleaning up subscriptions")
        for unsubscribe in self._unsubscribe_functions:
            unsubscribe()
        self._unsubscribe_functions.clear()
