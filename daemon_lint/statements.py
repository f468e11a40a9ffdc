"""Simple statements on states: assignments, deletions, definitions, calls on their own."""

from __future__ import annotations

import ast

from daemon_lint.bodies import is_effect
from daemon_lint.linking import never_returns
from daemon_lint.losses import Losses
from daemon_lint.refs import FunctionNode, lambda_name, ref
from daemon_lint.states import UNKNOWN, Exits, State, Value


class Statements(Losses):
    """Runs the statements that hold no others; `flow` runs the rest."""

    def exec_Expr(self, node: ast.Expr, states: list[State]) -> Exits:
        for state in states:
            before = state.open
            value = self.eval(node.value, state)
            for number in (state.open - before) & value.ids:
                self.lose_if_unheld(state, number, node.lineno)
        return Exits() if self.never_returns(node.value) else Exits(next=states)

    def never_returns(self, node: ast.expr) -> bool:
        """Whether a call ends the path: `sys.exit()`, and functions annotated to do so."""
        if isinstance(node, ast.Await):
            node = node.value
        if not isinstance(node, ast.Call):
            return False
        reference = ref(node.func)
        return never_returns(self.callee(reference), reference)

    def exec_Assign(self, node: ast.Assign, states: list[State]) -> Exits:
        target = node.targets[0]
        if isinstance(target, ast.Name) and isinstance(node.value, (ast.Compare, ast.BoolOp)):
            asked = [state for state in states if self.looks_at_handle(node.value, state)]
            if asked:
                known = {id(state) for state in asked}
                rest = [state for state in states if id(state) not in known]
                exits = self.exec_Assign(node, rest) if rest else Exits()
                exits.next += self.name_test(target, node.value, asked)
                return exits
        for state in states:
            if len(node.targets) == 1 and (
                self.assign_pairs(node.targets[0], node.value, state)
                or self.name_lambda(node.targets[0], node.value, state)
            ):
                continue
            self.expect(node.targets[0], node.value)
            value = self.eval(node.value, state)
            for target in node.targets:
                self.store(target, value, state)
                self.note_flag(target, node.value, state)
        return Exits(next=states)

    def looks_at_handle(self, test: ast.expr, state: State) -> bool:
        """Whether a test is about something that may hold a live handle."""
        return any(
            isinstance(item, (ast.Name, ast.Attribute)) and self.peek(item, state).ids & state.open
            for item in ast.walk(test)
        ) and not any(map(is_effect, ast.walk(test)))

    def name_test(self, target: ast.Name, test: ast.expr, states: list[State]) -> list[State]:
        """`busy = task is not None and not task.done()`: what later tests of the name tell."""
        outcomes = self.outcomes(test, states)
        for found, truth in zip(outcomes, (True, False), strict=True):
            for state in found:
                self.store(target, UNKNOWN, state)
                state.flags[target.id] = truth
        return [*outcomes[0], *outcomes[1]]

    def name_lambda(self, target: ast.expr, value: ast.expr, state: State) -> bool:
        """`undo = lambda: handle()` is a nested function by another name."""
        if not isinstance(target, ast.Name) or not isinstance(value, ast.Lambda):
            return False
        if value.args.defaults or value.args.kw_defaults:
            return False
        self.closures[target.id] = self.closures.get(lambda_name(value), frozenset())
        self.store(target, UNKNOWN, state)
        return True

    def assign_pairs(self, target: ast.expr, value: ast.expr, state: State) -> bool:
        """`a, b = x, y` element by element."""
        if (
            isinstance(target, (ast.Tuple, ast.List))
            and isinstance(value, (ast.Tuple, ast.List))
            and len(target.elts) == len(value.elts)
            and not any(isinstance(item, ast.Starred) for item in [*target.elts, *value.elts])
        ):
            values = [self.eval(item, state) for item in value.elts]
            state.env[""] = Value(_all_ids(values))  # `a, b = b, a` loses nothing on the way
            for left, right in zip(target.elts, values, strict=True):
                self.store(left, right, state)
            del state.env[""]
            return True
        return False

    def exec_AnnAssign(self, node: ast.AnnAssign, states: list[State]) -> Exits:
        if node.value is not None:
            for state in states:
                self.expect(node.target, node.value)
                self.store(node.target, self.eval(node.value, state), state)
                self.note_flag(node.target, node.value, state)
        return Exits(next=states)

    def exec_AugAssign(self, node: ast.AugAssign, states: list[State]) -> Exits:
        for state in states:
            value = self.eval(node.value, state)
            self.forget(self.place(node.target), state)
            if value.ids:
                current = self.eval(_loaded(node.target), state)
                self.store(node.target, current | value, state)
        return Exits(next=states)

    def exec_Delete(self, node: ast.Delete, states: list[State]) -> Exits:
        for state in states:
            for target in node.targets:
                if isinstance(target, ast.Name):
                    state.env.pop(target.id, None)
                    self.forget(target.id, state)
        return Exits(next=states)

    def exec_FunctionDef(self, node: FunctionNode, states: list[State]) -> Exits:
        for state in states:
            for decorator in node.decorator_list:
                # `@bus.subscribe(event)` hands the result to nobody; decorators keep for life.
                state.discharge(self.eval(decorator, state).ids)
            if node.decorator_list and node.name in self.closures:
                state.escaped |= {node.name}
            state.env[node.name] = Value(self.defaults(node.args, state))
        return Exits(next=states)

    exec_AsyncFunctionDef = exec_FunctionDef

    def exec_ClassDef(self, node: ast.ClassDef, states: list[State]) -> Exits:
        names = {item.id for item in ast.walk(node) if isinstance(item, ast.Name)}
        for state in states:
            for name in names & state.env.keys():
                state.discharge(state.env[name].ids)  # the class has it
        return Exits(next=states)


def _all_ids(values: list[Value]) -> frozenset[int]:
    return frozenset().union(*(value.ids for value in values))


def _loaded(node: ast.expr) -> ast.expr:
    if isinstance(node, ast.Name):
        return ast.copy_location(ast.Name(node.id, ast.Load()), node)
    if isinstance(node, ast.Attribute):
        return ast.copy_location(ast.Attribute(node.value, node.attr, ast.Load()), node)
    return node
