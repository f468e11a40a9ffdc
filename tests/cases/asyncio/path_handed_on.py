"""The base's method handed on is called by whoever gets it."""
# rule: DMN202


class Base:
    def close(self) -> None:
        self.socket.close()


class AsyncBase:
    async def close(self) -> None:
        self.socket.close()



class Handed(Base):
    def close(self) -> None:
        self.loop.call_soon(super().close)


class InLambda(Base):
    def close(self) -> None:
        self.run(lambda: super(InLambda, self).close())


class InClosure(Base):
    def close(self) -> None:
        def later() -> None:
            super(InClosure, self).close()

        self.run(later)


class OverBases(Base):
    def close(self) -> None:
        for base in (Base,):
            Base.close(self)
