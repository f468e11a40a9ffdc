"""Bases that do nothing, in the many ways of saying so."""
# rule: DMN201, DMN202
from __future__ import annotations

import typing
from types import TracebackType


class Plugin:
    """Nothing at all."""

    def connection_lost(self, exc: Exception | None) -> None:
        del exc  # unused

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> bool:
        """Never swallow."""
        return False

    def close(self) -> typing.Any:
        return NotImplemented

    def stop(self, timeout: float = 3) -> None:
        _ = timeout

    def shutdown(self) -> None:
        raise NotImplementedError(f"{type(self).__name__}.shutdown")

    def disconnect(self) -> None:
        ...

    def teardown(self) -> typing.Self:
        return self


class RealPlugin(Plugin):
    """Needs none of them."""

    rows: tuple[str, ...] = ()

    def connection_lost(self, exc: Exception | None) -> None:
        self.rows = ()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> bool:
        self.rows = ()
        return False

    def close(self) -> typing.Any:
        self.rows = ()

    def stop(self, timeout: float = 3) -> None:
        self.rows = ()

    def shutdown(self) -> None:
        self.rows = ()

    def disconnect(self) -> None:
        self.rows = ()

    def teardown(self) -> typing.Self:
        self.rows = ()
        return self
