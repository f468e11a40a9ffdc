"""Acquires known by the return annotation of the project's own bus, and by nothing else."""
# rule: DMN101

from __future__ import annotations

from typing import Callable

from daemonbase import DaemonBase, Unsubscribe


class Broker:
    def attach(self, topic: str) -> Unsubscribe:
        return lambda: print("detached", topic)

    def attach_lazily(self, topic: str) -> "Unsubscribe":
        return lambda: print("detached", topic)

    def subscribe_to(self, topic: str) -> Callable[[], None]:
        return lambda: print("detached", topic)

    def render(self, topic: str) -> str:
        return topic

    def subscribers(self) -> list[str]:
        return []


class BrokerDaemon(DaemonBase):
    def __init__(self, broker: Broker) -> None:
        super().__init__()
        self.broker = broker

    async def initialize(self) -> None:
        self.broker.attach("a")  # error: DMN101
        self.broker.attach_lazily("b")  # error: DMN101
        self.broker.subscribe_to("c")  # error: DMN101
        self.register_subscription(self.broker.attach("d"))
        self.broker.render("e")
        self.broker.subscribers()
