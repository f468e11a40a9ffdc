"""A coroutine function in the place of a plain one."""
# rule: DMN205


class Base:
    def close(self) -> None:
        self.socket.close()


class AsyncBase:
    async def close(self) -> None:
        self.socket.close()



class Changed(Base):
    async def close(self) -> None:  # error: DMN205
        super().close()


class Returning:
    def close(self):
        return self.socket.close()


class Fine(Returning):
    async def close(self) -> None:
        await super().close()
