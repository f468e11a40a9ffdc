"""Where the tests do what a type checker cannot follow: wrong arguments, fields of log records."""

from __future__ import annotations

import logging
from typing import Any


def untyped(thing: object) -> Any:
    """The same, for a call that the types would refuse."""
    return thing


def fields(record: logging.LogRecord, *names: str) -> tuple[Any, ...]:
    """What the runtime has added to a log record."""
    return tuple(getattr(record, name) for name in names)
