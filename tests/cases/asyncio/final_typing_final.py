"""typing.final on a method, imported in three ways."""
# rule: DMN206
from __future__ import annotations

import typing
import typing as t
from typing import final

import typing_extensions


class Service:
    """Its ends are final."""

    rows: tuple[str, ...] = ()

    @final
    def close(self) -> None:
        self.rows = ()

    @typing.final
    async def shutdown(self) -> None:
        self.rows = ()

    @typing_extensions.final
    def stop(self) -> None:
        self.rows = ()

    @t.final
    def start(self) -> None:
        self.rows = ("started",)


class WebService(Service):
    """Overrides all four."""

    def close(self) -> None:  # error: DMN206
        super().close()

    async def shutdown(self) -> None:  # error: DMN206
        await super().shutdown()

    def stop(self) -> None:  # error: DMN206
        super().stop()

    def start(self) -> None:  # error: DMN206
        super().start()
