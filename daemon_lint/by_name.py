"""What a call is taken for by its name, where the type it is stored under says the rest."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from daemon_lint.contracts import Acquire

SUBSCRIBING = re.compile(
    r"(?i)^_?(async_)?(subscribe|listen|add_(\w+_)?(listener|observer|callback|handler)|observe|"
    r"watch|track|connect_signal|register_(\w+_)?(callback|listener|observer|handler)|"
    r"on_\w+_(change|changed|update|event))\w*$"
)
UNSUBSCRIBE_NAME = re.compile(r"(?i)^unsub(scribe)?(r|_?(fn|func|function|callback|type|handle))?$")
_HANDLE_TYPE = re.compile(r"(?i)(listener|subscription|unsubscribe\w*|disposable|callback_type)$")


_ON = re.compile(r"_?(async_)?(on|when|hook)(_\w+)?$")
_HANDLER_NAMES = frozenset(
    "callback cb handler listener observer subscriber func function fn action hook".split()
)


def takes_handler(name: str, params: Iterable[str], annotations: Mapping[str, str]) -> bool:
    """Whether a function is named like `on_change` and takes something to call."""
    return _ON.match(name) is not None and any(
        param in _HANDLER_NAMES or annotations.get(param, "") in ("@callable", "@unsubscribe")
        for param in params
    )


def may_subscribe(callee: str) -> bool:
    """Whether a call's last word is one that `handle_by_names` may take for an acquire."""
    method = callee.rpartition(".")[2]
    timers = ("create_task", "ensure_future", "call_later", "call_at")
    return method in timers or SUBSCRIBING.match(method) is not None


def handle_by_names(callee: str, annotation: str) -> Acquire | None:
    """The contract of a call that nothing else is known of, from the type it is stored under.

    `self._listener: EventListener = node.events.subscribe(...)`: the annotation says that the
    result is a handle, and the method's name how it came about.
    """
    method = callee.rpartition(".")[2]
    if annotation == "Task" and method in ("create_task", "ensure_future"):
        return Acquire(callee, "task")
    if annotation == "TimerHandle" and method in ("call_later", "call_at"):
        return Acquire(callee, "interval")
    if _HANDLE_TYPE.search(annotation) and SUBSCRIBING.match(method):
        return Acquire(callee, "subscription")
    return None
