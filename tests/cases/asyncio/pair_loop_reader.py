"""Readers and signal handlers of the loop: added here, removed there."""
# rule: DMN101

import asyncio
import signal
import socket


class Right:
    def __init__(self, sock: socket.socket) -> None:
        self.sock = sock
        self.loop = asyncio.get_event_loop()

    def open(self) -> None:
        self.loop.add_reader(self.sock, self.on_data)
        asyncio.get_running_loop().add_writer(self.sock.fileno(), self.on_space)
        for number in (signal.SIGINT, signal.SIGTERM):
            self.loop.add_signal_handler(number, self.close)

    def close(self) -> None:
        loop = asyncio.get_running_loop()
        loop.remove_reader(self.sock)
        loop.remove_writer(self.sock.fileno())
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.remove_signal_handler(number)

    def on_data(self) -> None: ...
    def on_space(self) -> None: ...


class Forgotten:
    def __init__(self, sock: socket.socket) -> None:
        self.sock = sock
        self.loop = asyncio.get_event_loop()

    def open(self) -> None:
        self.loop.add_reader(self.sock, self.on_data)  # error: DMN101
        self.loop.add_writer(self.sock, self.on_space)
        self.loop.add_signal_handler(signal.SIGHUP, self.on_data)  # error: DMN101

    def close(self) -> None:
        self.loop.remove_writer(self.sock)
        self.sock.close()

    def on_data(self) -> None: ...
    def on_space(self) -> None: ...
