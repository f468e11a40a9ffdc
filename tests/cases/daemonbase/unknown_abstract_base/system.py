"""An abstract base is never made: nobody is called like it."""
# rule: DMN303
# case: multi-file

from __future__ import annotations

from abc import ABC, abstractmethod

from daemonbase import DaemonBase


class Store(DaemonBase, ABC):
    """The store, whatever it is made of."""

    @abstractmethod
    async def read(self, key: str) -> bytes: ...


class FileStore(Store):
    """Has the name "FileStore"."""

    async def read(self, key: str) -> bytes:
        return key.encode()


class Reader(DaemonBase):
    """Waits."""

    name = "reader"

    async def initialize(self) -> None:
        self.on_daemon_ready("FileStore", self.load)
        self.on_daemon_ready("Store", self.load)  # error: DMN303

    async def load(self) -> None: ...
