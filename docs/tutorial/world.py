"""What both forms of the system have in common: its users, its messages and one busy minute.

All times are in seconds of the system; a `speed` of 50 makes them pass fifty times as fast.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

SYSTEM_READY = "system:ready"
USERS_CREATED = "users:created"
USERS_UPDATED = "users:updated"
USERS_DELETED = "users:deleted"
MESSAGES_CREATED = "chat_messages:created"

SPEED = 50.0
MONITORING = 5.0
RECONCILIATION = 30.0
LOADING = 2.5
TRAINING = 10.0
BATCH = 3


@dataclass(frozen=True)
class User:
    """Somebody who chats."""

    name: str
    mood: str = "calm"


@dataclass(frozen=True)
class Message:
    """One line of chat."""

    author: str
    text: str


@dataclass
class PersonaClient:
    """The connection that a user's persona keeps open."""

    user: User
    is_open: bool = True

    def close(self) -> None:
        """End the connection; a second call does nothing."""
        self.is_open = False


class Database:
    """Takes a while to load, and answers that there is nobody until it has."""

    def __init__(self) -> None:
        self.users: dict[str, User] = {}

    async def load(self, seconds: float) -> None:
        """Read the users from the disk, which takes `seconds`."""
        await asyncio.sleep(seconds)
        self.users = {name: User(name) for name in ("Ada", "Ben", "Cleo")}


Emit = Callable[[str, Any], Awaitable[object]]


async def busy_minute(database: Database, emit: Emit, speed: float) -> None:
    """A newcomer, a change of mood, some talk, a farewell: the events that daemons live on."""
    dora = database.users["Dora"] = User("Dora")
    await emit(USERS_CREATED, dora)
    dora = database.users["Dora"] = User("Dora", mood="merry")
    await emit(USERS_UPDATED, dora)
    for text in ("Hello!", "How are you?", "Nice weather."):
        await emit(MESSAGES_CREATED, Message("Dora", text))
    await asyncio.sleep(35 / speed)
    await emit(USERS_DELETED, database.users.pop("Ben"))
    for text in ("Where is Ben?", "Gone.", "Pity."):
        await emit(MESSAGES_CREATED, Message("Ada", text))
    await asyncio.sleep(1 / speed)


@dataclass(frozen=True)
class Facts:
    """What a running system has got done, for people to read."""

    clients: int
    lobby: int
    checks: int
    trained: int
    tools: int
