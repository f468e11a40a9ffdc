"""Guards through the resource that the method takes away."""
# rule: DMN201, DMN202
import asyncio
import socket


class Base:
    n = 1

    def stop(self) -> None:
        self.n = 0

    def close(self) -> None:
        self.n = 0

    def shutdown(self) -> None:
        self.n = 0

    def disconnect(self) -> None:
        self.n = 0

    async def terminate(self) -> None:
        self.n = 0

    def cleanup(self) -> None:
        self.n = 0

    def dispose(self) -> None:
        self.n = 0

    def teardown(self) -> None:
        self.n = 0


class Leaf(Base):
    def __init__(self) -> None:
        self._sock: socket.socket | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        self.transport: asyncio.Transport | None = None

    def stop(self) -> None:
        if self._sock is None:
            return
        self._sock.close()
        self._sock = None
        super().stop()

    def close(self) -> None:
        if not self._sock:
            return
        self._sock.close()
        self._sock = None
        super().close()

    def shutdown(self) -> None:
        sock, self._sock = self._sock, None
        if sock is None:
            return
        sock.close()
        super().shutdown()

    def disconnect(self) -> None:
        if (transport := self.transport) is None:
            return
        self.transport = None
        transport.close()
        super().disconnect()

    async def terminate(self) -> None:
        if self.transport and not self.transport.is_closing():
            self.transport.close()
            self.transport = None
            await super().terminate()

    def cleanup(self) -> None:
        if self._sock is not None:
            self._sock.close()
            self._sock = None
            super().cleanup()

    def dispose(self) -> None:
        if self._sock:
            self._sock.close()
            del self._sock
            super().dispose()

    def teardown(self) -> None:
        if not hasattr(self, "_pipe"):
            return
        del self._pipe
        super().teardown()
