"""Acquired and released within one method: nothing is kept, so nothing is kept by hand."""
# rule: DMN106

import asyncio

from daemonbase import DaemonBase


class AskDaemon(DaemonBase):
    async def ask(self) -> object:
        answer: asyncio.Future[object] = asyncio.get_running_loop().create_future()
        unsubscribe = self.bus.subscribe("answer", answer.set_result)
        try:
            return await answer
        finally:
            unsubscribe()

    async def wait(self) -> None:
        timer = asyncio.get_running_loop().call_later(5, print)
        await asyncio.sleep(1)
        timer.cancel()
