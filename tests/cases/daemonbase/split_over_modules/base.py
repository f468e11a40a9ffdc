"""The project's own base daemon, re-exported by its package."""
# case: multi-file
# rule: DMN101, DMN201

from daemonbase import DaemonBase as Base


class ServiceDaemon(Base):
    def watch(self, topic: str):
        return self.bus.subscribe(topic, self.on_topic)

    def keep(self, unsubscribe) -> None:
        self.register_subscription(unsubscribe)

    async def on_topic(self, payload: object) -> None:
        print(payload)

    async def cleanup(self) -> None:
        print("closing the service")
