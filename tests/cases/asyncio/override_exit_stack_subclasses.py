"""Subclasses of ExitStack and AsyncExitStack."""
# rule: DMN201, DMN203
from __future__ import annotations

import logging
from contextlib import AsyncExitStack, ExitStack
from types import TracebackType

_LOGGER = logging.getLogger(__name__)


class Resources(ExitStack):
    """Nothing that was entered is left."""

    left = False

    def close(self) -> None:  # error: DMN201
        self.left = True


class Session(AsyncExitStack):
    """The stack is not unwound: the coroutine is dropped."""

    async def aclose(self) -> None:
        _LOGGER.debug("closing")
        super().aclose()  # error: DMN203


class TimedStack(ExitStack):
    """Right."""

    def __exit__(
        self,
        exc_type: type[BaseException] | None,
        exc: BaseException | None,
        trace: TracebackType | None,
    ) -> bool:
        try:
            return super().__exit__(exc_type, exc, trace)
        finally:
            _LOGGER.debug("left")


class QuietStack(AsyncExitStack):
    """Right, with a star."""

    async def __aexit__(self, *exc_details: object) -> bool:
        suppressed = await super().__aexit__(*exc_details)
        _LOGGER.debug("left: %s", suppressed)
        return suppressed
