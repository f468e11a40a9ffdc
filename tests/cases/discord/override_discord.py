"""discord.py: Client.close does work; cog hooks and views do not."""
# rule: DMN201, DMN203
from __future__ import annotations

import aiohttp
import discord
from discord.ext import commands, tasks


class MusicBot(commands.Bot):
    """Never logs out."""

    session: aiohttp.ClientSession | None = None

    async def setup_hook(self) -> None:
        self.session = aiohttp.ClientSession()

    async def close(self) -> None:  # error: DMN201
        if self.session is not None:
            await self.session.close()


class QuizBot(commands.AutoShardedBot):
    """Right."""

    session: aiohttp.ClientSession | None = None

    async def close(self) -> None:
        await super().close()
        if self.session is not None:
            await self.session.close()


class EchoClient(discord.Client):
    """Dropped."""

    async def close(self) -> None:
        super().close()  # error: DMN203
        print("bye")


class Reminders(commands.Cog):
    """The base hook is empty."""

    def __init__(self, bot: commands.Bot) -> None:
        self.bot = bot
        self.check.start()

    async def cog_unload(self) -> None:
        self.check.cancel()

    @tasks.loop(minutes=1)
    async def check(self) -> None:
        print(self.bot)


class LoudReminders(Reminders):
    """The loop goes on."""

    volume = 11

    async def cog_unload(self) -> None:  # error: DMN201
        self.volume = 0


class Poll(discord.ui.View):
    """The base is empty."""

    votes = 0

    async def on_timeout(self) -> None:
        self.votes = 0
