"""Contracts in code: the decorators of daemonbase, or a project's own of the same names."""
# rule: DMN101, DMN103

import daemonbase
from daemonbase import DaemonBase, acquires, registers, releases


class Radio:
    @acquires("subscription")
    def tune(self, station: str): ...

    @acquires("task")
    def play(self): ...

    @acquires
    def hear(self): ...

    @daemonbase.acquires("subscription", undone_by="detune")
    def attach(self, station: str) -> None: ...

    def detune(self, station: str) -> None: ...


class Keeper:
    @registers
    def keep(self, handle) -> None: ...

    @releases
    def end(self, handle) -> None: ...

    def look(self, handle) -> None:
        print(handle)


class Listener(DaemonBase):
    def __init__(self, radio: Radio, keeper: Keeper) -> None:
        super().__init__()
        self.radio = radio
        self.keeper = keeper

    async def initialize(self) -> None:
        self.radio.tune("one")  # error: DMN101
        self.radio.play()  # error: DMN103
        self.radio.hear()  # error: DMN101
        self.radio.attach("one")  # error: DMN101
        self.keeper.look(self.radio.tune("two"))  # error: DMN101
        self.keeper.keep(self.radio.tune("three"))
        four = self.radio.tune("four")
        self.keeper.end(four)
        self.register_subscription(self.radio.hear())
