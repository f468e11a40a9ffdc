"""stop() passes self to a function of another module: typed under TYPE_CHECKING."""

# case: multi-file
# rule: DMN102
from __future__ import annotations

import asyncio

from closing import end_timer


class Page:
    """Ended by the function."""

    def start(self) -> None:
        self.timer = asyncio.get_running_loop().call_later(5, print)

    def stop(self) -> None:
        end_timer(self)
