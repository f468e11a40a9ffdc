"""The release sits in a base, a mixin, a subclass, a tuple swap, a loop over names."""
# rule: DMN103

import asyncio


class Closing:
    task: asyncio.Task[None] | None = None

    async def close(self) -> None:
        task, self.task = self.task, None
        if task is not None:
            task.cancel()


class ByBase(Closing):
    def start(self) -> None:
        self.task = asyncio.create_task(asyncio.sleep(1))


class Starting:
    def start(self) -> None:
        self.helper = asyncio.create_task(asyncio.sleep(1))

    def stop(self) -> None:
        raise NotImplementedError


class BySubclass(Starting):
    def stop(self) -> None:
        self.helper.cancel()


class ByNames:
    def start(self) -> None:
        self.first = asyncio.create_task(asyncio.sleep(1))
        self.second = asyncio.create_task(asyncio.sleep(1))

    def stop(self) -> None:
        for name in ("first", "second"):
            getattr(self, name).cancel()


class ByLiteral:
    def start(self) -> None:
        self.first = asyncio.create_task(asyncio.sleep(1))
        self.second = asyncio.create_task(asyncio.sleep(1))

    def stop(self) -> None:
        for task in (self.first, self.second):
            if task is not None and not task.done():
                task.cancel()
