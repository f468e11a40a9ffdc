"""A method of one's own makes the handle: who calls it owns what it gives back."""
# rule: DMN103

import asyncio


class Owner:
    def make(self) -> "asyncio.Task[None]":
        return asyncio.create_task(self.work())

    def make_named(self):
        made = asyncio.create_task(self.work())
        print(made)
        return made

    async def start(self) -> None:
        self.make()  # error: DMN103
        self.kept = self.make()
        self.lost = self.make_named()  # error: DMN103
        late = self.make_named()
        late.cancel()

    async def stop(self) -> None:
        self.kept.cancel()

    async def work(self) -> None:
        await asyncio.Event().wait()
