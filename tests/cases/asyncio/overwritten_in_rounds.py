"""A helper that arms is called twice running, or in each round; another looks before it arms."""
# rule: DMN104

import asyncio


class Idle:
    timer: asyncio.TimerHandle | None = None
    other: asyncio.TimerHandle | None = None
    third: asyncio.TimerHandle | None = None

    def begin(self) -> None:
        self.arm(5)
        self.arm(60)

    def arm(self, seconds: float) -> None:
        self.timer = asyncio.get_running_loop().call_later(seconds, print)  # error: DMN104

    async def run(self, reader: asyncio.StreamReader) -> None:
        async for _line in reader:
            self.put_off()
            self.put_off_well()

    def put_off(self) -> None:
        self.other = asyncio.get_running_loop().call_later(60, print)  # error: DMN104

    def put_off_well(self) -> None:
        if self.third is not None:
            self.third.cancel()
        self.third = asyncio.get_running_loop().call_later(60, print)

    def close(self) -> None:
        for timer in (self.timer, self.other, self.third):
            if timer:
                timer.cancel()
