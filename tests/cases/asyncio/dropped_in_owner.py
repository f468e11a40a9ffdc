"""Fire and forget in a class that ends."""
# rule: DMN102, DMN103

import asyncio
import threading


class Client:
    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop

    def on_message(self, message: bytes) -> None:
        self._loop.create_task(self.handle(message))  # error: DMN103
        self._loop.call_later(1, self.flush)  # error: DMN102
        threading.Timer(5, self.flush).start()  # error: DMN102

    async def handle(self, message: bytes) -> None:
        print(message)

    def flush(self) -> None:
        print("flush")

    async def aclose(self) -> None:
        print("closed")
