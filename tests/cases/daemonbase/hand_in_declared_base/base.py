"""A base of the project's own, derived from DaemonBase: its subclasses are strict too."""
# case: multi-file
# rule: DMN106

from daemonbase import DaemonBase


class ServiceDaemon(DaemonBase):
    def listen(self, event: str, handler: object) -> None:
        self.register_subscription(self.bus.subscribe(event, handler))
