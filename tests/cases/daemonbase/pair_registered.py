# rule: DMN101
"""A paired acquire whose undoing is registered, and a prefix subscription."""

import asyncio
import socket

from daemonbase import DaemonBase


class Reader(DaemonBase):
    def __init__(self, sock: socket.socket) -> None:
        super().__init__("reader")
        self.sock = sock

    async def initialize(self) -> None:
        loop = asyncio.get_running_loop()
        loop.add_reader(self.sock, self.read)
        self.register_pair(loop.remove_reader, self.sock)
        self.register_subscription(self.bus.subscribe_prefix("user:", print))

    def read(self) -> None:
        self.sock.recv(10)


class Forgetful(DaemonBase):
    def __init__(self, sock: socket.socket) -> None:
        super().__init__("forgetful")
        self.sock = sock

    async def initialize(self) -> None:
        asyncio.get_running_loop().add_reader(self.sock, self.read)  # error: DMN101
        self.bus.subscribe_prefix("user:", print)  # error: DMN101

    def read(self) -> None:
        self.sock.recv(10)


class Hasty(DaemonBase):
    async def initialize(self) -> None:
        handle = self.bus.subscribe("user:created", print)
        self.unregister_subscription(handle)
