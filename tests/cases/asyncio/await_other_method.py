"""Any coroutine of the base counts, not only that of the same name."""
# rule: DMN203


class Base:
    def close(self) -> None:
        self.socket.close()


class AsyncBase:
    async def close(self) -> None:
        self.socket.close()



class Other(AsyncBase):
    async def restart(self) -> None:
        super().close()  # error: DMN203
        await super().close()
