"""The types of what callers hand in and get back."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any, TypeAlias

Unsubscribe: TypeAlias = Callable[[], object]
"""Ends a subscription; calling it again does nothing."""

Callback: TypeAlias = Callable[[], Awaitable[object] | object]
"""Called without arguments; an awaitable result is awaited."""

Handler: TypeAlias = Callable[[Any], Awaitable[object] | object]
"""Called with the payload of an event; an awaitable result is awaited."""
