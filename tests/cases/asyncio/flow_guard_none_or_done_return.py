"""A compound guard around the release of a local: none or done return."""

# rule: DMN102, DMN103
import asyncio


class Lens:
    """Looks if it is open."""

    def __init__(self, open_: bool) -> None:
        self.open = open_

    async def look(self) -> None:
        task = asyncio.create_task(self._work()) if self.open else None
        await asyncio.sleep(1)
        if task is None or task.done():
            return
        task.cancel()

    async def _work(self) -> None:
        print("work")

    async def aclose(self) -> None:
        print("closed")
