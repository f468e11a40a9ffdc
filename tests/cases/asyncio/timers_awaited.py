"""Sleeping loops that their starter waits for or cancels are no leaks."""
# rule: DMN102

import asyncio


class Countdown:
    async def run(self) -> None:
        ticking = asyncio.create_task(self.tick())
        try:
            await asyncio.sleep(10)
        finally:
            ticking.cancel()

    async def run_with_timer(self) -> None:
        timer = asyncio.get_running_loop().call_later(10, print, "late")
        await asyncio.sleep(1)
        timer.cancel()

    async def tick(self) -> None:
        while True:
            await asyncio.sleep(1)

    def stop(self) -> None:
        print("stopped")
