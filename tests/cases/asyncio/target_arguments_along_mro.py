"""In one concrete class the next in the MRO is a sibling, which takes the argument."""
# rule: DMN204
from __future__ import annotations

from typing import Any


class Base:
    """The end of the chain."""

    done = False

    def close(self) -> None:
        self.done = True


class Forced(Base):
    """Takes force, and swallows it."""

    def close(self, force: bool = False, **kwargs: Any) -> None:
        print(force)
        super().close(**kwargs)


class Careful(Base):
    """Takes anything and passes it on."""

    def close(self, *args: Any, **kwargs: Any) -> None:
        print("careful")
        super().close(*args, **kwargs)


class Both(Careful, Forced):
    """Careful, then Forced."""

    def close(self, force: bool = False) -> None:
        super().close(force=force)
