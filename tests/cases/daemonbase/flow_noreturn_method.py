"""A method annotated NoReturn (or Never) ends the path."""

# rule: DMN101
from typing import Never, NoReturn

from daemonbase import DaemonBase


class LicenseDaemon(DaemonBase):
    """Checks the licence at start."""

    host = ""

    def _fail(self, text: str) -> NoReturn:
        raise RuntimeError(f"{self.name}: {text}")

    def _never(self, text: str) -> Never:
        raise RuntimeError(f"{self.name}: {text}")

    async def initialize(self) -> None:
        unsubscribe = self.bus.subscribe("license:renewed", self._renewed)
        match self.host:
            case "localhost":
                self.register_subscription(unsubscribe)
            case "":
                self._never("no host")
            case _:
                self._fail("bad host")

    async def _renewed(self, payload: object) -> None:
        self.log.info("renewed")
