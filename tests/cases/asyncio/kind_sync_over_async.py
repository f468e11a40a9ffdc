"""A plain function in the place of a coroutine function."""
# rule: DMN205


class Base:
    def close(self) -> None:
        self.socket.close()


class AsyncBase:
    async def close(self) -> None:
        self.socket.close()



class Plain(AsyncBase):
    def close(self) -> None:  # error: DMN205
        self.run(super().close())


class HandsOn(AsyncBase):
    def close(self):
        return super().close()


class Same(AsyncBase):
    async def close(self) -> None:
        await super().close()
