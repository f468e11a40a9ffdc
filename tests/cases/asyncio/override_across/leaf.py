"""Two leaves over two modules."""

from middle import Middle as Base


class Forgetful(Base):
    async def shutdown(self) -> None:  # error: DMN201
        print("closing the leaf")


class Careful(Base):
    async def shutdown(self) -> None:
        print("closing the leaf")
        await super().shutdown()
