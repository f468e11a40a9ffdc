"""The names that daemons go by, as far as they are known.

A daemon is called what its constructor hands to that of the strict base, else by its class's
`name`, else like its class. The constructor is followed through the bases, for each call that
makes a daemon of that class.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from daemon_lint.constants import Constants, Place, inner_name
from daemon_lint.contracts import Base
from daemon_lint.frames import Frame, Frames, Own, argument
from daemon_lint.refs import FunctionNode, inside, ref
from daemon_lint.summary import ModuleSummary
from daemon_lint.symbols import Class, Scope
from daemon_lint.values import ANYTHING, Glob, Values, union

UNKNOWN: Values = frozenset((ANYTHING,))
_EMITTING = ("emit", "publish", "fire", "send")
_DEFAULT: Values = frozenset()
"""Nothing was given: the class says the name."""


@dataclass(frozen=True, slots=True)
class Made:
    """A place where a daemon may be made: the call, or None where its class is only mentioned."""

    cls: Class | None
    call: ast.Call | None
    place: Place
    skip: int = 0
    """How many arguments stand before the constructor's own: 1 in `partial(Worker, "a")`."""


class Naming:
    """The names of the daemons of a project."""

    def __init__(self, constants: Constants, strict: dict[Class, Base]) -> None:
        self.constants = constants
        self.linker = constants.linker
        self.strict = strict

    # --- what a class says ------------------------------------------------------------------

    def of_class(self, cls: Class) -> Values:
        """What a daemon of a class is called whose maker gives no name."""
        if self.linker.is_abstract(cls):
            return frozenset()
        for base in self.linker.mro(cls):
            methods = base.summary.methods if isinstance(base, Class) else {}
            maker = methods.get("__init_subclass__")
            if "name" in methods or (maker is not None and "self.name" in maker.writes):
                return UNKNOWN
            if isinstance(base, Class) and not _KEEPS_NAME.issuperset(
                map(_last, base.summary.decorators)
            ):
                return UNKNOWN
        defined = self.constants.of_class(cls, "name")
        own = cls.summary.name.rpartition(".")[2]
        if not defined:
            return frozenset((own,))
        values = self.constants.values(
            ast.Attribute(ast.Name("cls", ast.Load()), "name", ast.Load()),
            Place(cls.module, cls, cls),
        )
        if values is None:
            return UNKNOWN
        return frozenset(item if item != "" else own for item in values if _is_name(item))

    def of_ordinary(self, cls: Class) -> set[str]:
        """What a class without a strict base calls its instances, as far as it says so itself."""
        init = cls.summary.methods.get("__init__")
        code = self.constants.trees.code(cls.module.path)
        node = code.functions.get(init.line) if code is not None and init is not None else None
        if init is not None and node is not None:
            place = Place(cls.module, cls, cls, (node,), init.params[0] if init.params else "")
            given = [
                value
                for call in ast.walk(node)
                if isinstance(call, ast.Call) and ref(call.func) == "super.().__init__"
                if (value := argument(call, 0, "name")) is not None
            ]
            found = {self.constants.text(value, place) for value in given}
            if known := {name for name in found if name is not None}:
                return known
        named = self.of_class(cls) or ()
        known = {name for name in named if isinstance(name, str) and name}
        return known or {cls.summary.name.rpartition(".")[2]}

    def of_constructor(self, cls: Class) -> Values | None:
        """What a daemon of a class is called whose maker gives nothing that has a default."""
        if self.linker.is_abstract(cls):
            return frozenset()
        frames = Frames(self.constants, cls, self.strict[cls])
        init = frames.method("__init__")
        names: Values | None = _DEFAULT
        if init is not None:
            empty = ast.Call(ast.Name(cls.summary.name, ast.Load()), [], [])
            entered = frames.constructed(empty, Frame(Place(cls.module), init.node))
            names = self._of_init(entered, frames) if entered is not None else None
        if names == _DEFAULT:
            names = self.of_class(cls)
        for binding, place in self.constants.assigned(cls, "name"):
            given = self.constants.values(binding.value, place)
            names = names | given if names is not None and given is not None else UNKNOWN
        return names

    # --- what its maker says ----------------------------------------------------------------

    def of_made(self, made: Made) -> Values:
        """What a daemon is called that is made here."""
        cls = made.cls
        if cls is None:
            given = self._given(made)
            return given if given is not None else UNKNOWN
        names = self._through_init(cls, made)
        if names is None:
            return UNKNOWN
        return self.of_class(cls) if names == _DEFAULT else names

    def _given(self, made: Made) -> Values | None:
        """The name that a call hands over on the spot."""
        call = made.call
        if call is None:
            return None
        value = argument(call, made.skip, "name")
        if value is None:
            hidden = any(isinstance(item, ast.Starred) for item in call.args) or any(
                item.arg is None for item in call.keywords
            )
            return None if hidden or made.skip else _DEFAULT
        if isinstance(value, ast.Constant) and value.value is None:
            return _DEFAULT
        return self.constants.values(value, made.place)

    def _through_init(self, cls: Class, made: Made) -> Values | None:
        frames = Frames(self.constants, cls, self.strict[cls])
        init = frames.method("__init__")
        if init is None:
            return self._given(made)
        if made.call is not None and not made.skip:
            outer = Frame(made.place, init.node)
            entered = frames.constructed(made.call, outer)
        else:
            entered = init  # its parameters are not known
        if entered is None:
            return None
        return self._of_init(entered, frames)

    def _of_init(self, frame: Frame, frames: Frames) -> Values | None:
        """What a constructor hands to that of the strict base, through those between."""
        found: Values | None = _DEFAULT
        for node in ast.walk(frame.node):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
                continue
            if node.func.attr != "__init__":
                continue
            called = frames.called(node, frame)
            if isinstance(called, Own):
                given = self._handed(node, frame)
            elif called is not None:
                given = self._of_init(called, frames)
            else:
                continue
            found = None if given is None or found is None else found | given
        return found

    def _handed(self, call: ast.Call, frame: Frame) -> Values | None:
        """The name in the call of the strict base's own constructor."""
        explicit = 1 if call.args and self.constants.is_me(call.args[0], frame.place) else 0
        args = call.args[explicit:]
        if args and isinstance(args[0], ast.Starred):
            inner = args[0].value
            key = f"*{inner.id}" if isinstance(inner, ast.Name) else ""
            return frame.place.known.get(key)
        value = args[0] if args else argument(call, len(call.args), "name")
        if value is None:
            if any(item.arg is None for item in call.keywords):
                return frame.place.known.get("**")
            return _DEFAULT
        if isinstance(value, ast.Constant) and value.value is None:
            return _DEFAULT
        if isinstance(value, ast.BoolOp) and isinstance(value.op, ast.Or):
            parts = [self._default_or(item, frame) for item in value.values]
            # The last one counts where the others are nothing.
            return union(part for part in parts if part != _DEFAULT)
        return self._default_or(value, frame)

    def _default_or(self, value: ast.expr, frame: Frame) -> Values | None:
        """A name, or one part of `name or "data"`: nothing where a parameter is None by default."""
        name = value.id if isinstance(value, ast.Name) else ""
        given = frame.place.known.get(name, _DEFAULT)
        if given is None and _is_none_by_default(frame, name):
            return _DEFAULT
        return self.constants.values(value, frame.place)

    # --- where they are made ----------------------------------------------------------------

    def makers(self, modules: Iterable[ModuleSummary]) -> Iterator[Made]:
        """The places in modules where daemons are made, or may be."""
        modules = list(modules)
        words = {cls.summary.name.rpartition(".")[2] for cls in self.strict}
        words |= {name.rpartition(".")[2] for name in self.linker.profile.bases}
        homes = {cls.module.name for cls in self.strict}
        for module in modules:
            aliases = {
                name
                for name, origin in module.imports.items()
                if origin.rpartition(":")[2] in words or origin in homes
            }
            if aliases or module.name in homes or homes & set(module.stars):
                code = self.constants.trees.code(module.path)
                if code is not None:
                    yield from self._in_tree(code.source.tree, module, words | aliases)

    def _in_tree(self, tree: ast.Module, module: ModuleSummary, words: set[str]) -> Iterator[Made]:
        waiting: list[tuple[ast.AST, Place, bool]] = [(tree, Place(module), False)]
        while waiting:
            node, place, neutral = waiting.pop()
            if isinstance(node, (ast.Name, ast.Attribute)) and isinstance(node.ctx, ast.Load):
                last = node.attr if isinstance(node, ast.Attribute) else node.id
                made = self._mentioned(node, place) if last in words and not neutral else None
                if made is not None:
                    yield made
                    continue
            if isinstance(node, ast.Call):
                made = self._called(node, place)
                if made is not None:
                    yield made
                    waiting += [
                        (item, place, made.skip > 0 and item is node.args[0])
                        for item in (*node.args, *(key.value for key in node.keywords))
                    ]
                    continue
            inner = _inside(node, place, self.linker.class_of)
            for name, value in ast.iter_fields(node):
                quiet = neutral or _is_neutral(node, name)
                for item in value if isinstance(value, list) else (value,):
                    if isinstance(item, ast.AST):
                        waiting.append((item, inner, quiet))

    def _called(self, call: ast.Call, place: Place) -> Made | None:
        """`Worker("a")`, `partial(Worker, "a")`."""
        name = ref(call.func)
        skip = 0
        target = call.func
        if name.rpartition(".")[2] == "partial" and call.args:
            skip, target = 1, call.args[0]
        found = self._class(target, place)
        return Made(found[0], call, place, skip) if found is not None else None

    def _mentioned(self, node: ast.expr, place: Place) -> Made | None:
        """A class as a value: whoever gets it may make daemons, and name them."""
        found = self._class(node, place)
        if found is None:
            return None
        cls = found[0]
        named = cls is not None and bool(self.constants.of_class(cls, "name"))
        if cls is not None and named and self.of_constructor(cls) is not None:
            return None
        return Made(cls, None, place)

    def _class(self, node: ast.expr, place: Place) -> tuple[Class | None] | None:
        """The daemon class that an expression names; (None,) for the strict base itself."""
        symbol = self.linker.resolve(ref(node), Scope(place.module))
        if isinstance(symbol, Class) and symbol in self.strict:
            return (symbol,)
        name = getattr(symbol, "name", "")
        return (None,) if name in self.linker.profile.bases and ref(node) else None

    def calls(self, node: ast.AST, place: Place) -> Iterator[tuple[ast.Call, Place]]:
        """The calls inside a module or function in the order of the source, with their places."""
        for child in ast.iter_child_nodes(node):
            inner = _inside(child, place, self.linker.class_of)
            if isinstance(child, ast.Call):
                yield child, place
            yield from self.calls(child, inner)

    def announced(self, module: ModuleSummary) -> Iterator[Values]:
        """The names that a module announces by hand, as daemons do."""
        calls = {call.rpartition(".")[2] for part in calls_of(module) for call in part}
        if not any(call.startswith(_EMITTING) for call in calls):
            return
        code = self.constants.trees.code(module.path)
        for call, place in self.calls(code.source.tree, Place(module)) if code else ():
            if len(call.args) + len(call.keywords) > 1:
                yield from self._announcement(call, place)

    def _announcement(self, call: ast.Call, place: Place) -> Iterator[Values]:
        values = [*call.args, *(item.value for item in call.keywords)]
        if "system:ready" not in self.constants.texts(values[0], place):
            return
        if not ref(call.func).rpartition(".")[2].startswith(_EMITTING):
            return
        for item in values[1:]:
            found = (
                [
                    value
                    for key, value in zip(item.keys, item.values, strict=True)
                    if isinstance(key, ast.Constant) and key.value == "daemon"
                ]
                if isinstance(item, ast.Dict)
                else []
            )
            for value in found:
                own = place.cls in self.strict and ref(value) == f"{place.me}.name"
                if not own:
                    yield self.constants.values(value, place) or UNKNOWN
            if not found:
                yield UNKNOWN


