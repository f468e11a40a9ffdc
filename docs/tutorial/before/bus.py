"""The event bus of the system."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any, TypeAlias

Handler: TypeAlias = Callable[[Any], Awaitable[None]]
Unsubscribe: TypeAlias = Callable[[], None]


class EventBus:
    """Calls the handlers of an event one after the other."""

    def __init__(self) -> None:
        self._handlers: dict[str, list[Handler]] = {}

    def subscribe(self, event: str, handler: Handler) -> Unsubscribe:
        """Call `handler` at every `event` until the function that comes back is called."""
        handlers = self._handlers.setdefault(event, [])
        handlers.append(handler)

        def unsubscribe() -> None:
            if handler in handlers:
                handlers.remove(handler)

        return unsubscribe

    async def emit(self, event: str, payload: Any) -> None:
        """Tell every handler of `event`."""
        for handler in list(self._handlers.get(event, ())):
            await handler(payload)

    def handlers(self) -> list[tuple[str, Handler]]:
        """Every live subscription, as (event, handler)."""
        return [(event, handler) for event, some in self._handlers.items() for handler in some]
