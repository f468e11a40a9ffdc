"""Guards for idempotence are no misses."""
# rule: DMN202


class Base:
    def close(self) -> None:
        self.socket.close()


class AsyncBase:
    async def close(self) -> None:
        self.socket.close()



class Closed(Base):
    def close(self) -> None:
        if self._closed:
            return
        self._closed = True
        super().close()


class Positive(AsyncBase):
    async def close(self) -> None:
        if not self.is_closed():
            await super().close()


class Requested(Base):
    def close(self) -> None:
        if self._shutdown_requested or self.state == "new":
            return
        super().close()


class MayBe(Base):
    def close(self) -> None:
        if hasattr(super(), "close"):
            super().close()


class Looked(Base):
    def close(self) -> None:
        if getattr(self, "_stopping", False):
            return
        super().close()
