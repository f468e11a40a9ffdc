"""A handle of the constructor that a later call writes over; the same with a release in between."""
# rule: DMN101, DMN102, DMN104

import asyncio

from daemonbase import EventBus, Unsubscribe


class Idle:
    def __init__(self, bus: EventBus, loop: asyncio.AbstractEventLoop) -> None:
        self.bus = bus
        self.loop = loop
        self.timer = loop.call_later(60, self.expired)
        self.unsub: Unsubscribe = bus.subscribe("start", print)

    def reset(self) -> None:
        self.timer = self.loop.call_later(60, self.expired)  # error: DMN104

    def follow(self, topic: str) -> None:
        self.unsub()
        self.unsub = self.bus.subscribe(topic, print)

    def expired(self) -> None:
        print("expired")

    def close(self) -> None:
        self.timer.cancel()
        self.unsub()


class Topic:
    def __init__(self, bus: EventBus, topic: str) -> None:
        self.bus = bus
        self.unsub: Unsubscribe = bus.subscribe(topic, print)

    @property
    def topic(self) -> str:
        return "?"

    @topic.setter
    def topic(self, topic: str) -> None:
        self.unsub = self.bus.subscribe(topic, print)  # error: DMN104

    def close(self) -> None:
        self.unsub()
