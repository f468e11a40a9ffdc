"""mode and faust services: hooks are empty in Service, stop() is not."""
# rule: DMN201, DMN203
from __future__ import annotations

from mode import Service
from mode.services import Service as BaseService


class Store(Service):
    """The hooks of the base are empty."""

    def __post_init__(self) -> None:
        self.rows: dict[str, str] = {}

    async def on_start(self) -> None:
        self.rows["up"] = "yes"

    async def on_stop(self) -> None:
        self.rows.clear()


class Index(Store):
    """Loses both."""

    keys: tuple[str, ...] = ()

    async def on_start(self) -> None:  # error: DMN201
        self.keys = ("a",)

    async def on_stop(self) -> None:  # error: DMN201
        self.keys = ()


class View(Store):
    """Right."""

    keys: tuple[str, ...] = ()

    async def on_start(self) -> None:
        await super().on_start()
        self.keys = ("a",)

    async def on_stop(self) -> None:
        self.keys = ()
        await super().on_stop()


class Gate(BaseService):
    """Children are never stopped."""

    shut = False

    async def stop(self) -> None:  # error: DMN201
        self.shut = True


class Door(BaseService):
    """Dropped."""

    async def stop(self) -> None:
        super().stop()  # error: DMN203
        await self.sleep(1)
