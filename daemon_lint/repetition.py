"""Which methods may run again while a field still holds the handle of the run before.

Only what is sure to repeat counts: handlers given to subscriptions and timers, what only they
call, and the methods that a profile says anybody may call at any time. A method that runs because
the timer in question fired is none: that handle is spent.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from daemon_lint.fates import everything
from daemon_lint.linking import Linker
from daemon_lint.order import FIRST
from daemon_lint.ownership import Ownership
from daemon_lint.summary import FunctionSummary
from daemon_lint.symbols import Class, Scope


class Handler(NamedTuple):
    """A method (or a field that holds one) handed to a subscription or timer."""

    name: str
    repeats: bool
    """Whether it may be called more than once for one registration."""


_STARTS = re.compile(r"_*(async_)?(re_?)?(start|open|connect|resume|begin|run|attach|enable|activ)")
"""Names of methods that may run again after an end: what was released then they acquire anew."""


def _may_hold_a_handler(field: str) -> bool:
    words = ("job", "callback", "handler", "func", "listener", "_cb", "action")
    return any(word in field.lower() for word in words)


class Repetition:
    """Answers for the classes of one linker."""

    def __init__(self, linker: Linker, ownership: Ownership) -> None:
        self.linker = linker
        self.ownership = ownership
        self._handlers: dict[Class, dict[str, set[Handler]]] = {}

    def may_repeat(self, cls: Class, method: str, field: str) -> bool:
        """Whether `method` may assign `self.<field>` again while it holds a live handle."""
        methods = self._methods(cls)
        handlers = self._handlers_of(cls)
        spent = self._fired(cls, methods, field)
        if any(_may_hold_a_handler(name) for name in spent - methods.keys()):
            return False
        roots = {
            handler.name for found in handlers.values() for handler in found if handler.repeats
        } | {name for name in methods if self._is_open_to_all(cls, name)}
        return self._is_reached(cls, methods, roots, method, field)

    def is_armed_before(self, cls: Class, method: FunctionSummary, field: str) -> bool:
        """Whether the field surely holds a live handle when `method` runs, or runs again.

        The constructor put one there, or another method calls this one more than once; and only
        an end of life takes it out.
        """
        place, name = f"self.{field}", method.name
        methods = self._methods(cls)
        if _STARTS.match(name) or self.linker.profile.ends_life(name):
            return False
        first = [item for key in FIRST for item in methods.get(key, ())]
        fired = self._fired(cls, methods, field)
        if any(self._arms(cls, item, method, place) for item in first):
            if self._leads_to(methods, fired, name):
                return False  # it may run because what it overwrites has fired
        elif fired or not any(
            name in part.again and place not in part.reads
            for others in methods.values()
            for other in others
            for part in everything(other)
        ):
            return False
        return not self.ownership.is_touched_outside(cls, field) and not any(
            self._releases(cls, methods, other, name, place) for other in methods if other != name
        )

    def may_rearm(self, cls: Class, method: FunctionSummary, field: str) -> bool:
        """Whether a method that gives a field's handle back and takes another may find one there.

        Not if it begins or ends the object, or runs because that handle has fired.
        """
        name = method.name
        if name in FIRST or _STARTS.match(name) or self.linker.profile.ends_life(name):
            return False
        if f"self.{field}" not in self.ownership.released_by(cls, name):
            return False
        methods = self._methods(cls)
        return not self._leads_to(methods, self._fired(cls, methods, field), name)

    def _arms(
        self, cls: Class, first: FunctionSummary, method: FunctionSummary, place: str
    ) -> bool:
        """Whether a constructor puts a handle into a field, and does not call `method` before."""
        scope = Scope(cls.module, cls, (first,))
        call = f"self.{method.name}"
        if first is method or call in first.writes:
            return False
        for field, called in first.armed:
            if field == place and self.linker.callee(called, scope).acquire is not None:
                order = first.calls
                return call not in order or order.index(call) > order.index(called)
        return False

    def _releases(
        self,
        cls: Class,
        methods: dict[str, list[FunctionSummary]],
        other: str,
        goal: str,
        place: str,
    ) -> bool:
        """Whether a method that is no end, nor a part of one, releases a field."""
        ends_life = self.linker.profile.ends_life
        if ends_life(other) or place not in self.ownership.released_by(cls, other, goal):
            return False
        callers = [
            name
            for name, found in methods.items()
            if any(other in part.self_refs for item in found for part in everything(item))
        ]
        return other[:1] != "_" or not callers or not all(map(ends_life, callers))

    def _methods(self, cls: Class) -> dict[str, list[FunctionSummary]]:
        found: dict[str, list[FunctionSummary]] = {}
        for member in self.ownership.universe(cls):
            for name, method in member.summary.methods.items():
                found.setdefault(name, []).append(method)
        return found

    def _handlers_of(self, cls: Class) -> dict[str, set[Handler]]:
        """For each method, the methods that it hands to subscriptions and timers."""
        known = self._handlers.get(cls)
        if known is None:
            known = self._handlers[cls] = {}
            for member in self.ownership.universe(cls):
                for name, method in member.summary.methods.items():
                    scope = Scope(member.module, member, (method,))
                    if handed := self._handed(method, scope):
                        known.setdefault(name, set()).update(handed)
        return known

    def _handed(self, method: FunctionSummary, scope: Scope) -> set[Handler]:
        found: set[Handler] = set()
        for part in everything(method):
            for callback in part.callbacks:
                acquire = self.linker.callee(callback.target, scope).acquire
                if acquire is None:
                    continue
                repeats = not (acquire.once or acquire.one_shot or acquire.kind == "task")
                if callback.ref.startswith("self."):
                    found.add(Handler(callback.ref.removeprefix("self."), repeats))
                elif callback.ref in part.nested:
                    # A lambda or nested function: what it calls is called as often.
                    for inner in everything(part.nested[callback.ref]):
                        found |= {
                            Handler(call.removeprefix("self."), repeats)
                            for call in inner.calls
                            if call.startswith("self.") and call.count(".") == 1
                        }
        return found

    def _fired(self, cls: Class, methods: dict[str, list[FunctionSummary]], field: str) -> set[str]:
        """The handlers that run because what a field holds has fired, and is spent."""
        return {
            handler.name
            for setter, found in self._handlers_of(cls).items()
            if self._writes(methods, setter, field)
            for handler in found
            if not handler.repeats
        }

    @staticmethod
    def _leads_to(methods: dict[str, list[FunctionSummary]], roots: set[str], goal: str) -> bool:
        """Whether a method is one of some others, or called by one of them in the end."""
        seen: set[str] = set()
        queue = [*roots]
        while queue:
            name = queue.pop()
            if name not in seen:
                seen.add(name)
                for method in methods.get(name, ()):
                    for part in everything(method):
                        queue += part.self_refs
        return goal in seen

    @staticmethod
    def _writes(methods: dict[str, list[FunctionSummary]], name: str, field: str) -> bool:
        place = f"self.{field}"
        return any(
            place in part.writes for method in methods.get(name, ()) for part in everything(method)
        )

    def _is_reached(
        self,
        cls: Class,
        methods: dict[str, list[FunctionSummary]],
        roots: set[str],
        goal: str,
        field: str,
    ) -> bool:
        """Whether a repeated method leads to `goal` without a look at the field on the way."""
        place = f"self.{field}"
        seen: set[str] = set()
        members = self.ownership.universe(cls)
        queue = [name for name in roots if name in methods]
        while queue:
            name = queue.pop()
            if name == goal:
                return True
            if name in seen:
                continue
            seen.add(name)
            own = (member for member in members if name in member.summary.methods)
            released = (self.ownership.released_by(member, name, goal) for member in own)
            if any(place in found for found in released):
                continue
            for method in methods[name]:
                parts = list(everything(method))
                if not any(place in part.reads or place in part.writes for part in parts):
                    queue += [
                        call.removeprefix("self.")
                        for part in parts
                        for call in part.calls
                        if call.startswith("self.") and call.removeprefix("self.") in methods
                    ]
        return False

    def _is_open_to_all(self, cls: Class, name: str) -> bool:
        owner = self.linker.owner(cls)
        return owner is not None and owner.may_repeat(name)
