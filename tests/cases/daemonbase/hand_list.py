"""The origin's mistake: a list of unsubscribe functions of its own, walked in cleanup."""
# rule: DMN106

from daemonbase import DaemonBase, Unsubscribe


class UserDaemon(DaemonBase):
    _unsubscribes: list[Unsubscribe]

    async def initialize(self) -> None:
        self._unsubscribes = []
        self._unsubscribes.append(self.bus.subscribe("user:created", print))  # error: DMN106
        self._unsubscribes += [self.bus.subscribe("user:deleted", print)]  # error: DMN106

    async def cleanup(self) -> None:
        for unsubscribe in self._unsubscribes:
            unsubscribe()
        self._unsubscribes.clear()
