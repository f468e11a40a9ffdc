"""Calls of a daemon's own methods, followed through its classes as they run.

A *frame* is one call of a function of a daemon: what `self` is there, what the parameters hold,
and where each of them was given its value. `super()`, overrides and helpers of bases are found
along the MRO of the daemon's concrete class.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from daemon_lint.constants import Constants, Place
from daemon_lint.contracts import Base
from daemon_lint.refs import FunctionNode, parameters, ref
from daemon_lint.summary import ModuleSummary
from daemon_lint.symbols import Class, Function
from daemon_lint.values import Values

_DEPTH = 10
_CALLS = 4_000
"""How many calls of one daemon class are followed: helpers that all call each other are many."""


@dataclass(frozen=True, slots=True)
class Site:
    """A call in the source."""

    path: str
    node: ast.Call

    @property
    def line(self) -> int:
        return self.node.lineno


@dataclass(frozen=True, slots=True)
class Frame:
    """One call of a function on behalf of a daemon.

    `given` says for each parameter which call gave it its value.
    """

    place: Place
    node: FunctionNode | ast.Lambda
    given: Mapping[str, Site] = field(default_factory=dict)
    around: tuple[FunctionNode | ast.Lambda, ...] = ()
    """The functions that are being run, this one last."""

    def site(self, call: ast.Call, name: ast.expr | None) -> Site:
        """Where a call gets the value of `name` from: the call itself, or one of a caller."""
        if isinstance(name, ast.Name) and name.id in self.given:
            return self.given[name.id]
        return Site(self.place.module.path, call)


@dataclass(frozen=True, slots=True)
class Own:
    """A method that the strict base itself gives, or that nobody knows: its name."""

    name: str


class Frames:
    """Follows the calls of one daemon class."""

    def __init__(self, constants: Constants, cls: Class, strict: Base) -> None:
        self.constants = constants
        self.linker = constants.linker
        self.cls = cls
        self.strict = strict
        self._left = _CALLS

    def method(self, name: str) -> Frame | None:
        """The frame of a method of the class when somebody calls it."""
        found = self._find(name, None)
        return self.enter(found) if isinstance(found, Function) else None

    def constructed(self, call: ast.Call, frame: Frame) -> Frame | None:
        """The frame of the class's constructor when a call makes an instance."""
        found = self._find("__init__", None)
        return self._enter_called(found, call, frame) if isinstance(found, Function) else None

    def enter(
        self,
        function: Function,
        known: Mapping[str, Values | None] | None = None,
        given: Mapping[str, Site] | None = None,
        around: tuple[FunctionNode | ast.Lambda, ...] = (),
        me: str | None = None,
    ) -> Frame | None:
        """The frame of a function of the project."""
        code = self.constants.trees.code(function.module.path)
        node = code.functions.get(function.summary.line) if code is not None else None
        if node is None or node in around or len(around) >= _DEPTH or self._left <= 0:
            return None
        self._left -= 1
        if me is None:
            params = function.summary.params
            me = params[0] if params and not function.summary.is_static else ""
        place = Place(function.module, self.cls, function.cls, (node,), me, known or {})
        return Frame(place, node, given or {}, (*around, node))

    def called(self, call: ast.Call, frame: Frame) -> Frame | Own | None:
        """What a call runs: a function of the daemon, a method of its base, or something else."""
        return self.function(call.func, call, frame)

    def function(
        self, function: ast.expr, call: ast.Call | None, frame: Frame
    ) -> Frame | Own | None:
        """What an expression that is called, or handed over to be called, runs."""
        place = frame.place
        if isinstance(function, ast.Attribute):
            found = self._attribute(function, call, place)
            if found is not None:
                if isinstance(found, Own):
                    return found
                explicit = not self.constants.is_me(function.value, place) and not (
                    ref(function.value).startswith("super.()")
                )
                return self._enter_called(found, call, frame, skip=1 if explicit else 0)
        if isinstance(function, ast.Name):
            nested = self._nested(function.id, call, frame)
            if nested is not None:
                return nested
            bound = self._alias(function.id, place)
            if bound is not None:
                return self.function(bound, call, frame)
        symbol = self.linker.resolve(ref(function), self.constants.scope(place))
        if not isinstance(symbol, Function) or symbol.parent is not None:
            return None
        plain = symbol.cls is None or symbol.summary.is_static
        return self._enter_called(symbol, call, frame) if plain else None

    # --- finding ----------------------------------------------------------------------------

    def _attribute(
        self, function: ast.Attribute, call: ast.Call | None, place: Place
    ) -> Function | Own | None:
        receiver = function.value
        if self.constants.is_me(receiver, place):
            return self._find(function.attr, None)
        if isinstance(receiver, ast.Call) and ref(receiver.func) == "super":
            after = place.home
            if receiver.args:
                named = self.linker.resolve(ref(receiver.args[0]), self.constants.scope(place))
                after = named if isinstance(named, Class) else after
            return self._find(function.attr, after)
        if call is not None and call.args and self.constants.is_me(call.args[0], place):
            named = self.linker.resolve(ref(receiver), self.constants.scope(place))
            if isinstance(named, Class):
                return self._find(function.attr, named, including=True)
            if getattr(named, "name", "") in self.linker.profile.bases:
                return Own(function.attr)
        return None

    def _find(
        self, name: str, after: Class | None, including: bool = False
    ) -> Function | Own | None:
        """A method along the MRO, behind a class or (`including`) from it on."""
        chain = list(self.linker.mro(self.cls))
        if after is not None:
            if after not in chain:
                return None
            chain = chain[chain.index(after) + (0 if including else 1) :]
        for base in chain:
            if isinstance(base, Class) and base.name not in self.linker.profile.bases:
                method = base.summary.methods.get(name)
                if method is not None:
                    return Function(f"{base.name}.{name}", base.module, method, base, self.cls)
        return Own(name)

    def _nested(self, name: str, call: ast.Call | None, frame: Frame) -> Frame | None:
        for outer in reversed(frame.place.functions):
            for item in ast.walk(outer):
                if (
                    isinstance(item, (ast.FunctionDef, ast.AsyncFunctionDef))
                    and item.name == name
                    and item is not outer
                ):
                    return self.inside(item, call, frame)
        return None

    def inside(
        self, node: FunctionNode | ast.Lambda, call: ast.Call | None, frame: Frame
    ) -> Frame | None:
        """The frame of a function or lambda that stands inside another."""
        if node in frame.around or len(frame.around) >= _DEPTH:
            return None
        place = frame.place
        known, given = _passed(self.constants, node, call, frame, 0, place.module)
        inner = Place(
            place.module,
            place.cls,
            place.home,
            (*place.functions, node),
            place.me,
            {**place.known, **known},
        )
        return Frame(inner, node, {**frame.given, **given}, (*frame.around, node))

    def _alias(self, name: str, place: Place) -> ast.expr | None:
        """`every = self.register_interval`."""
        code = self.constants.trees.code(place.module.path)
        for node in place.functions if code is not None else ():
            bound = code.bindings(node).get(name, []) if code is not None else []
            if len(bound) == 1 and isinstance(bound[0].value, ast.Attribute):
                return bound[0].value
        return None

    def _enter_called(
        self, function: Function, call: ast.Call | None, frame: Frame, skip: int = 0
    ) -> Frame | None:
        code = self.constants.trees.code(function.module.path)
        node = code.functions.get(function.summary.line) if code is not None else None
        if node is None or function.summary.is_property:
            return None
        method = function.cls is not None and not function.summary.is_static
        offset = 1 if method and not skip else 0
        known, given = _passed(self.constants, node, call, frame, offset, function.module)
        me: str | None = None
        if function.cls is None:
            me = _self_parameter(self.constants, node, call, frame)
        return self.enter(function, known, given, frame.around, me)


