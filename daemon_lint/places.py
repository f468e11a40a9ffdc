"""Where a function keeps things: locals, fields, containers, attributes of objects in fields."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterable

from daemon_lint.closures import discharges
from daemon_lint.fates import everything
from daemon_lint.linking import Callee, Linker
from daemon_lint.ownership import Ownership
from daemon_lint.refs import ITEMS, FunctionNode, own_nodes, ref
from daemon_lint.states import OLDER, UNKNOWN, Choices, Obligation, State, Value
from daemon_lint.symbols import Class, Scope

Infer = Callable[[ast.Call], Iterable[str]]
"""The full names that a call's function may have, by a tool that infers types."""


class Places:
    """What the names, fields and containers of one function hold, and what is put into them."""

    def __init__(
        self,
        node: FunctionNode,
        scope: Scope,
        linker: Linker,
        ownership: Ownership,
        strict: bool,
        infer: Infer | None = None,
    ) -> None:
        """`scope` ends with the function's own summary; `strict` is that of its class."""
        self.node = node
        self.scope = scope
        self.me = scope.me
        self.linker = linker
        self.ownership = ownership
        self.strict = strict
        self.infer = infer
        self.obligations: dict[int, Obligation] = {}
        self._callees: dict[str, Callee] = {}
        self._expected: dict[int, str] = {}
        self._nonlocals: set[str] = set()
        self._globals: set[str] = set()
        self.armed: dict[str, int] = {}
        """Fields that were assigned a handle, with one of its numbers."""
        self.records: dict[int, Class] = {}
        """For handles that a record was made with: the record's class."""
        self._has_pairs = False
        self._numbers: dict[int, int] = {}
        """The numbers of the calls that acquire, by the `id` of their nodes."""
        self.closures = discharges(scope.functions[-1])
        self._has_choice: dict[int, bool] = {}
        self._looked_at: dict[str, tuple[bool, ast.expr | None]] = {}
        self.choices: Choices | None = None
        """How the conditions in the expression being evaluated turn out, if that is followed."""
        for item in own_nodes(node):
            if isinstance(item, ast.Nonlocal):
                self._nonlocals.update(item.names)
            elif isinstance(item, ast.Global):
                self._globals.update(item.names)

    def place(self, node: ast.expr) -> str:
        """A local's name, `self.field`, or an empty string."""
        node = self.plain(node)
        if isinstance(node, ast.Name):
            return node.id
        if (
            isinstance(node, ast.Attribute)
            and isinstance(node.value, ast.Name)
            and node.value.id == self.me
        ):
            return f"self.{node.attr}"
        return ""

    def expect(self, target: ast.expr, value: ast.expr) -> None:
        """Note the annotated type under which the result of a call will be stored."""
        if isinstance(value, ast.Await):
            value = value.value
        place = ref(target).removeprefix(f"{self.me}.")
        if not isinstance(value, ast.Call) or "." in place or not place:
            return
        if isinstance(target, ast.Attribute):
            if self.scope.cls is not None:
                annotation = self.linker.field_annotation(self.scope.cls, place)
                self._expected[id(value)] = annotation
        elif isinstance(target, ast.Name):
            annotation = self.scope.functions[-1].annotations.get(place, "")
            if not annotation.startswith(ITEMS):
                self._expected[id(value)] = annotation.rpartition(".")[2]

    def store(self, target: ast.expr, value: Value, state: State) -> None:
        if isinstance(target, ast.Starred):
            target = target.value
        if isinstance(target, (ast.Tuple, ast.List)):
            for item in target.elts:
                self.store(item, value, state)
        elif isinstance(target, ast.Name):
            self.forget(target.id, state)
            self.overwrite(target.id, value, target, state)
            # Another function sees a nonlocal; only its being released there counts.
            if target.id in self._globals or (
                target.id in self._nonlocals and target.id in self.outer_uses()
            ):
                state.discharge(value.ids)
            state.env[target.id] = value
        elif isinstance(target, ast.Attribute):
            if isinstance(target.value, ast.Name) and target.value.id == self.me:
                place = f"self.{target.attr}"
                self.forget(place, state)
                if self.store_by_setter(target, value, state):
                    return
                self.overwrite(place, value, target, state)
                self.unstore(place, state)
                self.keep(value.ids, frozenset((place,)), state)
                for number in value.ids:
                    if number % OLDER not in self.records:
                        self.armed.setdefault(place, number)
                state.env[place] = value
            else:
                owner = self.eval(target.value, state)
                if value.ids and (place := self.place_in_part(target, owner)):
                    self.keep(value.ids, frozenset((place,)), state)
                    state.env[place] = value
                else:
                    state.discharge(value.ids)
        elif isinstance(target, ast.Subscript):
            container = self.eval(target.value, state)
            key = self.eval(target.slice, state)
            self.put(target.value, container, value | Value(key.ids), state)

    def place_in_part(self, target: ast.Attribute, owner: Value) -> str:
        """`self._left.task`, if our own object makes the one in that field; '' for others."""
        cls = self.scope.cls
        home = next(iter(owner.homes)) if len(owner.homes) == 1 else ""
        if cls is None or home.count(".") != 1:
            return ""
        if self.place(target.value) != home:
            bound = self.scope.functions[-1].binds.get(ref(target.value), "")
            if bound != f"{self.me}.{home.removeprefix('self.')}":
                return ""
        held = self.ownership.holders.made(cls, home.removeprefix("self."))
        if held is None or self.linker.setter(held, target.attr) is not None:
            return ""
        return f"{home}.{target.attr}"

    def store_by_setter(self, target: ast.Attribute, value: Value, state: State) -> bool:
        """`self.x = h` where x is a property: what its setter does with h; False if it is none."""
        return False

    def overwrite(self, place: str, value: Value, target: ast.expr, state: State) -> None:
        """A place is assigned anew: an open handle that only this place holds is lost."""
        for number in state.env.get(place, UNKNOWN).ids & state.open:
            if number in value.ids:
                continue
            if state.stored.get(number, frozenset()) - {place}:
                continue
            if any(number in held.ids for name, held in state.env.items() if name != place):
                continue
            self.lose_overwritten(number, place, value, target, state)
            state.discharge(frozenset((number,)))

    def lose_overwritten(
        self, number: int, place: str, value: Value, target: ast.expr, state: State
    ) -> None:
        """What the flow does about a handle that an assignment loses."""

    def put(self, node: ast.expr, container: Value, value: Value, state: State) -> None:
        """A value goes into a container: a field's, a local one, or a foreign one."""
        if not value.ids:
            return
        if place := self.place(node):
            self.forget(place, state)
        if container.homes:
            if all(self.is_borrowed(place) for place in container.homes):
                state.discharge(value.ids)
            else:
                places = container.homes
                if isinstance(node, ast.Attribute) and not self.place(node):
                    places = in_parts(places, node.attr)
                self.keep(value.ids, places, state)
                for place in places:
                    state.env[place] = state.env.get(place, UNKNOWN) | value
        elif isinstance(node, ast.Name) and self.is_local_container(node.id, state):
            state.env[node.id] = state.env[node.id] | value
        else:
            state.discharge(value.ids)

    def is_borrowed(self, place: str) -> bool:
        """Whether a field's container belongs to another object, which answers for it."""
        cls = self.scope.cls
        return cls is not None and self.linker.is_borrowed(cls, place.split(".")[1])

    def is_local_container(self, name: str, state: State) -> bool:
        return (
            name in state.env
            and name not in self._nonlocals
            and name not in self._globals
            and name != self.me
        )

    def keep(self, ids: frozenset[int], places: frozenset[str], state: State) -> None:
        for number in ids:
            state.stored[number] = state.stored.get(number, frozenset()) | places

    def unstore(self, place: str, state: State) -> None:
        """A field is assigned anew: the handle that this path put there is there no more."""
        for number in state.env.get(place, UNKNOWN).ids:
            rest = state.stored.get(number, frozenset()) - {place}
            if rest:
                state.stored[number] = rest
            else:
                state.stored.pop(number, None)

    def forget(self, name: str, state: State) -> None:
        """Conditions that mention a name say nothing once it is assigned."""
        state.flags.pop(name, None)
        if state.facts:
            if name.startswith("self.") and self.me != "self":
                name = f"{self.me}.{name.removeprefix('self.')}"
            mentioned = re.compile(rf"(?<![\w.]){re.escape(name)}(?!\w)")
            for key in [key for key in state.facts if name in key and mentioned.search(key)]:
                del state.facts[key]

    def outer_uses(self) -> frozenset[str]:
        """Names that another function around or beside this one releases or hands on."""
        own = self.scope.functions[-1]
        return frozenset(
            use.subject
            for part in everything(self.scope.functions[0])
            if part is not own
            for use in part.uses
        )

    def peek(self, node: ast.expr, state: State) -> Value:
        """The value of a name or field, without effects."""
        node = self.plain(node)
        if isinstance(node, ast.NamedExpr):
            node = node.target
        if isinstance(node, ast.Name):
            return state.env.get(node.id, UNKNOWN)
        if (
            isinstance(node, ast.Attribute)
            and isinstance(node.value, ast.Name)
            and node.value.id == self.me
        ):
            return state.env.get(f"self.{node.attr}", UNKNOWN)
        return UNKNOWN

    def plain(self, node: ast.expr) -> ast.expr:
        """`self.x` for `getattr(self, "x", None)`; other expressions as they are."""
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Name)
            and node.func.id == "getattr"
            and len(node.args) > 1
            and isinstance(name := node.args[1], ast.Constant)
            and isinstance(name.value, str)
        ):
            return ast.copy_location(ast.Attribute(node.args[0], name.value, ast.Load()), node)
        return node

    def eval(self, node: ast.expr, state: State) -> Value:
        """The value of an expression; its effects are applied to the state."""
        raise NotImplementedError


def in_parts(homes: frozenset[str], name: str) -> frozenset[str]:
    """Where an attribute of an object in a field is: `self.state.timers`; what is deeper counts
    as an attribute of that object too."""
    return frozenset(f"{'.'.join(home.split('.')[:2])}.{name}" for home in homes)
