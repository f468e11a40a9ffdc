"""A function of ours annotated NoReturn ends the path in the one arm, the other registers."""

# rule: DMN101
from typing import NoReturn

from daemonbase import DaemonBase


def fatal(text: str) -> NoReturn:
    """Give up."""
    raise SystemExit(text)


class LicenseDaemon(DaemonBase):
    """Checks the licence at start."""

    host = ""

    async def initialize(self) -> None:
        unsubscribe = self.bus.subscribe("license:renewed", self._renewed)
        if self.host == "?":
            fatal("bad host")
        else:
            self.register_subscription(unsubscribe)

    async def _renewed(self, payload: object) -> None:
        self.log.info("renewed")
