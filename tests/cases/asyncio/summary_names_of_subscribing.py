"""Which names subscribe, with a plain `-> Callable[[], None]` on an opaque method."""

# rule: DMN101
from __future__ import annotations

from collections.abc import Callable


class Source:
    """Opaque."""

    def __init__(self, native) -> None:
        self._native = native

    def on_change(self, callback: Callable[[int], None]) -> Callable[[], None]:
        return self._native(callback)

    def on_value_changed(self, callback: Callable[[int], None]) -> Callable[[], None]:
        return self._native(callback)

    def add_callback(self, callback: Callable[[int], None]) -> Callable[[], None]:
        return self._native(callback)

    def observe(self, callback: Callable[[int], None]) -> Callable[[], None]:
        return self._native(callback)

    def listen(self, callback: Callable[[int], None]) -> Callable[[], None]:
        return self._native(callback)

    def register_handler(self, callback: Callable[[int], None]) -> Callable[[], None]:
        return self._native(callback)

    def watch_changes(self, callback: Callable[[int], None]) -> Callable[[], None]:
        return self._native(callback)

    async def async_add_listener(self, callback: Callable[[int], None]) -> Callable[[], None]:
        return await self._native(callback)


class Page:
    """Drops all."""

    def __init__(self, source: Source) -> None:
        self.source = source

    async def start(self) -> None:
        self.source.on_change(print)  # error: DMN101
        self.source.on_value_changed(print)  # error: DMN101
        self.source.add_callback(print)  # error: DMN101
        self.source.observe(print)  # error: DMN101
        self.source.listen(print)  # error: DMN101
        self.source.register_handler(print)  # error: DMN101
        self.source.watch_changes(print)  # error: DMN101
        await self.source.async_add_listener(print)  # error: DMN101

    def close(self) -> None:
        print("closed")
