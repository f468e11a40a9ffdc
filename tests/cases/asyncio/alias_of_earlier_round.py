"""A name that takes an older handle in one round overwrites with it in the next."""
# rule: DMN104

import asyncio


class Owner:
    async def start(self, times: int) -> None:
        older = None
        first = asyncio.create_task(self.work())  # error: DMN103
        self.kept = asyncio.create_task(self.work())
        for _ in range(times):
            if older is not None:
                self.kept = older  # error: DMN104
            older = first

    async def start_well(self, times: int) -> None:
        older = None
        first = asyncio.create_task(self.work())
        self.well = asyncio.create_task(self.work())
        for _ in range(times):
            if older is not None:
                self.well.cancel()
                self.well = older
                older = first = None
            else:
                older = first
        if first is not None:
            first.cancel()

    async def stop(self) -> None:
        self.kept.cancel()
        self.well.cancel()

    async def work(self) -> None:
        await asyncio.Event().wait()
