"""The override closes something of its own by a method of the same name; the base is lost."""
# rule: DMN201
from __future__ import annotations

import socket
import sqlite3

import aiohttp
import redis


class Client:
    """A client."""

    def __init__(self) -> None:
        self.sessions: list[str] = []

    def close(self) -> None:
        self.sessions.clear()


class TypedSocket(Client):
    """A known type of the standard library."""

    def __init__(self) -> None:
        super().__init__()
        self.sock = socket.socket()

    def close(self) -> None:  # error: DMN201
        self.sock.close()


class Annotated(Client):
    """A known type, by annotation."""

    db: sqlite3.Connection

    def close(self) -> None:  # error: DMN201
        self.db.close()


class UnknownType(Client):
    """A package that is not installed."""

    def __init__(self) -> None:
        super().__init__()
        self.redis = redis.Redis()

    def close(self) -> None:  # error: DMN201
        self.redis.close()


class Untyped(Client):
    """A parameter without annotation."""

    def __init__(self, writer) -> None:
        super().__init__()
        self.writer = writer

    def close(self) -> None:  # error: DMN201
        self.writer.close()


class Project(Client):
    """Another class of the project."""

    def __init__(self, other: Other) -> None:
        super().__init__()
        self.other = other

    def close(self) -> None:  # error: DMN201
        self.other.close()


class Other:
    """Something else."""

    n = 1

    def close(self) -> None:
        self.n = 0


class Http(Client):
    """With more work beside."""

    http: aiohttp.ClientSession
    n = 1

    def close(self) -> None:  # error: DMN201
        self.http.close()
        self.n = 0


class Loop(Client):
    """In a loop."""

    parts: list[Client] = []

    def close(self) -> None:  # error: DMN201
        for part in self.parts:
            part.close()


class LoopUntyped(Client):
    """In a loop over unknown things."""

    def __init__(self, parts) -> None:
        super().__init__()
        self.parts = parts

    def close(self) -> None:  # error: DMN201
        for part in self.parts:
            part.close()


class OtherName(Client):
    """By another name."""

    def __init__(self, timer) -> None:
        super().__init__()
        self.timer = timer

    def close(self) -> None:  # error: DMN201
        self.timer.stop()
