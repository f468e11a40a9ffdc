"""What daemonbase raises, and how a later error is kept beside the one that matters."""

from __future__ import annotations


class DaemonError(Exception):
    """Base of the errors of this package: a daemon was used in a way that cannot work."""


class DaemonClosedError(DaemonError, RuntimeError):
    """The daemon has shut down. What was handed over to it has been released first."""


def chain(error: BaseException, later: BaseException) -> None:
    """Hang `later` on the far end of `error`'s context, so that its traceback shows both.

    `error` stays the exception that is raised: callers catch what they would have caught anyway.
    """
    context: BaseException | None = later
    while context is not None:  # `later` was raised while `error` was handled: undo that link
        if context.__context__ is error:
            context.__context__ = None
        context = context.__context__
    last = error
    while last is not later:
        if last.__context__ is None:
            last.__context__ = later
        last = last.__context__


def shown(thing: object) -> str:
    """`repr`, for logs: what cannot be shown must not cut a release short."""
    try:
        return repr(thing)
    except BaseException:
        return f"<{type(thing).__name__} that cannot be shown>"


def describe(error: BaseException) -> str:
    """One line for an exception, without its traceback (which would keep its frames alive)."""
    try:
        text = str(error)
    except BaseException:
        text = "its message cannot be shown"
    return f"{type(error).__name__}: {text}" if text else type(error).__name__
