"""Root.stop() calls a hook with a body in another module; the leaf releases what middle armed."""

# case: multi-file
# rule: DMN102
from __future__ import annotations

from middle import Timed


class Leaf(Timed):
    """Disarms."""

    def _teardown(self) -> None:
        self._timer.cancel()
