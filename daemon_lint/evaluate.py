"""Expressions on a state: what they hold, acquire, register, release and hand over."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterable

from daemon_lint.closures import discharges
from daemon_lint.fates import everything
from daemon_lint.linking import Callee, Linker
from daemon_lint.ownership import Ownership
from daemon_lint.refs import (
    ACCESSORS,
    FILLERS,
    ITEMS,
    RELEASE_METHODS,
    FunctionNode,
    iterated,
    lambda_name,
    own_nodes,
    ref,
)
from daemon_lint.states import NONE, UNKNOWN, Choices, Obligation, State, Value
from daemon_lint.symbols import Scope


class Evaluator:
    """Evaluates the expressions of one function."""

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
        self._has_pairs = False
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
                    self.armed.setdefault(place, number)
                state.env[place] = value
            else:
                self.eval(target.value, state)
                state.discharge(value.ids)
        elif isinstance(target, ast.Subscript):
            container = self.eval(target.value, state)
            key = self.eval(target.slice, state)
            self.put(target.value, container, value | Value(key.ids), state)

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
                self.keep(value.ids, container.homes, state)
                for place in container.homes:
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

    def callee(self, reference: str) -> Callee:
        found = self._callees.get(reference)
        if found is None:
            found = self._callees[reference] = self.linker.callee(reference, self.scope)
        return found

    def eval(self, node: ast.expr, state: State) -> Value:
        """The value of an expression; its effects are applied to the state."""
        handler = getattr(self, f"eval_{type(node).__name__}", None)
        if handler is not None:
            value: Value = handler(node, state)
            return value
        ids: frozenset[int] = frozenset()
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.expr):
                ids |= self.eval(child, state).ids
        return Value(ids)

    def eval_Name(self, node: ast.Name, state: State) -> Value:
        value = state.env.get(node.id, UNKNOWN)
        if node.id in self.closures:
            return value | self.escape_closure(node.id, state)
        return value

    def escape_closure(self, name: str, state: State) -> Value:
        """A nested function is used as a value: with it goes what it discharges."""
        state.escaped |= {name}
        return Value(self.captured(name, state))

    def captured(self, closure: str, state: State) -> frozenset[int]:
        """The handles that a nested function, called now, would discharge."""
        names = self.closures[closure]
        return frozenset().union(*(state.env.get(name, UNKNOWN).ids for name in names))

    def escaping(self, state: State) -> frozenset[str]:
        """Names that nested functions which were handed on may yet discharge."""
        return frozenset().union(*(self.closures[name] for name in state.escaped))

    def eval_Constant(self, node: ast.Constant, state: State) -> Value:
        return NONE if node.value is None else Value(none=False)

    def eval_Attribute(self, node: ast.Attribute, state: State) -> Value:
        if isinstance(node.value, ast.Name) and node.value.id == self.me:
            place = f"self.{node.attr}"
            known = state.env.get(place, UNKNOWN)
            return Value(known.ids, known.none, frozenset((place,)))
        value = self.eval(node.value, state)
        # `task.cancel` is the handle bound to its release; other attributes are not the handle.
        if node.attr in RELEASE_METHODS:
            return Value(value.ids, homes=value.homes)
        if node.attr in ACCESSORS:
            return Value(value.ids, homes=value.homes)
        if node.attr in FILLERS:
            return Value(homes=value.homes)
        # `self.state.timers`: what an object in a field holds.
        return Value(homes=frozenset(f"{place}.{node.attr}" for place in value.homes))

    def eval_Compare(self, node: ast.Compare, state: State) -> Value:
        for item in (node.left, *node.comparators):
            self.eval(item, state)
        return Value(none=False)

    def eval_UnaryOp(self, node: ast.UnaryOp, state: State) -> Value:
        self.eval(node.operand, state)
        return Value(none=False)

    def eval_JoinedStr(self, node: ast.JoinedStr, state: State) -> Value:
        for item in node.values:
            self.eval(item, state)
        return Value(none=False)

    def eval_Subscript(self, node: ast.Subscript, state: State) -> Value:
        value = self.eval(node.value, state)
        self.eval(node.slice, state)
        return Value(value.ids, homes=value.homes)

    def eval_Await(self, node: ast.Await, state: State) -> Value:
        value = self.eval(node.value, state)
        if isinstance(node.value, ast.Call):
            function = self.callee(ref(node.value.func)).function
            if function is not None and function.summary.is_async:
                return value  # the coroutine is awaited, not the task that it returns
        tasks = frozenset(
            number for number in value.ids if self.obligations[number].acquire.kind == "task"
        )
        state.discharge(tasks)
        return Value(value.ids - tasks, value.none)

    def eval_Yield(self, node: ast.Yield | ast.YieldFrom, state: State) -> Value:
        if node.value is not None:
            state.discharge(self.eval(node.value, state).ids)
        return UNKNOWN

    eval_YieldFrom = eval_Yield

    def eval_NamedExpr(self, node: ast.NamedExpr, state: State) -> Value:
        value = self.eval(node.value, state)
        self.store(node.target, value, state)
        return value

    def eval_List(self, node: ast.List | ast.Tuple | ast.Set, state: State) -> Value:
        value = Value()
        for item in node.elts:
            value = value | self.eval(item, state)
        return Value(value.ids)

    eval_Tuple = eval_List

    eval_Set = eval_List

    def eval_Dict(self, node: ast.Dict, state: State) -> Value:
        ids: frozenset[int] = frozenset()
        for item in [*node.keys, *node.values]:
            if item is not None:
                ids |= self.eval(item, state).ids
        return Value(ids)

    def eval_ListComp(
        self, node: ast.ListComp | ast.SetComp | ast.GeneratorExp | ast.DictComp, state: State
    ) -> Value:
        names = [
            item.id
            for generator in node.generators
            for item in ast.walk(generator.target)
            if isinstance(item, ast.Name)
        ]
        outside = {name: state.env.pop(name) for name in names if name in state.env}
        choices, self.choices = self.choices, None  # each round may turn out otherwise
        try:
            return self.comprehension(node, state)
        finally:
            # The variables of a comprehension are its own.
            self.choices = choices
            for name in names:
                state.env.pop(name, None)
            state.env.update(outside)

    def comprehension(
        self, node: ast.ListComp | ast.SetComp | ast.GeneratorExp | ast.DictComp, state: State
    ) -> Value:
        for generator in node.generators:
            value = self.eval(generator.iter, state)
            self.store(generator.target, value, state)
            for test in generator.ifs:
                self.eval(test, state)
        before = state.open
        value = self.element(node, state)
        first = node.generators[0]
        if state.open - before and not first.ifs:
            self.assume(iterated(first.iter), state, True)  # else there is no handle
        return value

    def element(
        self, node: ast.ListComp | ast.SetComp | ast.GeneratorExp | ast.DictComp, state: State
    ) -> Value:
        """What a comprehension collects in one round."""
        if isinstance(node, ast.DictComp):
            return Value(self.eval(node.key, state).ids | self.eval(node.value, state).ids)
        return Value(self.eval(node.elt, state).ids)

    eval_SetComp = eval_ListComp

    eval_GeneratorExp = eval_ListComp

    eval_DictComp = eval_ListComp

    def eval_IfExp(self, node: ast.IfExp, state: State) -> Value:
        self.eval(node.test, state)
        truth = self.decide(node.test, state)
        if truth is None:
            return self.eval(node.body, state) | self.eval(node.orelse, state)
        return self.eval(node.body if truth else node.orelse, state)

    def eval_BoolOp(self, node: ast.BoolOp, state: State) -> Value:
        is_and = isinstance(node.op, ast.And)
        value = self.eval(node.values[0], state)
        for before, item in zip(node.values, node.values[1:], strict=False):
            truth = self.decide(before, state)
            if truth is None:
                value = value | self.eval(item, state)
            elif truth is is_and:
                value = self.eval(item, state)
            else:
                break
        return value

    def decide(self, test: ast.expr, state: State) -> bool | None:
        """How a condition within an expression turns out on this path; None where both count."""
        yes = self.assume(test, state.copy(), True)
        no = self.assume(test, state.copy(), False)
        if yes and no:
            if self.choices is None:
                return None
            yes = self.choices.next()
        self.assume(test, state, yes)
        return yes

    def assume(self, test: ast.expr, state: State, truth: bool) -> bool:
        """Refine a state by the outcome of a test; False when that cannot be."""
        return True

    def has_choice(self, node: ast.stmt) -> bool:
        """Whether a statement has conditional expressions whose outcome may matter."""
        known = self._has_choice.get(id(node))
        if known is None:
            value = getattr(node, "value", None)
            known = self._has_choice[id(node)] = any(
                isinstance(item, (ast.IfExp, ast.BoolOp))
                and (item is value or any(map(_acts, ast.walk(item))))
                for item in ast.walk(node)
            )
        return known

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

    def eval_Lambda(self, node: ast.Lambda, state: State) -> Value:
        own = {item.arg for item in node.args.args}
        ids = self.defaults(node.args, state)
        name = lambda_name(node)
        if name in self.closures:
            ids |= self.escape_closure(name, state).ids
        for item in ast.walk(node.body):
            if isinstance(item, ast.Name) and item.id not in own:
                ids |= state.env.get(item.id, UNKNOWN).ids
            elif isinstance(item, ast.Attribute):
                ids |= self.peek(item, state).ids
        return Value(ids)

    def defaults(self, arguments: ast.arguments, state: State) -> frozenset[int]:
        """What a function takes with it in its parameters: `lambda handle=handle: handle()`."""
        given = [*arguments.defaults, *(item for item in arguments.kw_defaults if item is not None)]
        return frozenset().union(*(self.eval(item, state).ids for item in given))


Infer = Callable[[ast.Call], Iterable[str]]
"""The full names that a call's function may have, by a tool that infers types."""


def _acts(node: ast.AST) -> bool:
    """Whether an expression may do something or hold something that a condition decides on."""
    return isinstance(node, (ast.Call, ast.Await, ast.NamedExpr, ast.Yield, ast.YieldFrom))
