"""A service whose contracts are told by the project's own decorators."""
# rule: DMN101, DMN201

from .contracts import acquires, cooperative


class Wire:
    @acquires("subscription")
    def tap(self, ear): ...


class Service:
    def __init__(self, wire: Wire) -> None:
        self.wire = wire

    @cooperative
    def prepare(self) -> None: ...

    def close(self) -> None: ...


class Tapped(Service):
    def prepare(self) -> None:  # error: DMN201
        self.wire.tap(print)  # error: DMN101


class Well(Service):
    def prepare(self) -> None:
        super().prepare()
        self.tapped = self.wire.tap(print)

    def close(self) -> None:
        self.tapped()
