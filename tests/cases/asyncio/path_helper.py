"""A helper that calls the base counts as the call."""
# rule: DMN202


class Base:
    def close(self) -> None:
        self.socket.close()


class AsyncBase:
    async def close(self) -> None:
        self.socket.close()



class ByHelper(Base):
    def close(self) -> None:
        if self.cache:
            self.cache.clear()
        self._finish()

    def _finish(self) -> None:
        super().close()


class Sometimes(Base):
    def close(self) -> None:  # error: DMN202
        if self.cache:
            self._finish()

    def _finish(self) -> None:
        super().close()
