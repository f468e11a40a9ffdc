"""A helper of ours that does nothing but raise ends the path, annotated or not."""

# rule: DMN101
from daemonbase import DaemonBase


class LicenseDaemon(DaemonBase):
    """Checks the licence at start."""

    host = ""

    def _fail(self, text):
        raise RuntimeError(f"{self.name}: {text}")

    async def initialize(self) -> None:
        unsubscribe = self.bus.subscribe("license:renewed", self._renewed)
        if self.host:
            self.register_subscription(unsubscribe)
        else:
            self._fail("no host")

    async def _renewed(self, payload: object) -> None:
        self.log.info("renewed")
