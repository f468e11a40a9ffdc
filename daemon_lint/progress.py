"""A progress bar for long runs, on a terminal only."""

from __future__ import annotations

import time
from types import TracebackType
from typing import TextIO

_AFTER = 1.0
_EVERY = 0.1
_WIDTH = 30


class Bar:
    """Called with files done and files in all; appears after a second, and clears itself."""

    def __init__(self, stream: TextIO) -> None:
        self.stream = stream
        self.active = stream.isatty()
        self.start = time.monotonic()
        self.last = self.start + _AFTER - _EVERY
        self.shown = False

    def __call__(self, done: int, total: int) -> None:
        now = time.monotonic()
        if not self.active or not total or now - self.last < _EVERY:
            return
        self.last = now
        self.shown = True
        filled = _WIDTH * done // total
        bar = "#" * filled + "." * (_WIDTH - filled)
        self.stream.write(f"\rreading [{bar}] {done}/{total} files")
        self.stream.flush()

    def __enter__(self) -> Bar:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self.shown:
            self.stream.write("\r\x1b[K")
            self.stream.flush()
