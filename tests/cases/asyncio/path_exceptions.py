"""A handled exception that skips the base leaves its work undone; `finally` covers all."""
# rule: DMN202


class Base:
    def close(self) -> None:
        self.socket.close()


class AsyncBase:
    async def close(self) -> None:
        self.socket.close()



class Swallows(Base):
    def close(self) -> None:
        try:
            self.cache.clear()
            super().close()
        except OSError:
            print("gone")


class Finally(Base):
    def close(self) -> None:
        try:
            if self.cache is None:
                return
            self.cache.clear()
        finally:
            super().close()


class ElseOnly(Base):
    def close(self) -> None:  # error: DMN202
        try:
            self.cache.clear()
        except OSError:
            print("gone")
        else:
            super().close()
