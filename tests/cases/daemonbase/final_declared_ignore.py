"""A deliberate override of a final method, declared on its line."""
# rule: DMN206
from __future__ import annotations

from typing import Any

from daemonbase import DaemonBase


class TestDaemon(DaemonBase):
    """Counts shutdowns in a test."""

    count = 0

    async def shutdown(self, **options: Any) -> None:  # daemon-lint: ignore[DMN206]
        self.count += 1
        await super().shutdown(**options)

    async def start(self) -> None:  # noqa: DMN206
        self.count = 0
        await super().start()
