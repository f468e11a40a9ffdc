"""try, except and finally: which statement ran decides what the place holds."""
# rule: DMN104

import asyncio


class Careful:
    def tries(self, loop: asyncio.AbstractEventLoop) -> None:
        timer = loop.call_later(1, print)
        try:
            print("work")
        finally:
            timer.cancel()
        timer = loop.call_later(2, print)
        timer.cancel()

    def falls_back(self, loop: asyncio.AbstractEventLoop) -> None:
        try:
            self.timer = loop.call_later(float("nan"), print)
        except ValueError:
            self.timer = loop.call_later(1, print)

    def forgets(self, loop: asyncio.AbstractEventLoop) -> None:
        timer = loop.call_later(1, print)
        try:
            print("work")
        except OSError:
            timer.cancel()
            return
        timer = loop.call_later(2, print)  # error: DMN104
        timer.cancel()

    def close(self) -> None:
        self.timer.cancel()
