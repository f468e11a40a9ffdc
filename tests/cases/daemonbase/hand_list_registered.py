"""The same list, given to the base: by a loop, or by the closure that walks it."""
# rule: DMN106

from daemonbase import DaemonBase, Unsubscribe


class UserDaemon(DaemonBase):
    async def initialize(self) -> None:
        handles = [
            self.bus.subscribe("user:created", print),
            self.bus.subscribe("user:deleted", print),
        ]
        for handle in handles:
            self.register_subscription(handle)


class GroupDaemon(DaemonBase):
    async def initialize(self) -> None:
        handles: list[Unsubscribe] = []
        handles.append(self.bus.subscribe("group:created", print))
        handles.append(self.bus.subscribe("group:deleted", print))

        def all_of_them() -> None:
            for handle in handles:
                handle()

        self.register_subscription(all_of_them)
