"""A tuple display of two always matches a pattern of two names: there is no other path."""

# rule: DMN103
import asyncio


class Dialer:
    """Dials."""

    def __init__(self, host: str, port: int) -> None:
        self.host = host
        self.port = port

    async def dial(self) -> None:
        task = asyncio.create_task(asyncio.sleep(3))
        match self.host, self.port:
            case "localhost", _:
                await task
            case host, port:
                print(host, port)
                task.cancel()

    async def close(self) -> None:
        print("closed")
