"""What the loops of one function tell: what they go through, and what may end them."""

from __future__ import annotations

import ast

from daemon_lint.bindings import Bindings, Notes
from daemon_lint.refs import FunctionNode, literal_elements, own_nodes, ref, subjects


class LoopReader(Bindings):
    """Reads the loops of one function."""

    def __init__(self, node: FunctionNode | ast.Lambda, name: str, me: str, notes: Notes) -> None:
        super().__init__(node, name, me, notes)
        self.self_refs: dict[str, None] = {}
        self.loop_tests: dict[str, None] = {}
        self.loop_awaits: dict[str, None] = {}
        self.listed: dict[str, list[ast.expr]] = {}
        """Loop variables over a short literal, with its elements: bases, names of events."""

    def loop(self, node: ast.For | ast.AsyncFor) -> None:
        self._bind_elements(node.target, node.iter)
        self._bind(node.target, node.iter)
        if isinstance(node.target, ast.Name) and isinstance(node.iter, (ast.Tuple, ast.List)):
            # `for name in ("_a", "_b"): getattr(self, name).cancel()`
            names = {
                f"self.{item.value}"
                for item in node.iter.elts
                if isinstance(item, ast.Constant) and isinstance(item.value, str)
            }
            self.aliases.setdefault(f"@{node.target.id}", set()).update(names)
            self.self_refs.update(dict.fromkeys(name.removeprefix("self.") for name in names))
            self.listed[node.target.id] = literal_elements(node) or []
        elif isinstance(node.target, ast.Name):
            self.any_names.add(f"@{node.target.id}")
        called = node.iter if isinstance(node.iter, ast.Call) else None
        if called is not None and ref(called.func) == "iter" and len(called.args) == 2:
            self.out.loops = True  # `iter(queue.get, None)`
            self._ends_on(called.args[0])

    def comprehension(self, node: ast.comprehension) -> None:
        self._bind_elements(node.target, node.iter)
        self._bind(node.target, node.iter)

    def while_(self, node: ast.While) -> None:
        self.out.loops = True
        self._ends_on(node.test)
        for item in own_nodes(node):
            if isinstance(item, ast.If) and any(
                isinstance(part, (ast.Break, ast.Return, ast.Raise)) for part in item.body
            ):
                self._ends_on(item.test)
            elif isinstance(item, ast.Await):
                call = item.value
                if isinstance(call, ast.Call):
                    self._awaits_in_loop(call)

    def _awaits_in_loop(self, call: ast.Call) -> None:
        """What a loop waits for: `sleep`, an event that ends it, what a queue gives."""
        reference = ref(call.func)
        if reference.rpartition(".")[2] in ("sleep", "wait", "wait_for", "get"):
            self.loop_awaits[reference] = None
            self._ends_on(call)
        elif reference.isidentifier():
            self.loop_awaits[reference] = None  # `from asyncio import sleep as pause`

    def _ends_on(self, test: ast.expr) -> None:
        """A loop may end by the outcome of a test: what is looked at there."""
        for item in ast.walk(test):
            if isinstance(item, (ast.Name, ast.Attribute)):
                self.loop_tests.update(dict.fromkeys(subjects(item, self.me)))

    def _waits(self, call: ast.Call) -> None:
        """`await self._stopped.wait()`: the function goes on when that is set."""
        function = call.func
        if (
            isinstance(function, ast.Attribute)
            and function.attr == "wait"
            and isinstance(function.value, ast.Attribute)
        ):
            self._ends_on(function.value)
