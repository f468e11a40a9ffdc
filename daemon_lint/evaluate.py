"""Expressions on a state: what they hold, acquire, register, release and hand over."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterable
from dataclasses import replace

from daemon_lint.by_name import handle_by_names, may_subscribe
from daemon_lint.linking import Callee, Linker
from daemon_lint.names import Function, Scope
from daemon_lint.ownership import NEUTRAL_METHODS, Fate, Ownership, argument_for, everything
from daemon_lint.pairs import takes_function, undo_of
from daemon_lint.refs import (
    ACCESSORS,
    FILLERS,
    RELEASE_METHODS,
    FunctionNode,
    is_constructor,
    is_inert,
    own_nodes,
    ref,
)
from daemon_lint.states import NONE, OLDER, UNKNOWN, Choices, Obligation, State, Value


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
        self._has_choice: dict[int, bool] = {}
        self.choices: Choices | None = None
        """How the conditions in the expression being evaluated turn out, if that is followed."""
        for item in own_nodes(node):
            if isinstance(item, ast.Nonlocal):
                self._nonlocals.update(item.names)
            elif isinstance(item, ast.Global):
                self._globals.update(item.names)

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
            self.eval(target.slice, state)
            self.put(target.value, container, value, state)

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
        return cls is not None and self.linker.is_borrowed(cls, place.removeprefix("self."))

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
        return state.env.get(node.id, UNKNOWN)

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
        return Value(homes=value.homes)

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
        choices, self.choices = self.choices, None  # each round may turn out otherwise
        try:
            return self.comprehension(node, state)
        finally:
            self.choices = choices

    def comprehension(
        self, node: ast.ListComp | ast.SetComp | ast.GeneratorExp | ast.DictComp, state: State
    ) -> Value:
        for generator in node.generators:
            value = self.eval(generator.iter, state)
            self.store(generator.target, value, state)
            for test in generator.ifs:
                self.eval(test, state)
        if isinstance(node, ast.DictComp):
            self.eval(node.key, state)
            return Value(self.eval(node.value, state).ids)
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

    def eval_Call(self, node: ast.Call, state: State) -> Value:
        plain = self.plain(node)
        if plain is not node:
            return self.eval(plain, state)
        function = node.func
        if isinstance(function, ast.Attribute):
            receiver = self.eval(function.value, state)
        else:
            receiver = UNKNOWN
        arguments = [(str(index), item) for index, item in enumerate(node.args)]
        arguments += [(item.arg or "**", item.value) for item in node.keywords]
        values = [(slot, self.eval(item, state)) for slot, item in arguments]
        self.undo_call(node, state)

        if isinstance(function, ast.Attribute):
            handled = self.method_call(node, function, receiver, values, state)
            if handled is not None:
                return handled
        else:
            called = self.eval(function, state)
            if called.ids:
                state.discharge(called.ids)
                return UNKNOWN
            filled = self.filler_alias(function, called, values, state)
            if filled is not None:
                return filled
        return self.contract_call(node, values, state)

    def method_call(
        self,
        node: ast.Call,
        function: ast.Attribute,
        receiver: Value,
        values: list[tuple[str, Value]],
        state: State,
    ) -> Value | None:
        """A method of a handle or of a container; None when it is neither."""
        name = function.attr
        passed = _all(values)
        if name in FILLERS and passed.ids:
            callee = self.callee(ref(function))
            if not callee.registers and callee.function is None:
                self.put(function.value, receiver, passed, state)
                return UNKNOWN
        if name in ACCESSORS and (receiver.ids or receiver.homes):
            return Value(receiver.ids, homes=receiver.homes)
        if receiver.ids and not receiver.homes - set(state.env):
            if name == "start":
                return Value(receiver.ids)
            if name not in NEUTRAL_METHODS and name not in ("remove", "discard", "clear"):
                state.discharge(receiver.ids)
            state.discharge(passed.ids)
            return UNKNOWN
        return None

    def filler_alias(
        self, function: ast.expr, called: Value, values: list[tuple[str, Value]], state: State
    ) -> Value | None:
        """`append = self._unsubs.append; append(handle)`."""
        passed = _all(values)
        if called.homes and passed.ids and isinstance(function, ast.Name):
            self.put(function, called, passed, state)
            return UNKNOWN
        return None

    def contract_call(self, node: ast.Call, values: list[tuple[str, Value]], state: State) -> Value:
        reference = ref(node.func)
        callee = self.callee(reference)
        if callee.acquire is None and callee.function is None:
            acquire = handle_by_names(reference, self._expected.get(id(node), ""))
            if acquire is None and may_subscribe(reference):
                acquire = self.linker.kept_elsewhere(reference, self.scope.module)
            if acquire is not None:
                callee = replace(callee, acquire=acquire, confidence="annotation")
            elif self.infer is not None and (found := self.inferred(node, self.infer)):
                callee = found
            elif self.strict and self.is_untyped(callee):
                callee = self.by_name(node, callee)
        last = reference.rpartition(".")[2]
        if last == "partial" or (
            callee.function is None and callee.acquire is None and last in _COPIES
        ):
            return Value(_all(values).ids)
        if callee.registers or callee.releases:
            state.discharge(_all(values).ids)
            return UNKNOWN
        self.own_call(reference, callee, state)
        flowing: frozenset[int] = frozenset()
        for slot, value in values:
            if not value.ids:
                continue
            if callee.function is not None:
                fate = self.ownership.argument_fate(callee.function, slot)
                if fate.returned and not fate.discharged:
                    flowing |= value.ids
                self.meet(fate, callee.function, value, node, state)
            elif not is_inert(reference):
                state.discharge(value.ids)
        if (
            callee.acquire is not None
            and not callee.acquire.owned
            and not self.is_harmless(node, callee)
        ):
            number = self.open(node, callee, state)
            if callee.acquire.undone_by:
                self.keep(frozenset((number,)), _PAIR, state)
                return UNKNOWN
            return Value(frozenset((number,)), none=False)
        return Value(flowing)

    def meet(
        self, fate: Fate, function: Function, value: Value, node: ast.Call, state: State
    ) -> None:
        """A handle given to a function of the project meets its fate there."""
        if fate.discharged:
            state.discharge(value.ids)
        if fate.fields:
            if function.receiver is not None and function.receiver is self.scope.cls:
                self.keep(value.ids, frozenset(f"self.{name}" for name in fate.fields), state)
            else:
                state.discharge(value.ids)
        for name in fate.params:
            target = argument_for(function, name, node)
            if target is None:
                state.discharge(value.ids)
            else:
                self.put(target, self.eval(target, state.copy()), value, state)

    def inferred(self, node: ast.Call, infer: Infer) -> Callee | None:
        """What another tool's inference says of a call that the index knows nothing of."""
        for name in infer(node):
            found = self.linker.callee_named(name)
            if found.acquire is not None and not found.acquire.owned:
                return replace(found, confidence="inferred")
        return None

    def is_untyped(self, callee: Callee) -> bool:
        """Whether nothing tells what the receiver is: at most it is a field of a strict class."""
        base = self.linker.strict_base(self.scope.cls) if self.scope.cls is not None else None
        return not callee.name or (
            base is not None
            and callee.name.removeprefix(f"{base.name}.").count(".") == 1
            and callee.name.startswith(f"{base.name}.")
        )

    def by_name(self, node: ast.Call, unknown: Callee) -> Callee:
        """In a strict class a call of an unknown object counts by its bare name and its shape."""
        if not isinstance(node.func, ast.Attribute):
            return unknown
        acquire = self.linker.profile.acquires.get(node.func.attr)
        if acquire is None:
            return unknown
        passed = [*node.args, *(item.value for item in node.keywords)]
        undo = undo_of(node, self.me)
        if acquire.kind == "task":
            fits = any(isinstance(item, ast.Call) for item in passed)
        else:
            fits = len(passed) > 1 and undo is not None and takes_function(undo)
        return replace(unknown, acquire=acquire, confidence="name") if fits else unknown

    def undo_call(self, node: ast.Call, state: State) -> None:
        """A call that undoes paired acquires of this path."""
        if not self._has_pairs:
            return
        undo = undo_of(node, self.me)
        if undo is None:
            return
        undos = [undo]
        if undo.receiver == "self" and self.scope.cls is not None:
            undos += self.ownership.undone_by(self.scope.cls, undo.method)
        state.discharge(
            frozenset(
                number
                for number in state.open
                if any(self.obligations[number].is_undone_by(item) for item in undos)
            )
        )

    def own_call(self, reference: str, callee: Callee, state: State) -> None:
        """A call of a method of the same object: the fields it releases hold nothing any more."""
        receiver, _, method = reference.rpartition(".")
        if receiver not in (self.me, "super.()") or not receiver or self.scope.cls is None:
            return
        held = [name for name, value in state.env.items() if name[:5] == "self." and value.ids]
        if not held:
            return
        released = self.ownership.released_by(self.scope.cls, method)
        for place in held:
            ids = state.env[place].ids
            if place in released:
                state.discharge(ids)
            elif callee.function is None:
                state.discharge(frozenset(number for number in ids if number < 0))

    def callee(self, reference: str) -> Callee:
        found = self._callees.get(reference)
        if found is None:
            found = self._callees[reference] = self.linker.callee(reference, self.scope)
        return found

    def is_harmless(self, node: ast.Call, callee: Callee) -> bool:
        """A subscription to oneself ends with oneself; one that calls nothing keeps nothing."""
        function, acquire = node.func, callee.acquire
        assert acquire is not None
        if acquire.undone_by and self.is_harmless_pair(node, callee):
            return True
        if acquire.kind == "subscription" and any(
            isinstance(item, ast.Lambda) and isinstance(item.body, ast.Constant)
            for item in node.args
        ):
            return True
        return (
            acquire.kind == "subscription"
            and isinstance(function, ast.Attribute)
            and isinstance(function.value, ast.Name)
            and function.value.id == self.me != ""
            and not acquire.from_elsewhere
            and not self.strict
        )

    def is_harmless_pair(self, node: ast.Call, callee: Callee) -> bool:
        """A publisher made here ends with us; one that takes no function of ours holds nothing."""
        if any(
            item.arg in _ONCE and isinstance(item.value, ast.Constant) and item.value.value
            for item in node.keywords
        ):
            return True
        undo = undo_of(node, self.me)
        if undo is None:
            return True
        guessed = callee.function is not None and callee.confidence == "resolved"
        if guessed and not takes_function(undo):
            return True
        head, _, rest = undo.receiver.partition(".")
        if head == "self" and self.scope.cls is not None:
            if not rest:
                return not self.strict
            return self.linker.is_made_here(self.scope.cls, rest.partition(".")[0])
        bound = self.scope.functions[-1].binds.get(head, "")
        return bound.endswith(".()") and is_constructor(bound[:-3])

    def open(self, node: ast.Call, callee: Callee, state: State) -> int:
        """A new obligation at this call; its number is that of the call, so loops do not grow."""
        assert callee.acquire is not None
        number = id(node)
        if number not in self.obligations:
            handed = self.handed_functions(node)
            worker = handed[0] if handed else None
            kind = callee.acquire.kind
            if kind == "task" and worker is not None and worker.summary.sleeps_in_loop:
                kind = "interval"
            paired = undo_of(node, self.me) if callee.acquire.undone_by else None
            self._has_pairs |= paired is not None
            self.obligations[number] = Obligation(
                node,
                callee.acquire,
                kind,
                callee.confidence,
                ref(node.func),
                worker,
                tuple(handed[1:]),
                paired,
            )
        if number in state.open:
            # Another round of a loop: what the round before acquired is a handle of its own.
            older = number + OLDER
            self.obligations[older] = self.obligations[number]
            state.rename(number, older)
        state.open |= {number}
        return number

    def handed_functions(self, node: ast.Call) -> list[Function]:
        """The functions of the project that a call is given; what a task runs comes first."""
        found = []
        for item in [*node.args, *(item.value for item in node.keywords)]:
            if isinstance(item, ast.Call):
                item = item.func
            if isinstance(item, (ast.Name, ast.Attribute)):
                symbol = self.linker.resolve(ref(item), self.scope)
                if isinstance(symbol, Function):
                    found.append(symbol)
        return found


Infer = Callable[[ast.Call], Iterable[str]]
"""The full names that a call's function may have, by a tool that infers types."""
_PAIR = frozenset(("",))
"""Where a paired acquire is kept: no place of ours, the publisher has it."""
_ONCE = ("once", "disposable", "one_shot", "oneshot")
_COPIES = frozenset("list tuple set frozenset dict reversed sorted iter cast".split())


def _acts(node: ast.AST) -> bool:
    """Whether an expression may do something or hold something that a condition decides on."""
    return isinstance(node, (ast.Call, ast.Await, ast.NamedExpr, ast.Yield, ast.YieldFrom))


def _all(values: list[tuple[str, Value]]) -> Value:
    return Value(frozenset().union(*(value.ids for _, value in values)))
