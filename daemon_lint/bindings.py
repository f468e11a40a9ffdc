"""Where values go in one function: names, fields and containers, and the uses of each."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from daemon_lint.by_name import may_subscribe
from daemon_lint.refs import (
    ANY_FIELD,
    AWAITED,
    RELEASE_METHODS,
    FunctionNode,
    annotation_ref,
    argument_subjects,
    function_refs,
    is_computed,
    is_constructor,
    is_container,
    ref,
    subjects,
)
from daemon_lint.summary import Callback, FunctionSummary, Returned, Use


@dataclass(slots=True)
class Notes:
    """What a function's body tells of its class and module."""

    imports: list[ast.Import | ast.ImportFrom] = field(default_factory=list)
    fields: list[tuple[str, str, bool]] = field(default_factory=list)
    """`self.x` with the ref of its type, and whether that comes from an annotation."""
    borrowed: list[str] = field(default_factory=list)
    """Fields that are given a parameter or another object's field."""
    made: list[str] = field(default_factory=list)
    """Fields that are given the result of a constructor."""
    containers: list[str] = field(default_factory=list)
    """Fields that are given a new list, dict or set."""
    subscribed: list[tuple[str, str]] = field(default_factory=list)
    """Fields that are given the result of a call that sounds like subscribing, with its ref."""
    local_classes: list[tuple[str, ast.ClassDef]] = field(default_factory=list)
    """The classes defined in functions, each with the `inside` of its function."""
    renamed: dict[str, str] = field(default_factory=dict)
    """What `from typing import final as sealed` calls by another name."""
    bounds: dict[str, str] = field(default_factory=dict)
    """Type variables read so far, with the refs of their bounds."""
    depth: int = 0
    """How many functions the one being read lies in."""

    def type_parameters(self, node: ast.AST) -> None:
        """Remember the bounds of `def f[T: Bound]` and `class C[T: Bound]` (PEP 695)."""
        for item in getattr(node, "type_params", ()):
            if bound := annotation_ref(getattr(item, "bound", None)):
                self.bounds[item.name] = bound


