"""final of other kinds: a private name, an own decorator, a final override, a sibling's."""
# rule: DMN206
from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, final

LIMIT: Final = 3


def last(function: Callable[..., Any]) -> Callable[..., Any]:
    """Marks what is called last."""
    return function


class Service:
    """Open to overrides."""

    rows: tuple[str, ...] = ()

    def close(self) -> None:
        self.rows = ()

    @last
    def stop(self) -> None:
        self.rows = ()

    @final
    def __shutdown(self) -> None:
        self.rows = ()

    def quit(self) -> None:
        self.__shutdown()


class WebService(Service):
    """Its close is final from here on."""

    @final
    def close(self) -> None:
        super().close()

    def stop(self) -> None:
        super().stop()

    def __shutdown(self) -> None:
        print("another name, as it is mangled")


class FileService(Service):
    """A sibling: may still override."""

    def close(self) -> None:
        super().close()