def _passed(
    constants: Constants,
    node: FunctionNode | ast.Lambda,
    call: ast.Call | None,
    frame: Frame,
    offset: int,
    module: ModuleSummary,
) -> tuple[dict[str, Values | None], dict[str, Site]]:
    """What the parameters of a called function hold, and which call gave it to them."""
    known: dict[str, Values | None] = {}
    given: dict[str, Site] = {}
    positional = [item.arg for item in (*node.args.posonlyargs, *node.args.args)]
    for name, default in defaults(node):
        known[name] = constants.values(default, Place(module))
    if call is None:
        return dict.fromkeys(item.arg for item in parameters(node.args)), {}
    if any(isinstance(item, ast.Starred) for item in call.args) or any(
        item.arg is None for item in call.keywords
    ):
        known = dict.fromkeys(known)
    for name, value in _arguments(call, positional[offset:]):
        known[name] = constants.values(value, frame.place)
        given[name] = frame.site(call, value)
    known |= _packed(constants, node, call, frame, positional[offset:])
    return known, given


def _packed(
    constants: Constants,
    node: FunctionNode | ast.Lambda,
    call: ast.Call,
    frame: Frame,
    positional: list[str],
) -> dict[str, Values | None]:
    """What goes through `*args` and `**kwargs`: the first of the one, the names of the other.

    They stand under `*args` and `**name`; an empty set means that nothing was given.
    """
    known: dict[str, Values | None] = {}
    handed = frame.place.known
    first = call.args[0] if call.args else None
    if isinstance(first, ast.Starred) and isinstance(first.value, ast.Name):
        passed = handed.get(f"*{first.value.id}")
        if positional:
            known |= {positional[0]: passed} if passed != frozenset() else {}
        elif node.args.vararg:
            known[f"*{node.args.vararg.arg}"] = passed
    elif node.args.vararg:
        extra = call.args[len(positional) :]
        known[f"*{node.args.vararg.arg}"] = (
            constants.values(extra[0], frame.place) if extra else frozenset()
        )
    if node.args.kwarg:
        named = {item.arg for item in parameters(node.args)}
        known["**"] = frozenset()
        for item in call.keywords:
            if item.arg == "name" and item.arg not in named:
                known["**"] = constants.values(item.value, frame.place)
            elif item.arg is None:
                known["**"] = handed.get("**")
    elif any(item.arg is None for item in call.keywords) and "name" in positional:
        passed = handed.get("**")
        if passed != frozenset():
            known["name"] = passed
    return known


