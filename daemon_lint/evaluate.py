"""Expressions on a state: what they hold, acquire, register, release and hand over."""

from __future__ import annotations

import ast

from daemon_lint.linking import Callee
from daemon_lint.places import Places, in_parts
from daemon_lint.refs import (
    ACCESSORS,
    FILLERS,
    RELEASE_METHODS,
    iterated,
    lambda_name,
    ref,
)
from daemon_lint.states import NONE, OLDER, UNKNOWN, State, Value


class Evaluator(Places):
    """Evaluates the expressions of one function."""

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
        places = in_parts(value.homes, node.attr)
        if len(places) == 1 and (held := state.env.get(next(iter(places)))):
            return Value(held.ids, held.none, places)
        # `task.cancel` is the handle bound to its release; other attributes are not the handle.
        if node.attr in RELEASE_METHODS:
            return Value(value.ids, homes=value.homes)
        if node.attr in ACCESSORS:
            return Value(value.ids, homes=value.homes)
        kept = frozenset(number for number in value.ids if number % OLDER in self.records)
        if kept:
            return Value(kept, homes=value.homes)  # any attribute of a record may be the handle
        return Value(homes=value.homes if node.attr in FILLERS else places)

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


def _acts(node: ast.AST) -> bool:
    """Whether an expression may do something or hold something that a condition decides on."""
    return isinstance(node, (ast.Call, ast.Await, ast.NamedExpr, ast.Yield, ast.YieldFrom))
