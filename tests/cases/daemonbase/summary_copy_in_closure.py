"""The helper keeps a closure over a copy in a field, which close calls."""
# rule: DMN101
from __future__ import annotations

from daemonbase import EventBus, Unsubscribe


class Two:
    """Two topics."""

    def __init__(self, bus: EventBus) -> None:
        self._keep([bus.subscribe("a", print)])

    def _keep(self, handles: list[Unsubscribe]) -> None:
        kept = list(handles)

        def off() -> None:
            for handle in kept:
                handle()

        self._off = off

    def close(self) -> None:
        """End."""
        self._off()
