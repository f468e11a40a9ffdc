"""Cogs with a base cog."""
# rule: DMN201, DMN203, DMN205
from discord.ext import commands


class A(commands.Cog):
    n = 1

    async def cog_unload(self) -> None:
        self.n = 0

    async def cog_load(self) -> None:
        self.n = 2


class B(A):
    async def cog_unload(self) -> None:  # error: DMN201
        self.m = 0


class C(A):
    async def cog_unload(self) -> None:  # error: DMN202
        if self.n == 7:
            return
        await super().cog_unload()


class D(A):
    async def cog_unload(self) -> None:
        super().cog_unload()  # error: DMN203
