"""Markers for daemon-lint: what a function does to handles. They change nothing at run time."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

_F = TypeVar("_F", bound=Callable[..., Any])


def acquires(function: _F) -> _F:
    """The function returns a live handle, which its caller must register or release."""
    return function


def registers(function: _F) -> _F:
    """The function takes over the handles given to it and releases them at its owner's end."""
    return function


def releases(function: _F) -> _F:
    """The function releases the handles given to it."""
    return function


def cooperative(function: _F) -> _F:
    """Every override of this method must call `super()`."""
    return function
