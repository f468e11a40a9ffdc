"""The decorator keeps what the method returns, so that callers may drop it."""

# rule: DMN101
from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from daemonbase import EventBus, Unsubscribe


def owned(function: Callable[..., Unsubscribe]) -> Callable[..., Unsubscribe]:
    """Keep the handle until close()."""

    @functools.wraps(function)
    def wrapper(self: Any, *args: Any, **kwargs: Any) -> Unsubscribe:
        unsubscribe = function(self, *args, **kwargs)
        self._owned.append(unsubscribe)
        return unsubscribe

    return wrapper


class Mirror:
    """Copies messages."""

    def __init__(self, bus: EventBus) -> None:
        self.bus = bus
        self._owned: list[Unsubscribe] = []

    def start(self) -> None:
        self._listen("message")
        self._listen("reply")

    @owned
    def _listen(self, topic: str) -> Unsubscribe:
        return self.bus.subscribe(topic, self._copy)

    def _copy(self, payload: object) -> None:
        print(payload)

    def close(self) -> None:
        for unsubscribe in self._owned:
            unsubscribe()
