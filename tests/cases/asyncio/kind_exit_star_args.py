"""__exit__(self, *exc) and its three explicit parameters are the same kind, both ways round."""
# rule: DMN205
from __future__ import annotations

from types import TracebackType


class Lease:
    """Takes a star."""

    held = False

    def __exit__(self, *exc: object) -> None:
        """Hook."""

    async def __aexit__(self, *args: object) -> None:
        """Hook."""


class Named(Lease):
    """Names them."""

    def __exit__(
        self,
        exc_type: type[BaseException] | None,
        exc: BaseException | None,
        tb: TracebackType | None,
    ) -> None:
        print(exc_type)

    async def __aexit__(self, exc_type: object, exc: object, tb: object) -> None:
        print(exc_type)


class Starred(Named):
    """Takes a star again."""

    def __exit__(self, *exc: object) -> None:
        super().__exit__(*exc)

    async def __aexit__(self, *_: object) -> None:
        await super().__aexit__(*_)
