"""A name that the base has taken, by a class constant."""
# rule: DMN107

from daemonbase import DaemonBase


class Base(DaemonBase):
    TICK = "tick"

    async def initialize(self) -> None:
        self.register_interval(self.TICK, self.read, 5)

    def read(self) -> None: ...


class Child(Base):
    async def initialize(self) -> None:
        await super().initialize()
        self.register_interval("tick", self.write, 9)  # error: DMN107

    def write(self) -> None: ...


class Other(Base):
    async def initialize(self) -> None:
        await super().initialize()
        self.register_interval("tock", self.write, 9)

    def write(self) -> None: ...
