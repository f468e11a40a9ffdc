"""Daemons on the framework."""

import asyncio

import framework


class Silent(framework.Managed):
    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.jobs: list[str] = []

    async def initialize(self) -> None:
        self.register_task(self.work())

    async def work(self) -> None:
        print("work")


class Loud(framework.Managed):
    def __init__(self) -> None:  # error: DMN201
        self.jobs: list[str] = []

    async def initialize(self) -> None:
        asyncio.create_task(self.work())  # error: DMN103

    async def work(self) -> None:
        print("work")
