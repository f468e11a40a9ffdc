"""A grandparent called by name skips the parent's work."""
# rule: DMN204


class Base:
    def close(self) -> None:
        self.socket.close()


class AsyncBase:
    async def close(self) -> None:
        self.socket.close()



class Timed(Base):
    def close(self) -> None:
        self.timer.cancel()
        super().close()


class Skips(Timed):
    def close(self) -> None:
        Base.close(self)  # error: DMN204


class SkipsByTwo(Timed):
    def close(self) -> None:
        super(Timed, self).close()  # error: DMN204


class Fine(Timed):
    def close(self) -> None:
        Timed.close(self)


class FineByTwo(Timed):
    def close(self) -> None:
        super(FineByTwo, self).close()
