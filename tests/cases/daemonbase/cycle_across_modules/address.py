"""The addresses wait for the mail."""

from names import Name

from daemonbase import DaemonBase


class Addresses(DaemonBase):
    def __init__(self) -> None:
        super().__init__(Name.ADDRESS)

    async def initialize(self) -> None:
        self.on_daemon_ready("mail", self.begin)  # error: DMN304

    async def begin(self) -> None: ...
