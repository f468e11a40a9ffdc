"""A method that cancels before it arms anew may find a live handle: a path that does not loses it."""
# rule: DMN104
from __future__ import annotations

import asyncio
from collections.abc import Callable

PING = 9


class Session:
    """Closes after some silence."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self._silence: asyncio.TimerHandle | None = None

    def data_received(self, data: bytes) -> None:
        opcode = data[0]
        if opcode == PING:
            print("pong")
        else:
            if self._silence is not None:
                self._silence.cancel()
            print(data)
        self._silence = self._loop.call_later(30, self._silent)  # error: DMN104

    def _silent(self) -> None:
        self._silence = None
        self.close()

    def close(self) -> None:
        if self._silence is not None:
            self._silence.cancel()


class Rooms:
    def on_message(self, callback: Callable[[str], None]) -> Callable[[], None]:
        print(callback)
        return lambda: None


class RoomView:
    """Shows one room."""

    def __init__(self, rooms: Rooms) -> None:
        self._rooms = rooms
        self._room = ""
        self._leave: Callable[[], None] | None = None

    def follow(self, room: str) -> None:
        if self._leave is not None and room == self._room:
            self._leave()
        self._room = room
        self._leave = self._rooms.on_message(print)  # error: DMN104

    def close(self) -> None:
        if self._leave is not None:
            self._leave()


class Toggled:
    """The branch that gives back does not come to the assignment."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self._blinks: asyncio.TimerHandle | None = None
        self._armed = False

    def switch(self, event: dict[str, str]) -> None:
        state = event["state"]
        if state == "on":
            self._blinks = self._loop.call_later(1, print)
        elif self._blinks is not None:
            self._blinks.cancel()

    def again(self, first: bool) -> None:
        if not first and self._blinks is not None:
            self._blinks.cancel()
        self._blinks = self._loop.call_later(1, print)

    def arm(self) -> None:
        if self._armed and self._blinks is not None:
            self._blinks.cancel()
        self._armed = True
        self._blinks = self._loop.call_later(1, print)

    def restart(self, delays: list[float]) -> None:
        if self._blinks is None:
            print("first")
        else:
            self._blinks.cancel()
        self._blinks = self._loop.call_later(delays[0], print)

    def close(self) -> None:
        if self._blinks is not None:
            self._blinks.cancel()


class GoesWithTheState:
    """What decides is the object's own state, asked in many ways: it may go with the handle."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self._glows: asyncio.TimerHandle | None = None
        self._lit = False

    def is_lit(self) -> bool:
        print("asked")
        return self._lit

    def copied(self, event: dict[str, str]) -> None:
        was = self._lit
        print(event)
        if was and self._glows is not None:
            self._glows.cancel()
        self._glows = self._loop.call_later(1, print)

    def called(self, event: dict[str, str]) -> None:
        print(event)
        if self.is_lit() and self._glows is not None:
            self._glows.cancel()
        self._glows = self._loop.call_later(1, print)

    def timed(self, event: dict[str, str]) -> None:
        now = self._loop.time()
        print(event)
        if now > 5 and self._glows is not None:
            self._glows.cancel()
        self._glows = self._loop.call_later(1, print)

    def close(self) -> None:
        if self._glows is not None:
            self._glows.cancel()


class ClosedFirst:
    """That the object is not closed holds on both paths."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self._fades: asyncio.TimerHandle | None = None
        self._closed = False

    def changed(self, event: dict[str, str]) -> None:
        if self._closed:
            return
        kind = event["kind"]
        if kind != "update" and self._fades is not None:
            self._fades.cancel()
        self._fades = self._loop.call_later(1, print)  # error: DMN104

    def close(self) -> None:
        self._closed = True
        if self._fades is not None:
            self._fades.cancel()
