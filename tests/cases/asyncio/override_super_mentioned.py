"""Overrides that mention super(), but never reach the base method."""
# rule: DMN201
import threading
from collections import deque


class Spooler:
    def __init__(self) -> None:
        self._lines: deque[str] = deque()
        self._stopping = threading.Event()

    def flush(self) -> None:
        self._lines.clear()

    def stop(self) -> None:
        self._stopping.set()
        self._lines.clear()


class FileSpooler(Spooler):
    def __init__(self, path: str) -> None:
        super().__init__()
        self._file = open(path, "a", encoding="utf-8")

    def stop(self) -> None:  # error: DMN201
        super().flush()
        self._file.close()


class MemorySpooler(Spooler):
    def __init__(self) -> None:
        super().__init__()
        self._size = 0

    def stop(self) -> None:  # error: DMN201
        self._size = 0
        super().stop


class NetworkSpooler(Spooler):
    def __init__(self, shadow: Spooler) -> None:
        super().__init__()
        self._shadow = shadow

    def stop(self) -> None:  # error: DMN201
        self._shadow.flush()
        Spooler.stop(self._shadow)
