"""What expressions are worth that can be known without running anything.

Literals, constants of modules and classes (imported ones too), members of enums, arithmetic,
`timedelta`, and f-strings as far as they are known. The answer is the set of values that are
possible, or None where any value is.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta

from daemon_lint.linking import Linker
from daemon_lint.refs import FunctionNode, parameters, ref
from daemon_lint.summary import ModuleSummary
from daemon_lint.symbols import Class, External, Instance, ModuleRef, Scope, Symbol
from daemon_lint.trees import Binding, Trees, assigned_to, nearest
from daemon_lint.values import (
    ANYTHING,
    ARITHMETIC,
    TEXT_METHODS,
    Glob,
    Values,
    are_texts,
    combined,
    computed,
    concatenated,
    converted,
    each,
    union,
)


@dataclass(frozen=True, slots=True)
class Place:
    """Where an expression stands: its module, the class around it, the functions around it.

    `cls` is the class that `self` is an instance of, which may be more derived than `home`; `me`
    is what the method calls it. `known` tells what parameters and locals hold there.
    """

    module: ModuleSummary
    cls: Class | None = None
    home: Class | None = None
    functions: tuple[FunctionNode | ast.Lambda, ...] = ()
    me: str = ""
    known: Mapping[str, Values | None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Found:
    """One way in which a name is given a value; `enum` and `member` if that is an enum's."""

    binding: Binding
    place: Place
    enum: Class | None = None
    member: str = ""


_DEPTH = 12
_OUTSIDE = {"daemonbase.SYSTEM_READY": "system:ready", "daemonbase.events.READY": "system:ready"}
_OUTSIDE["daemonbase.events.SYSTEM_READY"] = "system:ready"
_COLLECTING = frozenset("frozenset set tuple list sorted reversed fromkeys iter".split())


