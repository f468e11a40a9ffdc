"""What the arguments of paired acquires, and of the calls that undo them, stand for.

`EVENT_OPEN`, `Kind.OPEN` and `"open"` may be one event: constants and members of enums count as
what they are worth, or by their full names where that is not known. Names that are bound several
times, and those that do not look like constants, may be anything.
"""

from __future__ import annotations

import ast
from collections.abc import Callable

from daemon_lint.constants import Constants, Place
from daemon_lint.linking import Linker
from daemon_lint.pairs import GLOB, NAMED, Undo, repeats
from daemon_lint.refs import COPIES, ref
from daemon_lint.summary import ModuleSummary
from daemon_lint.symbols import Class, External
from daemon_lint.trees import Trees
from daemon_lint.values import Glob

_DEPTH = 8


class Events:
    """Answers for one linker."""

    def __init__(
        self, linker: Linker, trees: Trees, module_in: Callable[[str], ModuleSummary | None]
    ) -> None:
        """`module_in(path)` gives the summary of the module in a file of the project."""
        self._linker = linker
        self._module_in = module_in
        self._constants = Constants(linker, trees)
        self._settled: dict[Undo, Undo] = {}
        self._known: dict[tuple[str, str], str] = {}

    def repeats(self, undo: Undo, acquire: Undo) -> bool:
        """Whether the arguments of a call may be those of an acquire."""
        return repeats(self._settle(undo), self._settle(acquire))

    def _settle(self, undo: Undo) -> Undo:
        """A call with what the constants among its arguments are worth."""
        known = self._settled.get(undo)
        if known is None:
            args = tuple((slot, self._worth(text, undo.module)) for slot, text in undo.args)
            known = self._settled[undo] = undo._replace(args=args)
        return known

    def _worth(self, text: str, path: str) -> str:
        name = text.removeprefix("name:").removeprefix("*.")
        if name == text or not _is_constant(name):
            return text
        known = self._known.get((name, path))
        if known is None:
            module = self._module_in(path)
            found = ""
            if module is not None:
                node = ast.parse(name, mode="eval").body
                found = self._evaluate(node, Place(module))
            known = self._known[(name, path)] = found or text
        return known

    def _evaluate(self, node: ast.expr, place: Place) -> str:
        """A constant's value, or its full name; an empty string where it may be anything."""
        values = self._constants.values(node, place)
        if values is not None and len(values) == 1:
            (value,) = values
            if isinstance(value, Glob):
                return GLOB + value.text
            return repr(value) if isinstance(value, (str, int)) else ""
        return self._name(node, place) if values is None else ""

    def _name(self, node: ast.expr, place: Place, depth: int = 0) -> str:
        """The full name of a constant, aliases followed."""
        if depth > _DEPTH:
            return ""
        found = self._constants.definitions(node, place, 0)
        if len(found) == 1:
            value = found[0].binding.value
            if isinstance(value, (ast.Name, ast.Attribute)):
                return self._name(value, found[0].place, depth + 1)
            is_one = isinstance(value, ast.Call) and ref(value.func) not in COPIES
            if not (is_one or found[0].enum) or found[0].binding.element:
                return ""
            return f"{NAMED}{found[0].place.module.name}.{ref(node).rpartition('.')[2]}"
        symbol = self._linker.resolve(ref(node), self._constants.scope(place))
        if found or not isinstance(symbol, (Class, External)):
            return ""
        return f"{NAMED}{symbol.name}"


def _is_constant(name: str) -> bool:
    """Whether a dotted name looks like that of a constant, a class or an enum's member."""
    *owners, last = name.split(".")
    if last in ("value", "name") and owners:
        last = owners[-1]
    return name.replace(".", "").isidentifier() and last.lstrip("_")[:1].isupper()
