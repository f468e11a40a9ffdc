"""A function whose annotation says that it hands out an unsubscribe is an acquire."""
# rule: DMN101

from __future__ import annotations

from collections.abc import Awaitable, Callable, Coroutine
from typing import Annotated, Any, Generic, Optional, Protocol, TypeAlias, TypeVar

from daemonbase import DaemonBase, Unsubscribe

T = TypeVar("T")
Undo: TypeAlias = Unsubscribe
Other = Unsubscribe
Stop = Callable[[], None]


class Feed:
    def plain(self, handler: Callable[[str], None]) -> Unsubscribe: ...
    def quoted(self, handler: Callable[[str], None]) -> "Unsubscribe": ...
    def alias(self, handler: Callable[[str], None]) -> Undo: ...
    def bare_alias(self, handler: Callable[[str], None]) -> Other: ...
    def maybe(self, handler: Callable[[str], None]) -> Unsubscribe | None: ...
    def optional(self, handler: Callable[[str], None]) -> Optional[Unsubscribe]: ...
    def annotated(self, handler: Callable[[str], None]) -> Annotated[Unsubscribe, "x"]: ...
    def awaitable(self, handler: Callable[[str], None]) -> Awaitable[Unsubscribe]: ...
    def coroutine(self, handler: Callable[[str], None]) -> Coroutine[Any, Any, Unsubscribe]: ...
    async def later(self, handler: Callable[[str], None]) -> Unsubscribe: ...
    def subscribe(self, handler: Callable[[str], None]) -> Callable[[], None]: ...
    def listen(self, handler: Callable[[str], None]) -> Stop: ...
    def compute(self, handler: Callable[[str], None]) -> Callable[[], None]: ...


class Source(Protocol[T]):
    def watch(self, handler: Callable[[T], None]) -> Unsubscribe: ...


class Box(Generic[T]):
    def __init__(self, inner: T) -> None:
        self.inner = inner


class Reader(DaemonBase):
    def __init__(self, feed: Feed, source: Source[str], box: Box[Feed]) -> None:
        super().__init__()
        self.feed = feed
        self.source = source
        self.box = box

    async def initialize(self) -> None:
        self.feed.plain(self.read)  # error: DMN101
        self.feed.quoted(self.read)  # error: DMN101
        self.feed.alias(self.read)  # error: DMN101
        self.feed.bare_alias(self.read)  # error: DMN101
        self.feed.maybe(self.read)  # error: DMN101
        self.feed.optional(self.read)  # error: DMN101
        self.feed.annotated(self.read)  # error: DMN101
        await self.feed.awaitable(self.read)  # error: DMN101
        await self.feed.coroutine(self.read)  # error: DMN101
        await self.feed.later(self.read)  # error: DMN101
        self.feed.subscribe(self.read)  # error: DMN101
        self.feed.listen(self.read)  # error: DMN101
        self.feed.compute(self.read)
        self.source.watch(self.read)  # error: DMN101
        self.register_subscription(self.feed.plain(self.read))
        self.register_subscription(await self.feed.awaitable(self.read))
        self.register_subscription(await self.feed.later(self.read))
        self.register_subscription(self.source.watch(self.read))

    def read(self, text: str) -> None: ...
