"""Handed to another object, which answers for it."""
# rule: DMN106

import contextlib

from daemonbase import DaemonBase


class StackDaemon(DaemonBase):
    async def initialize(self) -> None:
        self._stack = contextlib.ExitStack()
        self._stack.callback(self.bus.subscribe("one", print))
        self.keeper = Keeper()
        self.keeper.add(self.bus.subscribe("two", print))

    async def cleanup(self) -> None:
        self._stack.close()


class Keeper:
    def __init__(self) -> None:
        self.handles: list[object] = []

    def add(self, handle: object) -> None:
        self.handles.append(handle)
