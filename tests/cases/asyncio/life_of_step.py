"""What a step's `finally` calls is no end of the object: it re-arms, or only looks at properties."""
# rule: DMN102

import asyncio


class Link:
    def __init__(self) -> None:
        self.retry: asyncio.TimerHandle | None = None
        self.poll: asyncio.TimerHandle | None = None

    def resend(self, detect: bool) -> None:
        try:
            print("resent")
        finally:
            if detect:
                loop = asyncio.get_running_loop()
                self.retry = loop.call_later(1, self.acknowledge)  # error: DMN102
            else:
                self.acknowledge()
            self.show()

    def acknowledge(self) -> None:
        if self.retry is not None:
            self.retry.cancel()

    def install(self) -> None:
        self.poll = asyncio.get_running_loop().call_later(9, print)  # error: DMN102

    @property
    def is_busy(self) -> bool:
        if self.poll is not None:
            self.poll.cancel()
        return False

    def show(self) -> None:
        print(self.is_busy)

    def close(self) -> None:
        print("closed")
