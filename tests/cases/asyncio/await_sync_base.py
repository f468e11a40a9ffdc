"""A plain base needs no await."""
# rule: DMN203


class Base:
    def close(self) -> None:
        self.socket.close()


class AsyncBase:
    async def close(self) -> None:
        self.socket.close()



class Plain(Base):
    async def aclose(self) -> None:
        super().close()

    def close(self) -> None:
        super().close()
