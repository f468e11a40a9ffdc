"""A parameter that the base does not take."""
# rule: DMN205


class Base:
    def close(self) -> None:
        self.socket.close()


class AsyncBase:
    async def close(self) -> None:
        self.socket.close()



class Needs(Base):
    def close(self, code: int) -> None:  # error: DMN205
        super().close()


class Default(Base):
    def close(self, code: int = 0) -> None:
        super().close()


class Keyword(Base):
    def close(self, *, code: int = 0) -> None:
        super().close()
