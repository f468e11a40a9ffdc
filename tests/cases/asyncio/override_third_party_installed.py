"""Bases of installed packages: their source is there to be read."""
# rule: DMN201, DMN203
import anyio.streams.tls
from anyio.streams.buffered import BufferedByteReceiveStream
from anyio.streams.tls import TLSStream
from pyee.asyncio import AsyncIOEventEmitter
from watchfiles import Watcher


class Tls(TLSStream):
    n = 1

    async def aclose(self) -> None:  # error: DMN201
        self.n = 0


class Tls2(anyio.streams.tls.TLSStream):
    n = 1

    async def aclose(self) -> None:
        super().aclose()  # error: DMN203


class Buffered(BufferedByteReceiveStream):
    n = 1

    async def aclose(self) -> None:  # error: DMN201
        self.n = 0




class Unknown(Watcher):
    n = 1

    def close(self) -> None:
        self.n = 0
