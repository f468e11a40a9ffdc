"""A path that ends the process or raises holds nothing: assert False, "gone"."""

# rule: DMN101
import argparse

from daemonbase import DaemonBase

parser = argparse.ArgumentParser()


class LicenseDaemon(DaemonBase):
    """Checks the licence at start."""

    host = ""

    async def initialize(self) -> None:
        unsubscribe = self.bus.subscribe("license:renewed", self._renewed)
        if self.host:
            self.register_subscription(unsubscribe)
        else:
            assert False, "gone"

    async def _renewed(self, payload: object) -> None:
        self.log.info("renewed")
