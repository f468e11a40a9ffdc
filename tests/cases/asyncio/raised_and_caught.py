"""A `raise` caught in the same function is one more branch."""
# rule: DMN103

import asyncio


class Owner:
    async def start(self, wrong: bool) -> None:
        task = asyncio.create_task(self.work())  # error: DMN103
        try:
            if wrong:
                raise ValueError("wrong")
            task.cancel()
        except ValueError:
            pass

    async def start_well(self, wrong: bool) -> None:
        task = asyncio.create_task(self.work())
        try:
            if wrong:
                raise ValueError("wrong")
        except ValueError:
            print("wrong")
        finally:
            task.cancel()

    async def start_better(self, wrong: bool) -> None:
        task = asyncio.create_task(self.work())
        try:
            if wrong:
                raise ValueError("wrong")
            task.cancel()
        except ValueError:
            task.cancel()
            raise

    async def stop(self) -> None: ...

    async def work(self) -> None:
        await asyncio.Event().wait()
