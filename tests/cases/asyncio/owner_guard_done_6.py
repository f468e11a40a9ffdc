"""Handler guarded by a property over the task."""

# rule: DMN104
import asyncio

from daemonbase import EventBus


class A:
    """Six."""

    def __init__(self, bus: EventBus) -> None:
        self._scan: asyncio.Task[None] | None = None
        self._off = bus.subscribe("scan", self._on_scan)

    @property
    def scanning(self) -> bool:
        return self._scan is not None and not self._scan.done()

    def _on_scan(self, payload: object) -> None:
        if not self.scanning:
            self._scan = asyncio.create_task(self._scan_all())

    async def _scan_all(self) -> None:
        await asyncio.sleep(1)

    def close(self) -> None:
        self._off()
        if self._scan is not None:
            self._scan.cancel()
