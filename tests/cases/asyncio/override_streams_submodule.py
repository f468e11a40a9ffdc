"""StreamReaderProtocol by its module's name."""
# rule: DMN201
import asyncio
import asyncio.streams
from asyncio import StreamReaderProtocol
from asyncio.streams import StreamReaderProtocol as Srp


class A(asyncio.streams.StreamReaderProtocol):
    """A."""

    def connection_lost(self, exc: Exception | None) -> None:  # error: DMN201
        print(exc)


class B(StreamReaderProtocol):
    """B."""

    def connection_lost(self, exc: Exception | None) -> None:  # error: DMN201
        print(exc)


class C(Srp):
    """C."""

    def connection_lost(self, exc: Exception | None) -> None:  # error: DMN201
        print(exc)
