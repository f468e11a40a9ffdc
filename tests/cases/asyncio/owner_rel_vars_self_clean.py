"""stop() uses vars(self) to find all that can be cancelled."""

# rule: DMN102, DMN103
from __future__ import annotations

import asyncio


class Probe:
    """Checks a host and its certificate."""

    def __init__(self, host: str) -> None:
        self.host = host

    def start(self) -> None:
        self.check = asyncio.create_task(self._check())
        self.renewal = asyncio.get_running_loop().call_later(86400, print, self.host)

    async def _check(self) -> None:
        while True:
            print(self.host)
            await asyncio.sleep(10)

    def stop(self) -> None:
        for name, value in vars(self).items():
            if hasattr(value, "cancel"):
                print("cancel", name)
                value.cancel()
