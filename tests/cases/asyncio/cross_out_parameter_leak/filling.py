"""Fills the list that it is given."""
from daemonbase import EventBus


def fill(into: list, bus: EventBus, handler) -> None:
    into.append(bus.subscribe("opened", handler))
