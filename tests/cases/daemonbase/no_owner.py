"""Code whose handles live as long as the process, and a class that never ends."""
# rule: DMN101, DMN103

import asyncio

from daemonbase import DaemonBase, EventBus

bus = EventBus()
bus.subscribe("boot", print)


class Registry:
    def __init__(self) -> None:
        bus.subscribe("register", self.on_register)

    def on_register(self, payload: object) -> None:
        print(payload)


async def main() -> None:
    bus.subscribe("start", print)
    asyncio.create_task(asyncio.sleep(1))
    async with DaemonBase("main", bus=bus) as daemon:
        print(daemon)


if __name__ == "__main__":
    bus.subscribe("main", print)
    asyncio.run(main())
