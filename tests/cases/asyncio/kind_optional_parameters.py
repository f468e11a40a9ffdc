"""More parameters with defaults, *args, **kwargs, other names of positional ones: compatible."""
# rule: DMN205
from __future__ import annotations

from typing import Any


class Sink:
    """Hooks, and who calls them."""

    def close(self) -> None:
        """Hook."""

    def stop(self, timeout: float) -> None:
        """Hook."""

    def __exit__(self, kind: Any, error: Any, trace: Any) -> None:
        """Hook."""

    def disconnect(self, code: int, *, reason: str = "") -> None:
        """Hook."""

    def terminate(self, *args: Any, **kwargs: Any) -> None:
        """Hook."""

    def run(self) -> None:
        self.stop(1.0)
        self.disconnect(1, reason="over")
        self.close()


class FileSink(Sink):
    """Takes more than it must."""

    def close(self, path: str = "", *extra: str, force: bool = False) -> None:
        print(path, extra, force)

    def stop(self, seconds: float, verbose: bool = False) -> None:
        print(seconds, verbose)

    def __exit__(self, exc_type: Any, exc_value: Any, traceback: Any) -> None:
        print(exc_type)

    def disconnect(self, *args: Any, **kwargs: Any) -> None:
        print(args, kwargs)

    def terminate(self, signal: int = 15, grace: float = 1.0, **kwargs: Any) -> None:
        print(signal, grace, kwargs)
