"""A base class between DaemonBase and the daemons, in another module."""
# case: multi-file
# rule: DMN103, DMN201

from daemonbase import DaemonBase


class Managed(DaemonBase):
    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.started_at = 0.0

    async def initialize(self) -> None:
        """Subclasses set up here."""
