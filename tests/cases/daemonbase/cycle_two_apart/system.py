"""Two circles that share no daemon are two findings."""
# rule: DMN304
# case: multi-file

from daemonbase import DaemonBase


class Left(DaemonBase):
    name = "left"

    async def initialize(self) -> None:
        self.on_daemon_ready("right", self.begin)  # error: DMN304

    async def begin(self) -> None: ...


class Right(DaemonBase):
    name = "right"

    async def initialize(self) -> None:
        self.on_daemon_ready("left", self.begin)

    async def begin(self) -> None: ...


class Clock(DaemonBase):
    TICKS = "clock"

    def __init__(self) -> None:
        super().__init__(self.TICKS)

    async def initialize(self) -> None:
        self.on_daemon_ready(self.TICKS, self.begin)  # error: DMN304

    async def begin(self) -> None: ...
