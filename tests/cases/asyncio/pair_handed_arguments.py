"""An undoing method that is handed on with its arguments undoes what these name."""
# rule: DMN101

from __future__ import annotations

import asyncio
import signal
import socket
from contextlib import ExitStack
from functools import partial


class Reader:
    def __init__(self, one: socket.socket, two: socket.socket) -> None:
        self._one = one
        self._two = two
        self._stack = ExitStack()

    async def start(self) -> None:
        loop = asyncio.get_running_loop()
        loop.add_reader(self._one, self._read)
        self._stack.callback(loop.remove_reader, self._one)
        loop.add_reader(self._two, self._read)  # error: DMN101

    def _read(self) -> None:
        print(self._one.recv(1024))

    def close(self) -> None:
        self._stack.close()


class Signals:
    def __init__(self) -> None:
        self._undo: list[partial[bool]] = []

    def start(self) -> None:
        loop = asyncio.get_running_loop()
        loop.add_signal_handler(signal.SIGHUP, self._read)
        loop.add_signal_handler(signal.SIGUSR1, self._read)  # error: DMN101
        self._undo.append(partial(loop.remove_signal_handler, signal.SIGHUP))

    def _read(self) -> None:
        print("signal")

    def close(self) -> None:
        for undo in self._undo:
            undo()


class Tidy:
    def __init__(self, signals: tuple[signal.Signals, ...]) -> None:
        self._signals = signals
        self._stack = ExitStack()

    def start(self) -> None:
        loop = asyncio.get_running_loop()
        for number in self._signals:
            loop.add_signal_handler(number, self._read)
            self._stack.callback(loop.remove_signal_handler, number)
        for one in (signal.SIGHUP, signal.SIGUSR1):
            loop.add_signal_handler(one, self._read)
        loop.add_signal_handler(signal.SIGTERM, self._read)
        self._stack.callback(partial(loop.remove_signal_handler, signal.SIGTERM))
        off = loop.remove_signal_handler
        for other in (signal.SIGHUP, signal.SIGUSR1):
            self._stack.callback(off, other)

    def _read(self) -> None:
        print("signal")

    def close(self) -> None:
        self._stack.close()
