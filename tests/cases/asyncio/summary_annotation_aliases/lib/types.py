"""The aliases."""

from __future__ import annotations

import typing as t
from collections.abc import Callable
from typing import NewType, Protocol, TypeAlias

Unsub: TypeAlias = Callable[[], None]
Plain = Callable[[], None]
Old = t.Callable[[], None]
Token = NewType("Token", Callable[[], None])


class Unsubscriber(Protocol):
    def __call__(self) -> None: ...
