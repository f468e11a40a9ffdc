"""A conditional expression is a branch, and the same condition later is the same branch."""
# rule: DMN102

import asyncio


class Owner:
    async def start(self, fast: bool) -> None:
        loop = asyncio.get_running_loop()
        timer = loop.call_later(9, print) if fast else None
        if fast:
            timer.cancel()

    async def start_guarded(self, fast: bool) -> None:
        loop = asyncio.get_running_loop()
        timer = loop.call_later(9, print) if fast else None
        if timer is not None:
            timer.cancel()

    async def start_wrong(self, fast: bool) -> None:
        loop = asyncio.get_running_loop()
        timer = loop.call_later(9, print) if fast else None  # error: DMN102
        if not fast:
            print(timer)

    async def stop(self) -> None: ...
