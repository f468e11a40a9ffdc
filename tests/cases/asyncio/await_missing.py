"""The coroutine of the base is dropped, or put into a name that nobody reads."""
# rule: DMN203


class Base:
    def close(self) -> None:
        self.socket.close()


class AsyncBase:
    async def close(self) -> None:
        self.socket.close()



class Dropped(AsyncBase):
    async def close(self) -> None:
        super().close()  # error: DMN203


class Unread(AsyncBase):
    async def close(self) -> None:
        closing = super().close()  # error: DMN203
        print("closed")


class Named(AsyncBase):
    async def close(self) -> None:
        AsyncBase.close(self)  # error: DMN203


class TwoArguments(AsyncBase):
    async def close(self) -> None:
        super(TwoArguments, self).close()  # error: DMN203
