"""Reports on a ledger, which another daemon keeps. Wrong: initialize() sleeps in a loop until the ledger is ready,
and so holds up its own start."""
# rule: DMN302

from __future__ import annotations

import asyncio
from typing import Any

from daemonbase import DaemonBase


class LedgerDaemon(DaemonBase):
    name = "ledger"

    async def initialize(self) -> None:
        self.totals: dict[str, int] = {}
        self.subscribe("ledger:ask", self._answer)

    async def _answer(self, payload: dict[str, str]) -> None:
        await self.bus.emit(payload["reply"], dict(self.totals))


class ReportDaemon(DaemonBase):
    name = "report"
    attempts = 100

    async def initialize(self) -> None:
        self._latest: dict[str, int] = {}
        self.subscribe("report:totals", self._latest.update)
        attempt = 0
        while not self.bus.is_ready("ledger"):
            attempt += 1
            if attempt > self.attempts:
                raise TimeoutError("the ledger does not come up")
            await asyncio.sleep(0.1)  # error: DMN302
        await self.bus.emit("ledger:ask", {"reply": "report:totals"})
        self.register_interval("print", self._print, 60.0)

    def _print(self, *columns: Any) -> None:
        for account, total in sorted(self._latest.items()):
            print(f"{account:<20}{total:>12}", *columns)
