"""A timer that does a part of the start later."""
# rule: DMN302, DMN102

import asyncio

from daemonbase import DaemonBase


class Timer(DaemonBase):
    async def initialize(self) -> None:
        loop = asyncio.get_running_loop()
        loop.call_later(2, self.load_personas)  # error: DMN302, DMN102

    def load_personas(self) -> None: ...


class Deferred(DaemonBase):
    async def initialize(self) -> None:
        self.defer_initialization(self.load_personas)

    async def load_personas(self) -> None: ...
