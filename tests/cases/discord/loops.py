"""Loops by decorator: started, and cancelled, stopped, or forgotten when the cog is unloaded."""
# rule: DMN102

from discord.ext import commands, tasks


class Kept(commands.Cog):
    def __init__(self, bot: commands.Bot) -> None:
        self.bot = bot
        self.poll.start()
        self.sweep.start()

    async def cog_load(self) -> None:
        self.greet.start()
        if not self.bot.is_ready():
            self.greet.cancel()

    def cog_unload(self) -> None:
        self.poll.cancel()
        for loop in (self.sweep, self.greet):
            loop.stop()

    @tasks.loop(minutes=5)
    async def poll(self) -> None:
        print("poll")

    @tasks.loop(minutes=5)
    async def sweep(self) -> None:
        print("sweep")

    @tasks.loop(minutes=5)
    async def greet(self) -> None:
        print("greet")


class Lost(commands.Cog):
    def __init__(self, bot: commands.Bot) -> None:
        self.bot = bot
        self.poll.start()  # error: DMN102

    async def cog_unload(self) -> None:
        if self.poll.is_running():
            print("still polling")

    @tasks.loop(minutes=5)
    async def poll(self) -> None:
        print("poll")

    @poll.before_loop
    async def wait(self) -> None:
        await self.bot.wait_until_ready()