_KEEPS_NAME = frozenset("final dataclass runtime_checkable total_ordering deprecated".split())
"""Decorators of classes that do not say what their daemons are called."""


def _last(decorator: str) -> str:
    return decorator.removesuffix(".()").rpartition(".")[2]


def calls_of(module: ModuleSummary) -> Iterator[tuple[str, ...]]:
    """What each function of a module calls, as refs."""
    parts = list(module.functions.values())
    for cls in module.classes.values():
        parts += cls.methods.values()
    while parts:
        part = parts.pop()
        parts += part.nested.values()
        yield part.calls


def _is_none_by_default(frame: Frame, name: str) -> bool:
    """Whether a parameter is None unless the maker says otherwise, and this one does not."""
    if name in frame.given:
        return False
    arguments = frame.node.args
    positional = [*arguments.posonlyargs, *arguments.args]
    pairs = [
        *zip(reversed(positional), reversed(arguments.defaults), strict=False),
        *zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True),
    ]
    return any(
        item.arg == name and isinstance(default, ast.Constant) and default.value is None
        for item, default in pairs
    )


def _is_name(value: object) -> bool:
    return isinstance(value, (str, Glob))


_NEUTRAL = {
    "bases", "keywords", "annotation", "returns", "type_params", "type", "cls",
}  # fmt: skip


