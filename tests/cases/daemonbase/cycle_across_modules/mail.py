"""Mail waits for the addresses."""

from names import Name

from daemonbase import DaemonBase


class Mail(DaemonBase):
    name = Name.MAIL

    async def initialize(self) -> None:
        self.on_daemon_ready(Name.ADDRESS, self.begin)

    async def begin(self) -> None: ...
