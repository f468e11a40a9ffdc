"""Which methods of a daemon run only while it ends.

For each concrete class the methods are followed by who mentions whom, through `super()`, overrides
and bases. What also runs while the daemon lives, in any class of the project, is not counted.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from daemon_lint.contracts import Base
from daemon_lint.linking import Linker
from daemon_lint.refs import sounds_like_ending
from daemon_lint.summary import FunctionSummary, ModuleSummary
from daemon_lint.symbols import Class

_AT_THE_END = ("aclose", "__aexit__", "__exit__", "__del__")


class Endings:
    """The methods of a project's daemons that only their end runs."""

    def __init__(self, linker: Linker, daemons: Sequence[tuple[Class, Base]]) -> None:
        self.linker = linker
        self._mentioned: set[str] | None = None
        ending: dict[FunctionSummary, None] = {}
        living: set[FunctionSummary] = set()
        for cls, strict in daemons:
            at_end = [method for name in _ends(strict) for method in self._all(cls, name)]
            ending |= dict.fromkeys(self._reached(cls, at_end))
        for cls, strict in daemons:
            ends = _ends(strict)
            alive = [
                method
                for base in linker.mro(cls)
                if isinstance(base, Class)
                for name, method in base.summary.methods.items()
                if name.partition("@")[0] not in ends
                and (
                    _is_decorated(method)
                    or not (_is_private(name) or (method in ending and sounds_like_ending(name)))
                )
            ]
            living |= set(self._reached(cls, alive))
        # A hook or helper that others may call from outside.
        for cls, strict in daemons:
            for method in cls.summary.methods.values():
                outside = method in ending and method.name not in _ends(strict)
                if outside and self._is_called(method.name):
                    living |= set(self._reached(cls, [method]))
        self._only = {method for method in ending if method not in living}

    def is_at_end(self, method: FunctionSummary) -> bool:
        """Whether a method runs only while its daemon ends."""
        return method in self._only

    def _all(self, cls: Class, name: str) -> Iterator[FunctionSummary]:
        """The implementations of a method that run when it is called: through `super()` too."""
        for base in self.linker.mro(cls):
            method = base.summary.methods.get(name) if isinstance(base, Class) else None
            if method is not None:
                yield method
                if not any(item.method == name for item in method.supers):
                    return

    def _reached(self, cls: Class, start: Iterable[FunctionSummary]) -> dict[FunctionSummary, None]:
        found: dict[FunctionSummary, None] = {}
        waiting = list(start)
        while waiting:
            method = waiting.pop()
            if method in found:
                continue
            found[method] = None
            waiting += method.nested.values()
            for name in method.self_refs:
                waiting += self._all(cls, name)
            for item in method.supers:
                if item.method != method.name:
                    waiting += self._all(cls, item.method)
        return found

    def _is_called(self, name: str) -> bool:
        """Whether code calls, or hands over, a method of this name of another object."""
        if self._mentioned is None:
            self._mentioned = set()
            for module in self.linker.modules():
                self._mentioned |= _mentioned(module)
        return name in self._mentioned


def _ends(strict: Base) -> tuple[str, ...]:
    return (strict.methods["cleanup"], strict.methods["shutdown"], *_AT_THE_END)


def _is_private(name: str) -> bool:
    return name.startswith("_") and not (name.startswith("__") and name.endswith("__"))


_PLAIN = frozenset("staticmethod classmethod override final abstractmethod cooperative".split())


def _is_decorated(method: FunctionSummary) -> bool:
    """Whether a decorator may have handed a method to something that calls it."""
    last = {name.removesuffix(".()").rpartition(".")[2] for name in method.decorators}
    return not last <= _PLAIN


def _mentioned(module: ModuleSummary) -> set[str]:
    found: set[str] = set()
    parts = [(part, "") for part in module.functions.values()]
    for cls in module.classes.values():
        for method in cls.methods.values():
            parts.append((method, method.params[0] if method.params else ""))
    while parts:
        part, me = parts.pop()
        parts += [(nested, me) for nested in part.nested.values()]
        for call in part.calls:
            head, _, last = call.rpartition(".")
            if head and head != me and not head.startswith("super"):
                found.add(last)
        found.update(use.subject[2:] for use in part.uses if use.subject.startswith("*."))
    return found
