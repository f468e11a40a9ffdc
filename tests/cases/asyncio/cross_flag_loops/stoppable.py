"""A base that ends its subclasses' loops."""
import asyncio


class Stoppable:
    def __init__(self) -> None:
        self._running = True
        self._stop_event = asyncio.Event()

    async def stop(self) -> None:
        self._running = False
        self._stop_event.set()
