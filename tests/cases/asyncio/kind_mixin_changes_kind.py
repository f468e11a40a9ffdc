"""A plain close() of a mixin stands before an async one in one concrete class."""
# rule: DMN205
from __future__ import annotations


class AsyncSource:
    """Async hooks."""

    async def close(self) -> None:
        """Hook."""

    async def __aexit__(self, *exc: object) -> None:
        await self.close()


class PlainMixin:
    """Plain."""

    names: tuple[str, ...] = ()

    def close(self) -> None:  # error: DMN205
        self.names = ()


class NamedSource(PlainMixin, AsyncSource):
    """`await self.close()` in the base's __aexit__ awaits None."""

    def name(self) -> str:
        return self.names[0]
