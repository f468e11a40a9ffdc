"""A compound guard around the release of a local: two handles."""

# rule: DMN102, DMN103
import asyncio


class Lens:
    """Looks if it is open."""

    def __init__(self, open_: bool) -> None:
        self.open = open_

    async def look(self) -> None:
        task = asyncio.create_task(self._work()) if self.open else None
        timer = asyncio.get_running_loop().call_later(1, print) if task else None
        await asyncio.sleep(1)
        if task is not None and timer is not None:
            task.cancel()
            timer.cancel()

    async def _work(self) -> None:
        print("work")

    async def aclose(self) -> None:
        print("closed")
