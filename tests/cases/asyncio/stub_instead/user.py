"""What the stubs tell counts as if the modules told it."""
# rule: DMN101

from .beside import Cable
from .wire import Wire


class Owner:
    def __init__(self) -> None:
        self.wire = Wire()
        self.cable = Cable()

    def start(self) -> None:
        self.wire.tap(print)  # error: DMN101
        self.cable.tap(print)  # error: DMN101
        self.cable.plain()
        self.kept = self.wire.tap(print)

    def stop(self) -> None:
        self.kept()
