"""The end of life matches on the field."""

# rule: DMN103
import asyncio


class Dialer:
    """Dials."""

    _task: asyncio.Task[None] | None = None

    def dial(self) -> None:
        self._task = asyncio.create_task(self._ring())

    async def _ring(self) -> None:
        print("ring")

    async def close(self) -> None:
        match self._task:
            case None:
                print("nothing")
            case task:
                task.cancel()
