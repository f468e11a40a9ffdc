"""final under and over other decorators."""
# rule: DMN206
from __future__ import annotations

from typing import final


class Service:
    """Finals of all kinds."""

    _rows: tuple[str, ...] = ()

    @final
    @property
    def rows(self) -> tuple[str, ...]:
        return self._rows

    @classmethod
    @final
    def close_all(cls) -> None:
        cls._rows = ()

    @final
    @staticmethod
    def shutdown() -> None:
        Service._rows = ()


class WebService(Service):
    """Overrides all."""

    @property
    def rows(self) -> tuple[str, ...]:  # error: DMN206
        return ()

    @classmethod
    def close_all(cls) -> None:  # error: DMN206
        super().close_all()

    @staticmethod
    def shutdown() -> None:  # error: DMN206
        Service.shutdown()
