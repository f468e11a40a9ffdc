"""What DaemonBase declares final is overridden."""
# rule: DMN206
from __future__ import annotations

from typing import Any

from daemonbase import DaemonBase


class PriceDaemon(DaemonBase):
    """Overrides almost everything."""

    async def start(self) -> None:  # error: DMN206
        print("starting")
        await super().start()

    async def shutdown(self, **options: Any) -> None:  # error: DMN206
        print("stopping")
        await super().shutdown(**options)

    def subscribe(self, event: Any, handler: Any) -> Any:  # error: DMN206
        print(event)
        return super().subscribe(event, handler)

    def register_task(self, coro: Any, *, name: str | None = None) -> Any:  # error: DMN206
        return super().register_task(coro, name=name)

    def clear_interval(self, name: str) -> bool:  # error: DMN206
        return super().clear_interval(name)
