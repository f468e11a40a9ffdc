"""A mode Service owns its futures; stop() must reach it, and on_stop() is a hook."""
# rule: DMN103, DMN201

import asyncio

from mode import Service


class Good(Service):
    async def on_start(self) -> None:
        self.add_future(self.run())

    async def on_stop(self) -> None:
        print("stopped")

    async def run(self) -> None: ...


class Bad(Service):
    async def on_start(self) -> None:
        asyncio.create_task(self.run())  # error: DMN103

    async def stop(self) -> None:  # error: DMN201
        print("stopped")

    async def run(self) -> None: ...
