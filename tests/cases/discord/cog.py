"""A cog's added listeners and tasks must be removed in cog_unload, which need not call super()."""
# rule: DMN101, DMN103

from discord.ext import commands


class Music(commands.Cog):
    def __init__(self, bot: commands.Bot) -> None:
        self.bot = bot
        self.bot.add_listener(self.on_ready, "on_ready")
        self.bot.add_listener(self.on_message, "on_message")  # error: DMN101
        self.player = self.bot.loop.create_task(self.play())
        self.bot.loop.create_task(self.play())  # error: DMN103

    async def on_ready(self) -> None: ...
    async def on_message(self, message: object) -> None: ...
    async def play(self) -> None: ...

    def cog_unload(self) -> None:
        self.bot.remove_listener(self.on_ready, "on_ready")
        self.player.cancel()


class Client(commands.Bot):
    async def close(self) -> None:
        await super().close()
