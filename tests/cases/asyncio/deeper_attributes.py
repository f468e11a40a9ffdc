"""A handle in an attribute of an attribute: released there, by whoever ends."""
# rule: DMN102

import asyncio
from dataclasses import dataclass


@dataclass
class Connection:
    countdown: asyncio.TimerHandle | None = None


class Owner:
    def __init__(self) -> None:
        self.connection = Connection()

    def start(self) -> None:
        loop = asyncio.get_running_loop()
        self.connection.countdown = loop.call_later(9, print)

    def stop(self) -> None:
        if self.connection.countdown is not None:
            self.connection.countdown.cancel()
