"""A match that may fall through."""
# rule: DMN202
import asyncio
from typing import Literal

Mode = Literal["drain", "drop", "keep"]


class Pipe:
    def __init__(self) -> None:
        self._queue: asyncio.Queue[str] = asyncio.Queue()
        self._open = True

    async def stop(self) -> None:
        self._open = False


class ModalPipe(Pipe):
    def __init__(self, mode: Mode) -> None:
        super().__init__()
        self._mode = mode

    async def stop(self) -> None:  # error: DMN202
        match self._mode:
            case "drain":
                await self._queue.join()
                await super().stop()
            case "drop":
                await super().stop()
            case "keep":
                print("kept", self._queue.qsize())


class LoopingPipe(Pipe):
    async def stop(self) -> None:  # error: DMN202
        for _ in range(self._queue.qsize()):
            print("lost", self._queue.get_nowait())
            await super().stop()


class WaitingPipe(Pipe):
    async def stop(self) -> None:
        while True:
            try:
                await asyncio.wait_for(self._queue.join(), 1.0)
            except TimeoutError:
                print("still waiting")
                continue
            break
        await super().stop()
