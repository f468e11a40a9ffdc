"""Three daemons in a circle, one beside it."""
# rule: DMN304

from daemonbase import DaemonBase


class A(DaemonBase):
    name = "a"

    async def initialize(self) -> None:
        self.on_daemon_ready("b", self.begin)  # error: DMN304

    async def begin(self) -> None: ...


class B(DaemonBase):
    name = "b"

    async def initialize(self) -> None:
        self.on_daemon_ready("c", self.begin)

    async def begin(self) -> None: ...


class C(DaemonBase):
    name = "c"

    async def initialize(self) -> None:
        self.on_daemon_ready("a", self.begin)

    async def begin(self) -> None: ...


class D(DaemonBase):
    name = "d"

    async def initialize(self) -> None:
        self.on_daemon_ready("a", self.begin)

    async def begin(self) -> None: ...
