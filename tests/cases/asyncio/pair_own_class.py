"""A publisher of the project: it keeps the callback, and only its opposite gives it back."""
# rule: DMN101

from collections.abc import Callable


class Hub:
    def __init__(self) -> None:
        self._listeners: dict[str, list[Callable[[str], None]]] = {}

    def add_listener(self, event: str, callback: Callable[[str], None]) -> None:
        self._listeners.setdefault(event, []).append(callback)

    def remove_listener(self, event: str, callback: Callable[[str], None]) -> None:
        self._listeners[event].remove(callback)


class Right:
    def __init__(self, hub: Hub) -> None:
        self.hub = hub

    def start(self) -> None:
        self.hub.add_listener("added", self.on_added)
        self.hub.add_listener("removed", self.on_removed)

    def stop(self) -> None:
        self.hub.remove_listener("added", self.on_added)
        self.hub.remove_listener("removed", self.on_removed)

    def on_added(self, name: str) -> None: ...
    def on_removed(self, name: str) -> None: ...


class OtherEvent:
    def __init__(self, hub: Hub) -> None:
        self.hub = hub

    def start(self) -> None:
        self.hub.add_listener("added", self.on_added)
        self.hub.add_listener("removed", self.on_added)  # error: DMN101

    def stop(self) -> None:
        self.hub.remove_listener("added", self.on_added)
        self.hub.remove_listener("renamed", self.on_added)

    def on_added(self, name: str) -> None: ...


class OtherCallback:
    def __init__(self, hub: Hub) -> None:
        self.hub = hub

    def start(self) -> None:
        self.hub.add_listener("added", self.on_added)  # error: DMN101

    def stop(self) -> None:
        self.hub.remove_listener("added", self.on_removed)

    def on_added(self, name: str) -> None: ...
    def on_removed(self, name: str) -> None: ...


class OtherHub:
    def __init__(self, local: Hub, remote: Hub) -> None:
        self.local = local
        self.remote = remote

    def start(self) -> None:
        self.local.add_listener("added", self.on_added)
        self.remote.add_listener("added", self.on_added)  # error: DMN101

    def stop(self) -> None:
        self.local.remove_listener("added", self.on_added)

    def on_added(self, name: str) -> None: ...


class Lambdas:
    def __init__(self, hub: Hub) -> None:
        self.hub = hub

    def start(self) -> None:
        self.hub.add_listener("added", lambda name: self.on_added(name))  # error: DMN101

    def stop(self) -> None:
        self.hub.remove_listener("added", lambda name: self.on_added(name))

    def on_added(self, name: str) -> None: ...


class KeptLambda:
    def __init__(self, hub: Hub) -> None:
        self.hub = hub
        self.callback = lambda name: self.on_added(name)

    def start(self) -> None:
        self.hub.add_listener("added", self.callback)

    def stop(self) -> None:
        self.hub.remove_listener("added", self.callback)

    def on_added(self, name: str) -> None: ...
