"""An end that is a lambda in the class's body, called by the other end."""
# rule: DMN102

import asyncio


class Timer:
    def __init__(self) -> None:
        self.timer = asyncio.get_running_loop().call_later(5, print)

    close = lambda self: self.timer.cancel()  # noqa: E731

    def __exit__(self, *exc: object) -> None:
        self.close()


class Asked:
    def __init__(self) -> None:
        self.timer = asyncio.get_running_loop().call_later(5, print)  # error: DMN102

    close = lambda self: self.timer.cancelled()  # noqa: E731

    def __exit__(self, *exc: object) -> None:
        self.close()
