"""`case asyncio.Task() as running` is an alias, and tells that it is a task."""

# rule: DMN103
import asyncio


class Dialer:
    """Dials."""

    def __init__(self, fast: bool) -> None:
        self.fast = fast

    async def dial_task(self) -> None:
        task = asyncio.create_task(asyncio.sleep(3)) if self.fast else None
        match task:
            case asyncio.Task() as running:
                running.cancel()
            case None:
                print("nothing to do")

    async def close(self) -> None:
        print("closed")
