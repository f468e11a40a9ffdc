"""Every base called by name: none is skipped."""
# rule: DMN204


class Base:
    def close(self) -> None:
        self.socket.close()


class AsyncBase:
    async def close(self) -> None:
        self.socket.close()



class Logged:
    def close(self) -> None:
        self.log.flush()


class Both(Logged, Base):
    def close(self) -> None:
        Logged.close(self)
        Base.close(self)


class OnlySecond(Logged, Base):
    def close(self) -> None:
        Base.close(self)  # error: DMN204
