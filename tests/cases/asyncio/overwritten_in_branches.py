"""Which path led here decides: only those that still hold a handle lose one."""
# rule: DMN104

import asyncio


class Poll:
    timer: asyncio.TimerHandle | None = None

    def one_branch(self, loop: asyncio.AbstractEventLoop, fast: bool) -> None:
        if fast:
            self.timer = loop.call_later(1, print)
        self.timer = loop.call_later(60, print)  # error: DMN104

    def either_branch(self, loop: asyncio.AbstractEventLoop, fast: bool) -> None:
        if fast:
            self.timer = loop.call_later(1, print)
        else:
            self.timer = loop.call_later(60, print)

    def returns_early(self, loop: asyncio.AbstractEventLoop, fast: bool) -> None:
        if fast:
            self.timer = loop.call_later(1, print)
            return
        self.timer = loop.call_later(60, print)

    def mirrored(self, loop: asyncio.AbstractEventLoop, fast: bool) -> None:
        timer = None
        if fast:
            timer = loop.call_later(1, print)
        print("between")
        if timer is not None:
            timer.cancel()
        timer = loop.call_later(60, print)
        timer.cancel()

    def matched(self, loop: asyncio.AbstractEventLoop, mode: str) -> None:
        timer = loop.call_later(1, print)
        match mode:
            case "fast":
                timer.cancel()
            case _:
                pass
        timer = loop.call_later(60, print)  # error: DMN104
        timer.cancel()

    def close(self) -> None:
        if self.timer is not None:
            self.timer.cancel()
