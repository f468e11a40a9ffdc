"""Handles in tuples, lists, sets, dicts and dataclass fields, all released at the end."""
# rule: DMN101

from collections.abc import Callable
from dataclasses import dataclass, field

Unsubscribe = Callable[[], None]


class Feed:
    def subscribe(self, handler: Callable[[], None]) -> Unsubscribe: ...


@dataclass
class Owner:
    feed: Feed
    pair: tuple[Unsubscribe, ...] = ()
    many: list[Unsubscribe] = field(default_factory=list)
    some: set[Unsubscribe] = field(default_factory=set)
    named: dict[str, Unsubscribe] = field(default_factory=dict)

    def start(self) -> None:
        self.pair = (self.feed.subscribe(print), self.feed.subscribe(repr))
        self.many += [self.feed.subscribe(print)]
        self.many.insert(0, self.feed.subscribe(print))
        self.some.add(self.feed.subscribe(print))
        self.named["a"] = self.feed.subscribe(print)
        self.named.update(b=self.feed.subscribe(print), c=self.feed.subscribe(print))
        self.named.setdefault("d", self.feed.subscribe(print))
        self.named |= {"e": self.feed.subscribe(print)}

    def stop(self) -> None:
        for undo in (*self.pair, *self.many):
            undo()
        while self.some:
            self.some.pop()()
        for name in list(self.named):
            self.named.pop(name)()
