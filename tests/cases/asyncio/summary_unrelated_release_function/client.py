"""A typed function releases Client._unsub; another module's Page has a field of that name."""

# case: multi-file
# rule: DMN101
from __future__ import annotations

from daemonbase import EventBus


class Client:
    """Ended by end()."""

    def __init__(self, bus: EventBus) -> None:
        self._unsub = bus.subscribe("client", print)

    def close(self) -> None:
        end(self)


def end(client: Client) -> None:
    client._unsub()
