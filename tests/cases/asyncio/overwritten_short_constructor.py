"""A constructor of one statement arms the timer that a method writes over."""
# rule: DMN104
import asyncio


class Blink:
    def __init__(self) -> None:
        self._timer = asyncio.get_running_loop().call_later(60, print, "on")

    def reset(self) -> None:
        self._timer = asyncio.get_running_loop().call_later(60, print, "off")  # error: DMN104

    def close(self) -> None:
        self._timer.cancel()


class Careful:
    def __init__(self) -> None:
        self._timer = asyncio.get_running_loop().call_later(60, print, "on")

    def reset(self) -> None:
        self._timer.cancel()
        self._timer = asyncio.get_running_loop().call_later(60, print, "off")

    def close(self) -> None:
        self._timer.cancel()
