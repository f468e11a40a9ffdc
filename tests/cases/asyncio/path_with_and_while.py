"""`with` runs its body; a conditional expression runs one of its parts."""
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
    def close(self) -> None:  # error: DMN202
        done = super().close() if self.cache else None
        print(done)