def _arguments(call: ast.Call, positional: list[str]) -> Iterator[tuple[str, ast.expr]]:
    for name, value in zip(positional, call.args, strict=False):
        if isinstance(value, ast.Starred):
            break
        yield name, value
    for item in call.keywords:
        if item.arg is not None:
            yield item.arg, item.value


def defaults(node: FunctionNode | ast.Lambda) -> Iterator[tuple[str, ast.expr]]:
    """The parameters that have a default."""
    positional = [*node.args.posonlyargs, *node.args.args]
    given = node.args.defaults
    for item, value in zip(positional[len(positional) - len(given) :], given, strict=True):
        yield item.arg, value
    for item, default in zip(node.args.kwonlyargs, node.args.kw_defaults, strict=True):
        if default is not None:
            yield item.arg, default


def _self_parameter(
    constants: Constants, node: FunctionNode, call: ast.Call | None, frame: Frame
) -> str:
    """The parameter of a plain function that is given the daemon itself."""
    positional = [item.arg for item in (*node.args.posonlyargs, *node.args.args)]
    for name, value in _arguments(call, positional) if call is not None else ():
        if constants.is_me(value, frame.place):
            return name
    return ""


def own_argument(call: ast.Call, me: str, position: int, name: str) -> ast.expr | None:
    """An argument of a call of one's own method, as `self.m(…)` or as `Base.m(self, …)`."""
    explicit = bool(me) and bool(call.args) and ref(call.args[0]) == me
    return argument(call, position + (1 if explicit else 0), name)


def argument(call: ast.Call, position: int, name: str) -> ast.expr | None:
    """An argument by position or by name."""
    if len(call.args) > position and not any(
        isinstance(item, ast.Starred) for item in call.args[: position + 1]
    ):
        return call.args[position]
    return next((item.value for item in call.keywords if item.arg == name), None)
