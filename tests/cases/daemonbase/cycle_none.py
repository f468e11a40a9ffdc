"""A chain is no circle."""
# rule: DMN304

from daemonbase import DaemonBase


class A(DaemonBase):
    name = "a"

    async def initialize(self) -> None:
        self.on_daemon_ready("b", self.begin)

    async def begin(self) -> None: ...


class B(DaemonBase):
    name = "b"

    async def initialize(self) -> None:
        self.on_daemon_ready("c", self.begin)

    async def begin(self) -> None: ...


class C(DaemonBase):
    name = "c"
