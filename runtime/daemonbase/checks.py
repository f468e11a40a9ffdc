"""Arguments are checked where they are handed over; each mistake gets one clear sentence."""

from __future__ import annotations

import inspect
import math
from collections.abc import Awaitable, Callable
from types import AsyncGeneratorType, CoroutineType, GeneratorType
from typing import Any, TypeGuard

_RELEASE_METHODS = ("unsubscribe", "dispose", "cancel", "close")


def is_awaitable(result: object) -> TypeGuard[Awaitable[object]]:
    """Whether `await result` can work; `inspect.isawaitable` asks an abstract class, slowly."""
    kind = type(result)
    if kind is CoroutineType or hasattr(kind, "__await__"):
        return True
    return kind is GeneratorType and inspect.isawaitable(result)  # one of `types.coroutine`


def discard(thing: object) -> None:
    """Close a coroutine that will not run, so that nobody warns that it was never awaited."""
    if inspect.iscoroutine(thing):
        thing.close()


def check_seconds(seconds: float, what: str, *, zero: bool = False) -> float:
    """A finite number of seconds, above zero unless `zero` allows it.

    Raises TypeError for what is not a number (or is a bool), ValueError for other numbers.
    """
    if type(seconds) is float and 0.0 < seconds < math.inf:
        return seconds
    if isinstance(seconds, bool) or not isinstance(seconds, (int, float)):
        raise TypeError(f"{what} must be a number of seconds, got {seconds!r}")
    try:
        value = float(seconds)
    except OverflowError:
        value = math.inf
    if not math.isfinite(value) or value < 0 or (value == 0 and not zero):
        least = "zero or more" if zero else "more than zero"
        raise ValueError(f"{what} must be {least} and finite, got {seconds!r}")
    return value


def check_callback(callback: object, what: str) -> None:
    """Raise TypeError unless `callback` can be called; a coroutine object cannot, again."""
    if callable(callback):
        if inspect.isgeneratorfunction(callback) or inspect.isasyncgenfunction(callback):
            raise TypeError(f"{what} must not be a generator function: nothing would iterate it")
        return
    if inspect.iscoroutine(callback):
        callback.close()
        raise TypeError(f"{what} must be a function, not the coroutine that calling it gives")
    raise TypeError(f"{what} must be callable, got {callback!r}")


def check_result(result: object, what: str = "an unsubscribe") -> None:
    """Raise TypeError for what a generator function gives: nothing of it has run.

    Where handles are registered by the hundred thousand, looking at each function costs as much as
    registering it; so a plain one is looked at when it has been called.
    """
    if isinstance(result, (GeneratorType, AsyncGeneratorType)):
        raise TypeError(f"{what} must not be a generator function: nothing of it has run")


def check_name(name: object, what: str) -> str:
    """A string that is not empty. Raises TypeError or ValueError."""
    if not isinstance(name, str):
        raise TypeError(f"{what} must be a string, got {name!r}")
    if not name:
        raise ValueError(f"{what} must not be empty")
    return name


def release_of(handle: object) -> Callable[[], Any]:
    """The call that releases a handle: itself, or its unsubscribe, dispose, cancel or close.

    Raises TypeError for what is none of these, a class or a coroutine included.
    """
    if isinstance(handle, type):
        raise TypeError(f"a handle must be an object, not the class {handle.__name__}")
    if callable(handle):
        check_callback(handle, "an unsubscribe")
        return handle
    if inspect.iscoroutine(handle):
        handle.close()
        raise TypeError("a handle cannot be a coroutine; await it and register its result")
    for name in _RELEASE_METHODS:
        method = getattr(handle, name, None)
        if callable(method):
            found: Callable[[], Any] = method
            return found
    raise TypeError(
        "a handle must be callable, or have a method unsubscribe, dispose, cancel or close; "
        f"got {handle!r}"
    )
