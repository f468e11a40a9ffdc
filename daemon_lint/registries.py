"""In which fields a class keeps the handles that its end of life releases."""

from __future__ import annotations

import re

from daemon_lint.fates import everything
from daemon_lint.ownership import Ownership
from daemon_lint.refs import FILLERS
from daemon_lint.symbols import Class, Scope

_HANDLES = frozenset(
    "Task Future Unsubscribe TimerHandle Handle Timer Thread CALLBACK_TYPE Subscription".split()
)
_HANDLE_NAMES = re.compile(
    r"(?i)task|timer|unsub|subs$|subscription|listener|handle|cleanup|interval|thread|dispos|remover"
)


class Registries:
    """Answers for the classes of a project."""

    def __init__(self, ownership: Ownership) -> None:
        self.ownership = ownership
        self._known: dict[Class, frozenset[str]] = {}

    def of(self, cls: Class) -> frozenset[str]:
        """The collections that a class's own methods fill with handles and others drain."""
        known = self._known.get(cls)
        if known is None:
            kept = {*cls.summary.containers, *cls.summary.shared}
            known = self._known[cls] = frozenset(
                field for field in kept if self._is_registry(cls, field)
            )
        return known

    def _is_registry(self, cls: Class, field: str) -> bool:
        subject = f"self.{field}"
        filled: set[str] = set()
        makers: set[str] = set()  # methods that put in more than what other fields hold
        for name, method in cls.summary.methods.items():
            for part in everything(method):
                calls = (call.rpartition(".") for call in part.calls)
                stored = [u.subject for u in part.uses if u.verb == "store" and u.target == subject]
                appends = any(head == subject and last in FILLERS for head, _, last in calls)
                if stored or appends:
                    filled.add(name)
                if appends or any(item[:5] != "self." for item in stored):
                    makers.add(name)
        return (
            bool(filled)
            and self._holds_handles(cls, field, makers)
            and any(
                subject in self.ownership.deeds(cls, method).released
                for name, method in cls.summary.methods.items()
                if name not in filled
            )
            and subject in self.ownership.end_of_life(cls).released
        )

    def _holds_handles(self, cls: Class, field: str, fillers: set[str]) -> bool:
        """Whether a collection is one of handles: by its annotation, what is put in, its name."""
        kind, items, element = cls.summary.fields.get(field, "").partition("@items:")
        if items and not kind:
            return element.rpartition(".")[2] in _HANDLES
        linker = self.ownership.linker
        for name in fillers:
            method = cls.summary.methods[name]
            scope = Scope(cls.module, cls, (method,))
            if any(linker.callee(call, scope).acquire for call in method.calls):
                return True
        return _HANDLE_NAMES.search(field) is not None
