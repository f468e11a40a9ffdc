"""Service that relays rows of an outbox table to a message exchange.

It is a plain Service, so the task made on its loop is nobody's, and stop() only closes the pool: a leak.
"""
# rule: DMN103

import asyncio
import logging
from typing import Any

import aiomisc
import asyncpg

log = logging.getLogger(__name__)


class RelayService(aiomisc.Service):
    __required__ = ("dsn",)

    dsn: str
    batch: int = 100
    pool: asyncpg.Pool

    async def start(self) -> None:
        self.pool = await asyncpg.create_pool(self.dsn, min_size=1, max_size=4)
        self.exchange = await self.context["exchange"]
        self._written = asyncio.Event()
        self.start_event.set()
        self.loop.create_task(self._relay(), name="outbox-relay")  # error: DMN103

    async def stop(self, exception: Exception | None = None) -> Any:
        if exception is not None:
            log.warning("stopping because of %r", exception)
        await self.pool.close()

    def poke(self) -> None:
        """There is something in the outbox."""
        self._written.set()

    async def _relay(self) -> None:
        while True:
            await self._written.wait()
            self._written.clear()
            async with self.pool.acquire() as connection:
                while rows := await self._next_batch(connection):
                    for row in rows:
                        await self.exchange.publish(row["topic"], row["payload"])
                    await connection.execute(
                        "delete from outbox where id = any($1)", [row["id"] for row in rows]
                    )

    async def _next_batch(self, connection: Any) -> list[Any]:
        return await connection.fetch(
            "select id, topic, payload from outbox order by id limit $1", self.batch
        )
