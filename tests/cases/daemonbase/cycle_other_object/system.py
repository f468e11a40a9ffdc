"""Waits of other objects are not those of the daemon that holds them."""
# rule: DMN304
# case: multi-file

from collections.abc import Callable

from daemonbase import DaemonBase


class Cluster:
    """Daemons of other machines, by the same names."""

    def __init__(self) -> None:
        self.waiting: dict[str, Callable[[], object]] = {}

    def on_daemon_ready(self, daemon: str, callback: Callable[[], object]) -> None:
        """Call back when the remote one is ready."""
        self.waiting[daemon] = callback


class Bridge(DaemonBase):
    name = "bridge"

    def __init__(self, cluster: Cluster) -> None:
        super().__init__()
        self.cluster = cluster

    async def initialize(self) -> None:
        self.cluster.on_daemon_ready("bridge", self.begin)
        self.cluster.on_daemon_ready("router", self.begin)

    def begin(self) -> None: ...


class Router(DaemonBase):
    name = "router"

    async def initialize(self) -> None:
        self.on_daemon_ready("bridge", self.begin)

    def begin(self) -> None: ...
