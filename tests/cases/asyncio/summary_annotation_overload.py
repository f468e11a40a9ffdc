"""An overloaded subscribe: all overloads return a handle, the implementation is untyped."""

# rule: DMN101
from __future__ import annotations

from collections.abc import Callable
from typing import Any, overload

from daemonbase import Unsubscribe


class Client:
    """Wraps a native client."""

    def __init__(self, native: Any) -> None:
        self._native = native

    @overload
    def subscribe(self, topic: str, callback: Callable[[str], None]) -> Unsubscribe: ...
    @overload
    def subscribe(self, topic: bytes, callback: Callable[[bytes], None]) -> Unsubscribe: ...
    def subscribe(self, topic: Any, callback: Any) -> Any:
        return self._native(topic, callback)


class View:
    """Keeps one, drops one."""

    def __init__(self, client: Client) -> None:
        self.client = client
        self._kept = client.subscribe("a", print)

    def start(self) -> None:
        self.client.subscribe(b"b", print)  # error: DMN101

    def close(self) -> None:
        self._kept()
