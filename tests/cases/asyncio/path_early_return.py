"""An early return before the call of the base, and one after it."""
# rule: DMN202


class Base:
    def close(self) -> None:
        self.socket.close()


class AsyncBase:
    async def close(self) -> None:
        self.socket.close()



class Early(Base):
    def close(self) -> None:  # error: DMN202
        if self.cache is None:
            return
        self.cache.clear()
        super().close()


class After(Base):
    def close(self) -> None:
        super().close()
        if self.cache is None:
            return
        self.cache.clear()


class Raises(Base):
    def close(self) -> None:
        if self.cache is None:
            raise RuntimeError("no cache")
        super().close()
