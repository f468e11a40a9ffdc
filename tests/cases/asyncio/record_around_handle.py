"""Records built around handles: kept and only looked at, or given back by their attributes."""
# rule: DMN101, DMN102

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import NamedTuple

from daemonbase import EventBus, Unsubscribe


@dataclass
class Held:
    topic: str
    unsubscribe: Unsubscribe


class Entry(NamedTuple):
    key: str
    timer: asyncio.TimerHandle


class Link:
    def __init__(self, name: str, off: Unsubscribe) -> None:
        self.name = name
        self.off = off


class Alarm(NamedTuple):
    label: str
    clock: asyncio.TimerHandle


class Forgets:
    def __init__(self, bus: EventBus) -> None:
        self._link = Link("a", bus.subscribe("a", print))  # error: DMN101
        self._alarms: list[Alarm] = []

    def wake(self, label: str) -> None:
        clock = asyncio.get_running_loop().call_later(9, print)  # error: DMN102
        self._alarms.append(Alarm(label, clock))

    def close(self) -> None:
        print(self._link.name)
        for alarm in self._alarms:
            print(alarm.label, alarm.clock.when())


class Drops:
    def __init__(self, bus: EventBus) -> None:
        self._bus = bus

    def start(self) -> None:
        held = Held("b", self._bus.subscribe("b", print))  # error: DMN101
        print(held.topic)

    def close(self) -> None:
        print("closed")


class Tidy:
    def __init__(self, bus: EventBus) -> None:
        self._bus = bus
        self._held = Held("c", bus.subscribe("c", print))
        self._entries: dict[str, Entry] = {}

    def add(self, key: str) -> None:
        self._entries[key] = Entry(key, asyncio.get_running_loop().call_later(9, print))

    def again(self) -> None:
        self._held.unsubscribe()
        self._held = Held("d", self._bus.subscribe("d", print))

    def probe(self) -> None:
        held = Held("e", self._bus.subscribe("e", print))
        off = held.unsubscribe
        off()

    def close(self) -> None:
        self._held.unsubscribe()
        for _, timer in self._entries.values():
            timer.cancel()
