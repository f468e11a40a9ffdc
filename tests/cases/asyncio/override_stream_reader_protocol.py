"""StreamReaderProtocol.connection_lost feeds EOF to the reader and wakes drain()."""
# rule: DMN201
from __future__ import annotations

import asyncio
import logging

_LOGGER = logging.getLogger(__name__)


class LoggingProtocol(asyncio.StreamReaderProtocol):
    """Readers hang for ever after the peer is gone."""

    def connection_lost(self, exc: Exception | None) -> None:  # error: DMN201
        _LOGGER.info("peer left: %r", exc)


class CountingProtocol(asyncio.StreamReaderProtocol):
    """Tells the base."""

    open_connections = 0

    def connection_lost(self, exc: Exception | None) -> None:
        self.open_connections -= 1
        super().connection_lost(exc)
