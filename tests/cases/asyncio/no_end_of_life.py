"""A class without an end of life owns nothing; functions and scripts neither."""
# rule: DMN102, DMN103

import asyncio


class Dispatcher:
    def __init__(self) -> None:
        self.loop = asyncio.get_event_loop()

    def dispatch(self, message: str) -> None:
        self.loop.create_task(self.handle(message))
        self.loop.call_later(1, print, message)

    async def handle(self, message: str) -> None:
        print(message)


async def serve() -> None:
    asyncio.create_task(asyncio.sleep(1))
    asyncio.get_running_loop().call_later(1, print)


if __name__ == "__main__":
    asyncio.run(serve())
