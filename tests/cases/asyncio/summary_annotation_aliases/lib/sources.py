"""A source of values, whose bodies tell nothing."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Optional, Union

from . import types
from .types import Old, Plain, Token, Unsub, Unsubscriber

Listener = Callable[[int], None]


class Source:
    def __init__(self, native) -> None:
        self._native = native

    def add_listener(self, listener: Listener) -> Unsub:
        return self._native(listener)

    def on_change(self, listener: Listener) -> Old:
        return self._native(listener)

    def watch(self, listener: Listener) -> Token:
        return self._native(listener)

    def subscribe_plain(self, listener: Listener) -> Plain:
        return self._native(listener)

    def subscribe_quoted(self, listener: Listener) -> "Callable[[], None]":
        return self._native(listener)

    def subscribe_optional(self, listener: Listener) -> Optional[types.Unsub]:
        return self._native(listener)

    def subscribe_union(self, listener: Listener) -> Union[Unsub, None]:
        return self._native(listener)

    def subscribe_protocol(self, listener: Listener) -> Unsubscriber:
        return self._native(listener)

    def subscribe_awaitable(self, listener: Listener) -> Awaitable[Unsub]:
        return self._native(listener)

    async def subscribe_async(self, listener: Listener) -> Unsub:
        return await self._native(listener)
