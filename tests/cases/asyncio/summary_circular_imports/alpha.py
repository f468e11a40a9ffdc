"""Two modules import each other; alpha's owner is ended by beta, which uses alpha's helper."""

# case: multi-file
# rule: DMN101
from __future__ import annotations

import beta
from daemonbase import EventBus


def end(handle) -> None:
    if handle:
        handle()


class Alpha:
    """Ended through beta and back."""

    def __init__(self, bus: EventBus) -> None:
        self._handle = bus.subscribe("alpha", print)
        self._forgotten = beta.listen(bus)  # error: DMN101

    def close(self) -> None:
        beta.end_loudly(self._handle)
        beta.look(self._forgotten, 2)
