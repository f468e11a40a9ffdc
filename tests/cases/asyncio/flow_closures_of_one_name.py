"""Two nested functions have one name: each acquires for the object, whichever is made."""
# rule: DMN102

import asyncio


class Announcer:
    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self.loop = loop

    def start(self, soon: bool) -> None:
        if soon:

            def announce() -> None:
                self.loop.call_later(1, print, "soon")  # error: DMN102

        else:

            def announce() -> None:
                print("now")

        announce()

    def close(self) -> None:
        print("closed")


class Teller:
    """The release stands in the first of two functions that have one name."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self.telling = loop.call_later(1, print, "told")

    def close(self, loudly: bool = False) -> None:
        if not loudly:

            def end_telling() -> None:
                self.telling.cancel()

        else:

            def end_telling() -> None:
                print("the end")
                self.telling.cancel()

        end_telling()
