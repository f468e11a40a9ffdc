"""The other half."""

from __future__ import annotations

from daemonbase import EventBus


def listen(bus: EventBus):
    return bus.subscribe("beta", print)


def end_loudly(handle) -> None:
    from alpha import end

    print("ending", handle)
    end(handle)


def look(handle, count: int) -> bool:
    if count == 0:
        return handle is None
    return look(handle, count - 1)


class Beta:
    """Ended by alpha's helper."""

    def __init__(self, bus: EventBus) -> None:
        self._handle = bus.subscribe("beta", print)

    def close(self) -> None:
        import alpha

        alpha.end(self._handle)
