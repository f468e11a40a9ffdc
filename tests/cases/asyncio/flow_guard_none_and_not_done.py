"""A compound guard around the release of a local: none and not done."""

# rule: DMN102, DMN103
import asyncio


class Lens:
    """Looks if it is open."""

    def __init__(self, open_: bool) -> None:
        self.open = open_

    async def look(self) -> None:
        task = None
        if self.open:
            task = asyncio.create_task(self._work())
        await asyncio.sleep(1)
        if task is not None and not task.done():
            task.cancel()

    async def _work(self) -> None:
        print("work")

    async def aclose(self) -> None:
        print("closed")
