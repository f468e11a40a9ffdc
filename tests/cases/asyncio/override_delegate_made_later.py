"""The object that close() closes is made in start(), not handed in."""
# rule: DMN201
from __future__ import annotations

import aiohttp


class Client:
    """A client."""

    def __init__(self) -> None:
        self.sessions: list[str] = []

    async def close(self) -> None:
        self.sessions.clear()


class DeclaredInInit(Client):
    """None first."""

    def __init__(self) -> None:
        super().__init__()
        self.session: aiohttp.ClientSession | None = None

    async def start(self) -> None:
        self.session = aiohttp.ClientSession()

    async def close(self) -> None:  # error: DMN201
        if self.session:
            await self.session.close()


class DeclaredInClass(Client):
    """None in the class."""

    session: aiohttp.ClientSession | None = None

    async def start(self) -> None:
        self.session = aiohttp.ClientSession()

    async def close(self) -> None:  # error: DMN201
        if self.session:
            await self.session.close()


class NotDeclared(Client):
    """Only in start()."""

    async def start(self) -> None:
        self.session = aiohttp.ClientSession()

    async def close(self) -> None:  # error: DMN201
        await self.session.close()


class FromFactory(Client):
    """By an async factory."""

    async def start(self, make) -> None:
        self.session = await make()

    async def close(self) -> None:  # error: DMN201
        await self.session.close()


class HandedIn(Client):
    """Handed in, and more work."""

    def __init__(self, session: aiohttp.ClientSession) -> None:
        super().__init__()
        self.session = session
        self.jobs: list[str] = []

    async def close(self) -> None:  # error: DMN201
        self.jobs.clear()
        await self.session.close()


class HandedInOnly(Client):
    """Handed in; the base's own sessions, made by super().__init__(), stay."""

    def __init__(self, session: aiohttp.ClientSession) -> None:
        super().__init__()
        self.session = session

    async def close(self) -> None:  # error: DMN201
        await self.session.close()


class Proxy(Client):
    """A real proxy: the base is never set up."""

    def __init__(self, inner: Client) -> None:
        self._inner = inner

    async def close(self) -> None:
        await self._inner.close()
