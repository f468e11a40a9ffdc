"""The field is released from another module, by name and through a method."""
# case: multi-file
# rule: DMN102, DMN103

import asyncio


class Worker:
    def start(self) -> None:
        self.task = asyncio.create_task(self.run())
        self.timer = asyncio.get_running_loop().call_later(5, print)
        self.leak = asyncio.create_task(self.run())  # error: DMN103

    def halt_timer(self) -> None:
        self.timer.cancel()

    async def run(self) -> None:
        print("run")

    def stop(self) -> None:
        print("stopped")
