"""stop() in the base calls a hook that subclasses implement: two modules, three levels."""

# case: multi-file
# rule: DMN102
from __future__ import annotations

from middle import Timed


class Final(Timed):
    """Ends what Timed armed."""

    def _teardown(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