class Bindings:
    """What the names of one function are bound to, and what is done with that."""

    def __init__(self, node: FunctionNode | ast.Lambda, name: str, me: str, notes: Notes) -> None:
        self.node = node
        self.me = me
        self.notes = notes
        self.out = FunctionSummary(name=name, line=node.lineno, column=node.col_offset + 1)
        self.uses: dict[Use, None] = {}
        self.callbacks: dict[Callback, None] = {}
        self.aliases: dict[str, set[str]] = {}
        self.call_sources: dict[str, set[str]] = {}
        self.returned: dict[Returned, None] = {}
        self.any_names: set[str] = set()
        """Loop variables over what nobody knows: as names of fields they stand for any field."""

    def _with_origins(self, names: Iterable[str]) -> dict[str, None]:
        """Subjects with all that they may be taken from."""
        found: dict[str, None] = {}
        waiting = list(names)
        while waiting:
            name = waiting.pop()
            if name not in found:
                found[name] = None
                waiting += self.aliases.get(name, ())
        return found

    def _origins(self, name: str) -> dict[str, None]:
        """The calls that a local's value came from, by other locals and containers too."""
        found: dict[str, None] = {}
        seen: set[str] = set()
        waiting = [name]
        while waiting:
            local = waiting.pop()
            if local in seen:
                continue
            seen.add(local)
            found |= dict.fromkeys(sorted(self.call_sources.get(local, ())))
            waiting += self.aliases.get(local, ())
            waiting += [
                use.subject for use in self.uses if use.verb == "store" and use.target == local
            ]
        return found

    def _spread_aliases(self) -> None:
        """A use of a local is a use of whatever the local was taken from."""
        changed = bool(self.aliases) or any(use.subject[:1] == "@" for use in self.uses)
        while changed:
            changed = False
            for use in list(self.uses):
                origins: Iterable[str] = self.aliases.get(use.subject, ())
                if use.subject[:1] == "@" and (not origins or use.subject in self.any_names):
                    origins = {*origins, *ANY_FIELD}  # an attribute whose name nobody knows
                for origin in origins:
                    copy = use._replace(subject=origin)
                    if copy not in self.uses and self._counts(copy):
                        self.uses[copy] = None
                        changed = True

    def _spread_into(
        self, nested: Iterable[FunctionSummary], aliases: Mapping[str, set[str]]
    ) -> None:
        """A nested function that uses a copy of a parameter uses the parameter.

        Of other locals it does not: they may hold something else by the time that it runs.
        """
        for part in nested:
            own = {*part.params, *part.binds}  # names of its own, which hide those around
            seen = {name: found for name, found in aliases.items() if name not in own}
            uses = dict.fromkeys(part.uses)
            for use in part.uses:
                origins, waiting = {use.subject}, [use.subject]
                while waiting:
                    more = seen.get(waiting.pop(), set()) - origins
                    origins |= more
                    waiting += more
                for name in self.out.params:
                    if name in origins:
                        uses[use._replace(subject=name)] = None
            part.uses = tuple(uses)
            self._spread_into(part.nested.values(), seen)

    def use(self, found: Iterable[str], verb: str, target: str = "", slot: str = "") -> None:
        for subject in found:
            use = Use(subject, verb, target, slot)
            if self._counts(use):
                self.uses[use] = None

    @staticmethod
    def _counts(use: Use) -> bool:
        """Fields by computed names count only where they are released on the spot."""
        if not is_computed(use.subject):
            return True
        return use.verb == "release" and use.target != DISPATCH

    def escape(self, value: ast.expr | None, verb: str) -> None:
        self.use(argument_subjects(value, self.me), verb)

    def _note_field(self, target: ast.expr, value: ast.expr) -> None:
        """The type of `self.x`, from a constructor call or an annotated parameter."""
        name = self._own_field(target)
        if name and is_container(value):
            self.notes.containers.append(name)
        kind = ref(value)
        if not name or not kind:
            return
        if kind.endswith(".()") and may_subscribe(kind[:-3]):
            self.notes.subscribed.append((name, kind[:-3]))
        if isinstance(value, (ast.Name, ast.Attribute)):
            self.notes.borrowed.append(name)
        elif kind.endswith(".()") and (
            is_constructor(kind[:-3]) or kind.endswith("new_event_loop.()")
        ):
            self.notes.made.append(name)
        head, _, rest = kind.partition(".")
        annotation = self.out.annotations.get(head, "")
        if annotation and head in self.out.params:
            kind = f"{annotation}.@.{rest}" if rest else annotation
        elif head in self.out.params and not rest:
            return
        else:
            kind = f"={kind}"
        self.notes.fields.append((name, kind, False))

    def _own_field(self, target: ast.expr) -> str:
        if (
            isinstance(target, ast.Attribute)
            and isinstance(target.value, ast.Name)
            and target.value.id == self.me
        ):
            return target.attr
        return ""

    def _bind(self, target: ast.expr, value: ast.expr) -> None:
        if isinstance(target, (ast.Tuple, ast.List)):
            if isinstance(value, (ast.Tuple, ast.List)) and len(value.elts) == len(target.elts):
                for left, right in zip(target.elts, value.elts, strict=True):
                    self._bind(left, right)
            else:
                for left in target.elts:
                    self._bind(left, value)
            return
        if isinstance(target, ast.Starred):
            target = target.value
        if isinstance(value, ast.Await) and isinstance(value.value, ast.Name):
            found = frozenset[str]()  # what a task gives is not the task
        else:
            found = argument_subjects(value, self.me)
        if isinstance(target, ast.Name):
            self.aliases.setdefault(target.id, set()).update(found - {target.id})
            callee = ref(value)
            if callee and not (isinstance(value, ast.Name) and value.id == target.id):
                self.out.binds.setdefault(target.id, callee)
            self._note_sources(target.id, value)
        else:
            if isinstance(target, ast.Subscript):
                found |= subjects(target.slice, self.me)
                if isinstance(target.value, ast.Name):
                    self._note_sources(target.value.id, value)
            for place in subjects(target, self.me) or {"*"}:
                self.use(found, "store", field_or_foreign(place))
            if not (isinstance(value, ast.Call) and is_constructor(ref(value.func))):
                for name in function_refs(value, self.me):
                    self.callbacks[Callback(ref(target), name)] = None

    def _note_sources(self, name: str, value: ast.expr) -> None:
        """Remember the calls that a local, or a container in it, is given the results of."""
        awaited = AWAITED if isinstance(value, ast.Await) else ""
        call = value.value if isinstance(value, ast.Await) else value
        if isinstance(call, ast.Call):
            if found := ref(call.func):
                self.call_sources.setdefault(name, set()).add(awaited + found)
        else:
            for part in parts_of(value):
                self._note_sources(name, part)

    def _bind_elements(self, target: ast.expr, items: ast.expr) -> None:
        """What a loop's variable is: an element, or the value of an item."""
        found = ref(items)
        if found.endswith(".items.()") and isinstance(target, ast.Tuple) and len(target.elts) == 2:
            found, target = found.removesuffix("items.()") + "values.()", target.elts[1]
        if found and isinstance(target, ast.Name):
            self.out.binds.setdefault(target.id, f"{_elements(items) or found}.[]")

    def _returns(self, value: ast.expr | None) -> None:
        if isinstance(value, ast.Await) and isinstance(value.value, ast.Call):
            self.returned[Returned(AWAITED + ref(value.value.func))] = None
        elif isinstance(value, ast.Call):
            self.returned[Returned(ref(value.func))] = None
        elif isinstance(value, ast.Name):
            self.returned[Returned("", value.id)] = None
            self.returned[Returned(value.id)] = None
        elif isinstance(value, ast.Attribute) and value.attr in RELEASE_METHODS:
            self._returns(value.value)  # `return task.cancel`
        else:
            for part in parts_of(value):
                self._returns(part)
        for found in function_refs(value, self.me):
            self.callbacks[Callback("return", found)] = None


DISPATCH = "with arguments"
"""Marks the release of a callable that is given arguments."""


def parts_of(value: ast.expr | None) -> list[ast.expr]:
    """The values that an expression may be, or that it collects."""
    if isinstance(value, ast.IfExp):
        return [value.body, value.orelse]
    if isinstance(value, (ast.BoolOp, ast.Dict)):
        return value.values
    if isinstance(value, (ast.List, ast.Tuple, ast.Set)):
        return value.elts
    if isinstance(value, (ast.ListComp, ast.SetComp)):
        return [value.elt]
    if isinstance(value, ast.DictComp):
        return [value.value]
    return []


def _elements(items: ast.expr) -> str:
    """The ref of the collection behind `list(x)`, `sorted(x)` and the like; or ''."""
    if isinstance(items, ast.Call) and len(items.args) >= 1:
        name = ref(items.func)
        if name in ("list", "tuple", "set", "sorted", "reversed", "frozenset", "iter"):
            return _elements(items.args[0]) or ref(items.args[0])
    return ""


def field_or_foreign(subject: str) -> str:
    return "*" if subject.startswith("*") else subject
