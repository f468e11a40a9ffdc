"""Awaited at once, later, by gather, as a task, or by the caller."""
# rule: DMN203


import asyncio


class Base:
    def close(self) -> None:
        self.socket.close()


class AsyncBase:
    async def close(self) -> None:
        self.socket.close()



class AtOnce(AsyncBase):
    async def close(self) -> None:
        await super().close()


class Later(AsyncBase):
    async def close(self) -> None:
        closing = super().close()
        print("closing")
        await closing


class Gathered(AsyncBase):
    async def close(self) -> None:
        await asyncio.gather(super().close(), asyncio.sleep(0))


class Task(AsyncBase):
    async def close(self) -> None:
        await asyncio.wait_for(super().close(), 5)


class Caller(AsyncBase):
    def close(self):
        return super().close()
