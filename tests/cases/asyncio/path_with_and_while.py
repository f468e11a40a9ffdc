"""`with` runs its body; `while` may run none of it."""
# rule: DMN202


class Base:
    def close(self) -> None:
        self.socket.close()


class AsyncBase:
    async def close(self) -> None:
        self.socket.close()



class Locked(Base):
    def close(self) -> None:
        with self.lock:
            super().close()


class Ternary(Base):
    def close(self) -> None:
        done = super().close() if self.cache else None
        print(done)
