"""The undoing call is handed on: to an exit stack, in a list, in a closure, to a base class."""
# rule: DMN101

import contextlib
from collections.abc import Callable
from functools import partial


class Hub:
    def __init__(self) -> None:
        self._observers: list[Callable[[], None]] = []

    def register_observer(self, observer: Callable[[], None]) -> None:
        self._observers.append(observer)

    def unregister_observer(self, observer: Callable[[], None]) -> None:
        self._observers.remove(observer)


class Stacked:
    def __init__(self, hub: Hub) -> None:
        self.stack = contextlib.ExitStack()
        hub.register_observer(self.draw)
        self.stack.callback(hub.unregister_observer, self.draw)

    def draw(self) -> None: ...

    def close(self) -> None:
        self.stack.close()


class Listed:
    def __init__(self, hub: Hub) -> None:
        self.undo: list[Callable[[], None]] = []
        hub.register_observer(self.draw)
        self.undo.append(partial(hub.unregister_observer, self.draw))
        hub.register_observer(self.erase)
        self.undo.append(lambda: hub.unregister_observer(self.erase))

    def draw(self) -> None: ...
    def erase(self) -> None: ...

    def close(self) -> None:
        for undo in self.undo:
            undo()


class Based:
    def __init__(self, hub: Hub) -> None:
        self.hub = hub

    def draw(self) -> None: ...

    def close(self) -> None:
        self.detach_all()

    def detach_all(self) -> None:
        self.hub.unregister_observer(self.draw)


class Derived(Based):
    def open(self) -> None:
        self.hub.register_observer(self.draw)


class Looped:
    def __init__(self, hubs: list[Hub]) -> None:
        self.hubs = hubs
        for hub in hubs:
            hub.register_observer(self.draw)

    def draw(self) -> None: ...

    def close(self) -> None:
        for hub in self.hubs:
            hub.unregister_observer(self.draw)


class Only:
    """Undoes its pair in a method that no end of life calls."""

    def __init__(self, hub: Hub) -> None:
        self.hub = hub
        hub.register_observer(self.draw)  # error: DMN101

    def draw(self) -> None: ...

    def _rewire(self) -> None:
        self.hub.unregister_observer(self.draw)

    def close(self) -> None:
        print("closed")
