"""Markers for daemon-lint: what a function does to handles. They change nothing at run time."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal, TypeVar, final, overload

__all__ = ["acquires", "cooperative", "final", "registers", "releases"]

_F = TypeVar("_F", bound=Callable[..., Any])


@overload
def acquires(kind: _F, /) -> _F: ...
@overload
def acquires(
    kind: Literal["subscription", "interval", "task"] = ...,
    /,
    *,
    undone_by: str = ...,
    owned: bool = ...,
) -> Callable[[_F], _F]: ...
def acquires(kind: Any = "subscription", /, *, undone_by: str = "", owned: bool = False) -> Any:
    """The function makes a live handle, which its caller must register or release.

    Used bare, or with the handle's kind. `undone_by` names the method that undoes a paired
    acquire, which returns no handle. `owned` says that the object called owns the handle already:
    the caller need do nothing.
    """

    def mark(function: Any) -> Any:
        return function

    return mark(kind) if callable(kind) else mark


def registers(function: _F) -> _F:
    """The function takes over the handles given to it and releases them at its owner's end."""
    return function


def releases(function: _F) -> _F:
    """The function releases the handles given to it."""
    return function


def cooperative(function: _F) -> _F:
    """Every override of this method must call `super()`."""
    return function
