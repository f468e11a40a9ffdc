"""Ends of life that cut their base off, in one module."""
# rule: DMN201


class Connection:
    def __init__(self) -> None:
        self.open = True

    def close(self) -> None:
        self.open = False
        print("closing the socket")

    async def aclose(self) -> None:
        self.close()


class Buffered(Connection):
    def close(self) -> None:  # error: DMN201
        print("flushing")


class Grand(Buffered):
    def close(self) -> None:
        super().close()
        print("grand")

    async def aclose(self) -> None:  # error: DMN201
        print("gone")


class WrongMethod(Connection):
    async def aclose(self) -> None:  # error: DMN201
        super().close()  # error: DMN204
