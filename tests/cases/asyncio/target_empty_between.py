"""A class in between that does no work may be skipped."""
# rule: DMN204


class Base:
    def close(self) -> None:
        self.socket.close()


class AsyncBase:
    async def close(self) -> None:
        self.socket.close()



class Empty(Base):
    pass


class Child(Empty):
    def close(self) -> None:
        Base.close(self)
