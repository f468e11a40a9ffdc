"""Bases that do no work need no super: DaemonBase's own hooks, stubs and abstract methods."""
# rule: DMN201

from abc import abstractmethod

from daemonbase import DaemonBase


class Direct(DaemonBase):
    async def initialize(self) -> None:
        self.register_interval("tick", self.tick, 1)

    async def cleanup(self) -> None:
        print("bye")

    async def tick(self) -> None:
        print("tick")


class Documented(DaemonBase):
    async def cleanup(self) -> None:
        """Override to clean up."""


class Refusing(DaemonBase):
    async def cleanup(self) -> None:
        raise NotImplementedError

    @abstractmethod
    async def initialize(self) -> None: ...


class OverDocumented(Documented):
    async def cleanup(self) -> None:
        print("bye")


class OverRefusing(Refusing):
    async def initialize(self) -> None:
        print("hello")

    async def cleanup(self) -> None:
        print("bye")
