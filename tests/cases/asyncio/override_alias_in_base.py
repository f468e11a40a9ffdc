"""`stop = close` in the base: an override of stop() that calls super().close() reaches it."""
# rule: DMN201, DMN204
from __future__ import annotations


class Store:
    """A store with two names for one method."""

    def __init__(self) -> None:
        self.rows: list[str] = []

    def close(self) -> None:
        self.rows.clear()

    stop = close


class GoodStore(Store):
    """The base's stop is its close."""

    def stop(self) -> None:
        print("stop")
        super().stop()


class AlsoGoodStore(Store):
    """And called by its other name it is the same function."""

    def stop(self) -> None:
        print("stop")
        super().close()
