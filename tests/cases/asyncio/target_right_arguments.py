"""Super calls whose arguments fit: defaults, keywords, *args, **kwargs, positional-only."""
# rule: DMN204, DMN205
from __future__ import annotations

from typing import Any


class Channel:
    """A channel."""

    code = 0

    def close(self, code: int = 0, /, reason: str = "", *, force: bool = False) -> None:
        self.code = code or len(reason) or int(force)

    async def stop(self, *args: Any, **kwargs: Any) -> None:
        self.code = len(args) + len(kwargs)

    def __exit__(self, *exc: object) -> None:
        self.code = len(exc)

    def disconnect(self, reason: str, code: int = 0) -> None:
        self.code = code


class LoggedChannel(Channel):
    """All fit."""

    def close(self, code: int = 0, /, reason: str = "", *, force: bool = False) -> None:
        options = {"force": force}
        super().close(code, reason=reason, **options)

    async def stop(self, *args: Any, **kwargs: Any) -> None:
        await super().stop(*args, force=True, **kwargs)

    def __exit__(self, kind: Any, error: Any, trace: Any) -> None:
        super().__exit__(kind, error, trace)

    def disconnect(self, reason: str, code: int = 0) -> None:
        Channel.disconnect(self, code=code, reason=reason)
