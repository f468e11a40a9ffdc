"""Workers wait for the one of them that leads: a class waits for itself, no daemon does."""
# rule: DMN304
# case: multi-file

from daemonbase import DaemonBase, EventBus


class Worker(DaemonBase):
    async def initialize(self) -> None:
        if self.name != "leader":
            self.on_daemon_ready("leader", self.begin)

    async def begin(self) -> None: ...


def workers(bus: EventBus) -> list[Worker]:
    """One leader and two that follow."""
    return [Worker(name, bus=bus) for name in ("leader", "first", "second")]