class Constants:
    """Evaluates expressions of a project's modules."""

    def __init__(self, linker: Linker, trees: Trees) -> None:
        self.linker = linker
        self.trees = trees

    def text(self, node: ast.expr | None, place: Place) -> str | None:
        """The one text that an expression is, or None."""
        found = self.values(node, place)
        if found is None or len(found) != 1:
            return None
        (value,) = found
        return value if isinstance(value, str) else None

    def texts(self, node: ast.expr | None, place: Place) -> frozenset[str]:
        """The texts that an expression may be, as far as they are known."""
        found = self.values(node, place) or ()
        return frozenset(item for item in found if isinstance(item, str))

    def values(self, node: ast.expr | None, place: Place, depth: int = 0) -> Values | None:
        """What an expression may be; None if that is not known."""
        if node is None or depth > _DEPTH:
            return None
        if isinstance(node, ast.Constant):
            value = node.value
            if isinstance(value, (str, int, float)) and not isinstance(value, bool):
                return frozenset((value,))
            return None
        if isinstance(node, (ast.Name, ast.Attribute)):
            return self._named(node, place, depth)
        if isinstance(node, ast.IfExp):
            return union(self.values(item, place, depth + 1) for item in (node.body, node.orelse))
        if isinstance(node, ast.BinOp):
            return self._binary(node, place, depth)
        if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
            inner = self.values(node.operand, place, depth + 1)
            return each(inner, lambda item: -item if isinstance(item, (int, float)) else None)
        if isinstance(node, ast.JoinedStr):
            return self._joined(node, place, depth)
        if isinstance(node, ast.NamedExpr):
            return self.values(node.value, place, depth + 1)
        if isinstance(node, ast.Call):
            return self._call(node, place, depth)
        return None

    def elements(self, node: ast.expr | None, place: Place, depth: int = 0) -> Values | None:
        """What the elements of a collection may be, or the keys of a mapping."""
        if node is None or depth > _DEPTH:
            return None
        if isinstance(node, (ast.Tuple, ast.List, ast.Set)):
            return union(
                self.elements(item.value, place, depth + 1)
                if isinstance(item, ast.Starred)
                else self.values(item, place, depth + 1)
                for item in node.elts
            )
        if isinstance(node, ast.Dict):
            return union(self.values(key, place, depth + 1) for key in node.keys)
        if isinstance(node, ast.Call):
            name = ref(node.func).rpartition(".")[2]
            if name in _COLLECTING and node.args:
                return self.elements(node.args[0], place, depth + 1)
            if name == "keys" and isinstance(node.func, ast.Attribute):
                return self.elements(node.func.value, place, depth + 1)
            return None
        if isinstance(node, ast.BinOp) and isinstance(node.op, (ast.Add, ast.BitOr)):
            return union(self.elements(item, place, depth + 1) for item in (node.left, node.right))
        if isinstance(node, (ast.Name, ast.Attribute)):
            symbol = self.linker.resolve(ref(node), self.scope(place))
            if isinstance(symbol, Class) and self.is_enum(symbol):
                return self._members(symbol, depth)
            found = self.definitions(node, place, depth)
            if any(item.binding.element for item in found):
                return None
            return union(self.elements(item.binding.value, item.place, depth + 1) for item in found)
        return None

    def scope(self, place: Place) -> Scope:
        """The scope of a place for the linker."""
        if place.home is not None and place.functions:
            name = getattr(place.functions[0], "name", "")
            line = place.functions[0].lineno
            methods = place.home.summary.methods
            summary = methods.get(name)
            if summary is not None and summary.line != line:
                summary = methods.get(f"{name}@{line}", summary)
            if summary is not None:
                return Scope(place.module, place.cls or place.home, (summary,))
        elif place.functions:
            name = getattr(place.functions[0], "name", "")
            if name in place.module.functions:
                return Scope(place.module, None, (place.module.functions[name],))
        return Scope(place.module, place.cls or place.home)

    # --- calls and operators ----------------------------------------------------------------

    def _call(self, node: ast.Call, place: Place, depth: int) -> Values | None:
        name = ref(node.func)
        last = name.removesuffix(".[]").rpartition(".")[2]
        if last in ("str", "float", "int", "Event", "cast") and node.args:
            inner = self.values(node.args[-1], place, depth + 1)
            kinds = {"float": float, "int": int}
            return each(inner, lambda item: converted(item, kinds.get(last)))
        if last == "timedelta":
            return self._timedelta(node, place, depth)
        if isinstance(node.func, ast.Attribute):
            inner = self.values(node.func.value, place, depth + 1)
            if last == "total_seconds":
                return each(
                    inner,
                    lambda item: item.total_seconds() if isinstance(item, timedelta) else None,
                )
            if last in TEXT_METHODS and not node.args:
                change = TEXT_METHODS[last]
                return each(inner, lambda item: change(item) if isinstance(item, str) else None)
        return None

    def _timedelta(self, node: ast.Call, place: Place, depth: int) -> Values | None:
        given: dict[str, float] = {}
        names = ("days", "seconds", "microseconds", "milliseconds", "minutes", "hours", "weeks")
        slots = [*zip(names, node.args, strict=False)]
        slots += [(item.arg or "", item.value) for item in node.keywords]
        for name, value in slots:
            found = self.values(value, place, depth + 1)
            number = next(iter(found)) if found is not None and len(found) == 1 else None
            if name not in names or not isinstance(number, (int, float)):
                return None
            given[name] = number
        try:
            return frozenset((timedelta(**given),))
        except OverflowError:
            return None

    def _binary(self, node: ast.BinOp, place: Place, depth: int) -> Values | None:
        left = self.values(node.left, place, depth + 1)
        right = self.values(node.right, place, depth + 1)
        if isinstance(node.op, ast.Add) and (are_texts(left) or are_texts(right)):
            return combined(left or {ANYTHING}, right or {ANYTHING}, concatenated)
        if left is None or right is None or type(node.op) not in ARITHMETIC:
            return None
        return combined(left, right, lambda one, two: computed(type(node.op), one, two))

    def _joined(self, node: ast.JoinedStr, place: Place, depth: int) -> Values | None:
        found: Values | None = frozenset(("",))
        for item in node.values:
            part: Values | None = None
            if isinstance(item, ast.Constant):
                part = self.values(item, place, depth + 1)
            elif isinstance(item, ast.FormattedValue) and item.format_spec is None:
                part = self.values(item.value, place, depth + 1)
                part = each(part, lambda known: known if isinstance(known, Glob) else str(known))
            found = combined(found or {ANYTHING}, part or {ANYTHING}, concatenated)
        return found

    # --- names ------------------------------------------------------------------------------

    def _named(self, node: ast.Name | ast.Attribute, place: Place, depth: int) -> Values | None:
        if isinstance(node, ast.Name) and node.id in place.known:
            return place.known[node.id]
        found = list(self.definitions(node, place, depth))
        if not found and isinstance(node, ast.Attribute) and node.attr in ("value", "name"):
            members = list(self.definitions(node.value, place, depth))
            if members and all(item.enum is not None for item in members):
                if node.attr == "name":
                    return frozenset(item.member for item in members)
                found = members
        if not found:
            return self._outside(node, place)
        return union(self._value_of(item, depth) for item in found)

    def _value_of(self, item: Found, depth: int) -> Values | None:
        value = item.binding.value
        if item.binding.element:
            return self.elements(value, item.place, depth + 1)
        made = ref(value.func).rpartition(".")[2] if isinstance(value, ast.Call) else ""
        if item.enum is not None and made == "auto":
            plain = "_generate_next_value_" not in item.enum.summary.methods
            known = plain and self._derives(item.enum, "StrEnum")
            return frozenset((item.member.lower(),)) if known else None
        return self.values(value, item.place, depth + 1)

    def _outside(self, node: ast.Name | ast.Attribute, place: Place) -> Values | None:
        symbol = self.linker.resolve(ref(node), Scope(place.module))
        known = _OUTSIDE.get(symbol.name) if isinstance(symbol, External) else None
        return frozenset((known,)) if known is not None else None

    def definitions(self, node: ast.expr, place: Place, depth: int) -> list[Found]:
        """How the name or attribute gets its value; empty where that is not known."""
        if depth > _DEPTH:
            return []
        if isinstance(node, ast.Name):
            return self._of_name(node.id, place, depth, getattr(node, "lineno", 0))
        if not isinstance(node, ast.Attribute):
            return []
        owner = node.value
        if place.cls is not None and self.is_me(owner, place):
            return self.of_field(place.cls, node.attr)
        if place.cls is not None and _is_class_of(owner, place.me):
            return self.of_class(place.cls, node.attr)
        symbol = self.linker.resolve(ref(owner), self.scope(place))
        return self._of_symbol(symbol, node.attr, place.module.path, depth)

    @staticmethod
    def is_me(node: ast.expr, place: Place) -> bool:
        """Whether an expression is the place's own object."""
        return isinstance(node, ast.Name) and bool(place.me) and node.id == place.me

    def _of_symbol(self, symbol: Symbol | None, name: str, near: str, depth: int) -> list[Found]:
        if isinstance(symbol, Class):
            return self.of_class(symbol, name)
        if isinstance(symbol, Instance):
            # Whoever makes a record (`@dataclass`, a model) says what is in it.
            record = symbol.cls.summary.decorators or symbol.cls.summary.bases
            return [] if record else self.of_field(symbol.cls, name)
        if isinstance(symbol, ModuleRef):
            module = self.linker.module(symbol.name, near)
            return self._of_name(name, Place(module), depth + 1) if module is not None else []
        return []

    def _of_name(self, name: str, place: Place, depth: int, line: int = 0) -> list[Found]:
        if depth > _DEPTH:
            return []
        code = self.trees.code(place.module.path)
        if code is None:
            return []
        for index in range(len(place.functions) - 1, -1, -1):
            function = place.functions[index]
            around = replace(place, functions=place.functions[: index + 1])
            local = {} if isinstance(function, ast.Lambda) else code.bindings(function)
            if any(item.arg == name for item in parameters(function.args)):
                return []
            if name in local:
                return [Found(item, around) for item in nearest(local[name], line)]
        if not place.functions and place.home is not None:
            found = self._in_body(place.home, name, place.home)
            if found:
                return found
        found = [Found(item, Place(place.module)) for item in code.bindings().get(name, ())]
        if found:
            return found
        for source, attribute in self._origins(place.module, name):
            module = self.linker.module(source, place.module.path)
            if module is not None and module is not place.module:
                found = self._of_name(attribute, Place(module), depth + 1)
                if found:
                    return found
        return []

    @staticmethod
    def _origins(module: ModuleSummary, name: str) -> Iterator[tuple[str, str]]:
        source, _, attribute = module.imports.get(name, "").partition(":")
        if attribute:
            yield source, attribute
        elif not source:
            yield from ((star, name) for star in reversed(module.stars))

    # --- classes ----------------------------------------------------------------------------

    def of_class(self, cls: Class, name: str) -> list[Found]:
        """How a class's attribute gets its value, in the class or the nearest base that says."""
        for base in self.linker.mro(cls):
            if isinstance(base, Class) and (found := self._in_body(base, name, cls)):
                return found
        return []

    def of_field(self, cls: Class, name: str) -> list[Found]:
        """How an object's field gets its value: in the class's body, and in its methods."""
        found = self.of_class(cls, name)
        for binding, place in self.assigned(cls, name):
            found.append(Found(binding, place))
        return found

    def assigned(self, cls: Class, name: str) -> Iterator[tuple[Binding, Place]]:
        """The values that methods of a class and its bases assign to a field."""
        for base in self.linker.mro(cls):
            if not isinstance(base, Class):
                continue
            code = self.trees.code(base.module.path)
            for method in base.summary.methods.values() if code is not None else ():
                if f"self.{name}" not in method.writes:
                    continue
                node = code.functions.get(method.line) if code is not None else None
                me = method.params[0] if method.params else ""
                place = Place(base.module, cls, base, (node,) if node else (), me)
                yield from ((item, place) for item in assigned_to(node, me, name))

    def _in_body(self, cls: Class, name: str, me: Class) -> list[Found]:
        code = self.trees.code(cls.module.path)
        node = code.classes.get(inner_name(cls)) if code is not None else None
        if code is None or node is None:
            return []
        place = Place(cls.module, me, cls)
        enum = cls if self.is_enum(cls) else None
        return [
            Found(item, place, enum, name if enum else "")
            for item in code.bindings(node).get(name, ())
        ]

    def is_enum(self, cls: Class) -> bool:
        return self._derives(cls, "Enum") or self._derives(cls, "StrEnum")

    def _derives(self, cls: Class, name: str) -> bool:
        return any(
            isinstance(base, str) and base.rpartition(".")[2] == name
            for base in self.linker.mro(cls)
        )

    def _members(self, cls: Class, depth: int) -> Values | None:
        code = self.trees.code(cls.module.path)
        node = code.classes.get(inner_name(cls)) if code is not None else None
        names = code.bindings(node) if code is not None and node is not None else {}
        return union(
            self._value_of(item, depth + 1)
            for name in names
            if not name.startswith("_")
            for item in self._in_body(cls, name, cls)
        )


def inner_name(cls: Class) -> str:
    """The dotted name of a class inside its module."""
    return cls.name.removeprefix(f"{cls.module.name}.")


def _is_class_of(node: ast.expr, me: str) -> bool:
    if isinstance(node, ast.Name):
        return node.id == "cls"
    if isinstance(node, ast.Attribute):
        return node.attr == "__class__" and ref(node.value) == me
    return isinstance(node, ast.Call) and ref(node.func) == "type" and len(node.args) == 1