def _is_neutral(node: ast.AST, name: str) -> bool:
    """Whether what stands in a field of a node only names a class, and makes nothing of it."""
    if isinstance(node, ast.Call):
        return name == "args" and ref(node.func) in ("isinstance", "issubclass", "super", "cast")
    if isinstance(node, ast.Attribute):
        return True
    if isinstance(node, ast.Subscript):
        return ref(node.value).rpartition(".")[2] in ("type", "Type", "list", "dict", "Final")
    if isinstance(node, ast.keyword):
        return node.arg in ("bound", "spec", "spec_set")
    return name in _NEUTRAL


def _inside(node: ast.AST, place: Place, class_of: Callable[[ModuleSummary, str], Class]) -> Place:
    """The place of what stands inside a node."""
    if isinstance(node, ast.ClassDef):
        prefix = f"{inner_name(place.home)}." if place.home is not None else ""
        if place.functions:
            around = place.functions[-1]
            prefix = "" if isinstance(around, ast.Lambda) else inside(around)
        name = prefix + node.name
        if name in place.module.classes:
            cls = class_of(place.module, name)
            return Place(place.module, cls, cls)
        return place
    if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)):
        me = place.me
        if not place.functions and place.home is not None:
            me = _first_parameter(node)
        return Place(place.module, place.cls, place.home, (*place.functions, node), me, place.known)
    return place


def _first_parameter(node: FunctionNode | ast.Lambda) -> str:
    positional = [*node.args.posonlyargs, *node.args.args]
    return positional[0].arg if positional else ""
