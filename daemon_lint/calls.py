"""Calls on a state: which handles they make, take over, release, or hand back."""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterable
from dataclasses import replace

from daemon_lint.by_name import SUBSCRIBING, handle_by_names
from daemon_lint.evaluate import Evaluator
from daemon_lint.fates import Fate, argument_for, only_looks
from daemon_lint.linking import Callee
from daemon_lint.pairs import Undo, is_for, takes_function, undo_of, undos_of
from daemon_lint.places import Infer, in_parts
from daemon_lint.refs import (
    ACCESSORS,
    COPIES,
    FILLERS,
    is_constructor,
    is_inert,
    literal_elements,
    own_nodes,
    ref,
)
from daemon_lint.states import OLDER, UNKNOWN, Obligation, State, Value
from daemon_lint.symbols import Class, Function, full_name
from daemon_lint.workers import sleeps_in_loop


class Calls(Evaluator):
    """Evaluates the calls of one function."""

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
        elif isinstance(function, ast.Name) and function.id in self.closures:
            state.discharge(self.captured(function.id, state))
            state.discharge(state.env.get(function.id, UNKNOWN).ids)
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
        if name in _CHANGES and (place := self.place(function.value)):
            self.forget(place, state)
        for place in {self.place(function)} | in_parts(receiver.homes, name):
            # `self._unsub()`, `self._links.up()`
            state.discharge(state.env.get(place, UNKNOWN).ids)
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
            if not only_looks(name) and name not in ("remove", "discard", "clear"):
                state.discharge(receiver.ids)
            state.discharge(passed.ids)
            return UNKNOWN
        return None

    def filler_alias(
        self, function: ast.expr, called: Value, values: list[tuple[str, Value]], state: State
    ) -> Value | None:
        """`append = self._unsubs.append; append(handle)`."""
        passed = _all(values)
        if not isinstance(function, ast.Name):
            return None
        bound = self.scope.functions[-1].binds.get(function.id, "")
        if called.homes and passed.ids and bound.rpartition(".")[2] in FILLERS:
            self.put(function, called, passed, state)
            return UNKNOWN
        return None

    def contract_call(self, node: ast.Call, values: list[tuple[str, Value]], state: State) -> Value:
        reference = ref(node.func)
        callee = self.callee(reference)
        if callee.acquire is None and callee.function is None:
            acquire = handle_by_names(reference, self._expected.get(id(node), ""))
            if acquire is None and SUBSCRIBING.match(reference.rpartition(".")[2]):
                acquire = self.linker.kept_elsewhere(reference, self.scope.module)
            if acquire is not None:
                callee = callee._replace(acquire=acquire, confidence="annotation")
            elif self.infer is not None and (found := self.inferred(node, self.infer)):
                callee = found
            elif self.strict and self.is_untyped(callee):
                callee = self.by_name(node, callee)
        last = reference.rpartition(".")[2]
        if last == "partial" or (
            callee.function is None
            and callee.acquire is None
            and (last in COPIES or last == "cast")
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
            if self.record(reference, callee, slot, value):
                flowing |= value.ids
            elif callee.function is not None:
                fate = self.linker.argument_fate(callee.function, slot)
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
        if callee.function is not None:
            self.fill(node, callee.function, state)
        return Value(flowing)

    def fill(self, node: ast.Call, function: Function, state: State) -> None:
        """`follow(feed, self.undo)`: the handles that a callee puts into a container of ours."""
        for name, acquire in self.linker.filled(function):
            target = argument_for(function, name, node)
            if target is not None and self.place(target):
                made = Value(frozenset((self.open(node, Callee("", acquire), state),)))
                self.put(target, self.eval(target, state.copy()), made, state)

    def record(self, reference: str, callee: Callee, slot: str, value: Value) -> bool:
        """Note the class of a record that is made with a handle; False for other calls."""
        symbol = self.linker.resolve(reference, self.scope)
        if not isinstance(symbol, Class) or not self.ownership.holders.is_record(symbol):
            return False
        if callee.function is not None:
            fate = self.linker.argument_fate(callee.function, slot)
            if fate != Fate(fields=fate.fields) or not fate.fields:
                return False
        self.records |= {number % OLDER: symbol for number in value.ids if number > 0}
        return True

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

    def store_by_setter(self, target: ast.Attribute, value: Value, state: State) -> bool:
        """`self.x = h` where x is a property: what its setter does with h; False if it is none."""
        cls = self.scope.cls
        setter = self.linker.setter(cls, target.attr) if cls is not None else None
        if cls is None or setter is None or setter.cls is None:
            return False
        released = self.ownership.deeds(setter.cls, setter.summary).released
        for place in released & state.env.keys():
            state.discharge(state.env[place].ids)
        fate = self.linker.argument_fate(setter, "0")
        if fate.discharged or not fate.fields:
            state.discharge(value.ids)
        for name in fate.fields:
            place = f"self.{name}"
            self.unstore(place, state)
            self.keep(value.ids, frozenset((place,)), state)
            state.env[place] = value
            for number in value.ids:
                self.armed.setdefault(place, number)
        return True

    def inferred(self, node: ast.Call, infer: Infer) -> Callee | None:
        """What another tool's inference says of a call that the index knows nothing of."""
        for name in infer(node):
            found = self.linker.callee_named(name)
            if found.acquire is not None and not found.acquire.owned:
                return found._replace(confidence="inferred")
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
        undo = self.undo_of(node)
        if acquire.kind == "task":
            fits = any(isinstance(item, ast.Call) for item in passed)
        else:
            fits = len(passed) > 1 and undo is not None and takes_function(undo)
        return unknown._replace(acquire=acquire, confidence="name") if fits else unknown

    def undo_call(self, node: ast.Call, state: State) -> None:
        """A call that undoes paired acquires of this path."""
        if not self._has_pairs:
            return
        undo = self.undo_of(node)
        if undo is None:
            return
        undos = [undo]
        if undo.receiver == "self" and self.scope.cls is not None:
            undos += self.ownership.undone_by(self.scope.cls, undo.method)
        state.discharge(
            frozenset(
                number for number in state.open if self.is_undone(self.obligations[number], undos)
            )
        )

    def is_undone(self, obligation: Obligation, undos: Iterable[Undo]) -> bool:
        """Whether one of some calls may undo a paired acquire; False when it is none."""
        method, paired = obligation.acquire.undone_by, obligation.paired
        if paired is None or not method:
            return False
        same = not obligation.acquire.name.startswith("asyncio.")
        return any(
            is_for(undo, paired, method, same) and self.ownership.events.repeats(undo, paired)
            for undo in undos
        )

    def is_undone_each_round(self, obligation: Obligation, undos: Collection[Undo]) -> bool:
        """The same; in a loop over a short literal each of its elements must be undone."""
        node = obligation.node
        listed = {
            loop.target.id: elements
            for loop in own_nodes(self.node)
            if isinstance(loop, (ast.For, ast.AsyncFor))
            and isinstance(loop.target, ast.Name)
            and loop.lineno <= node.lineno <= (loop.end_lineno or loop.lineno)
            and (elements := literal_elements(loop))
        }
        return all(
            self.is_undone(replace(obligation, paired=self.placed(made)), undos)
            for made in undos_of(node, self.me, listed)
        )

    def undo_of(self, node: ast.Call) -> Undo | None:
        """A call as one that may undo something, or that something may undo."""
        found = undo_of(node, self.me)
        return found and self.placed(found)

    def placed(self, undo: Undo) -> Undo:
        """A call of this function's module with where its names mean something."""
        return undo._replace(module=self.scope.module.path)

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
        if self.is_of_own_loop(function):
            return True
        return (
            acquire.kind == "subscription"
            and isinstance(function, ast.Attribute)
            and self.me != ""
            and ref(function.value) in (self.me, "super.()")
            and not acquire.from_elsewhere
            and not self.strict
        )

    def is_of_own_loop(self, function: ast.expr) -> bool:
        """Whether something runs on an event loop that our own object makes and closes."""
        cls = self.scope.cls
        if cls is None or not isinstance(function, ast.Attribute) or self.strict:
            return False
        place = self.place(function.value).removeprefix("self.")
        symbol = self.linker.resolve(ref(function.value), self.scope)
        return (
            "self." + place == self.place(function.value)
            and full_name(symbol) == "asyncio.AbstractEventLoop"
            and self.linker.is_made_here(cls, place)
            and self.ownership.releases_field(cls, place)
        )

    def is_harmless_pair(self, node: ast.Call, callee: Callee) -> bool:
        """A publisher made here ends with us; one that takes no function of ours holds nothing."""
        if any(
            item.arg in _ONCE and isinstance(item.value, ast.Constant) and item.value.value
            for item in node.keywords
        ):
            return True
        undo = self.undo_of(node)
        if undo is None:
            return True
        guessed = callee.function is not None and callee.confidence == "resolved"
        if guessed and not takes_function(undo):
            return True
        return self.is_own_publisher(undo.receiver)

    def is_own_publisher(self, receiver: str) -> bool:
        """Whether an object that is subscribed to is made by our own object, and ends with it."""
        head, _, rest = receiver.partition(".")
        bound = self.scope.functions[-1].binds.get(head, "")
        if bound.startswith(f"{self.me}.") and bound.count(".") == 1:
            head, rest = "self", bound.partition(".")[2]  # `saved = self.saved`
        if head == "self" and self.scope.cls is not None:
            if not rest:
                return not self.strict
            return self.linker.is_made_here(self.scope.cls, rest.partition(".")[0])
        return bound.endswith(".()") and is_constructor(bound[:-3])

    def open(self, node: ast.Call, callee: Callee, state: State) -> int:
        """A new obligation at this call; its number is that of the call, so loops do not grow."""
        assert callee.acquire is not None
        # Counted, not `id(node)`: what is told first must not depend on addresses.
        number = self._numbers.setdefault(id(node), len(self._numbers) + 1)
        if number not in self.obligations:
            handed = self.handed_functions(node)
            worker = handed[0] if handed else None
            kind = callee.acquire.kind
            if kind == "task" and worker is not None and sleeps_in_loop(self.ownership, worker):
                kind = "interval"
            paired = self.undo_of(node) if callee.acquire.undone_by else None
            self._has_pairs |= paired is not None
            self.obligations[number] = Obligation(
                node,
                callee.acquire,
                kind,
                callee.confidence,
                ref(node.func),
                worker,
                tuple(handed[1:]),
                callee.function,
                paired,
            )
        if number in state.open:
            # Another round of a loop: what the round before acquired is a handle of its own.
            self.age(number, state)
        state.open |= {number}
        return number

    def age(self, number: int, state: State) -> None:
        """A handle becomes one of the round before, and that one of any round before."""
        older = number + OLDER
        if older in state.open:
            self.obligations[older + OLDER] = self.obligations[number]
            state.rename(older, older + OLDER)
        self.obligations[older] = self.obligations[number]
        state.rename(number, older)

    def handed_functions(self, node: ast.Call) -> list[Function]:
        """The functions of the project that a call is given; what a task runs comes first."""
        found = []
        for item in [*node.args, *(item.value for item in node.keywords)]:
            function = item.func if isinstance(item, ast.Call) else item
            if isinstance(function, (ast.Name, ast.Attribute)):
                symbol = self.linker.resolve(ref(function), self.scope)
                # Of calls only coroutines are handed on; the rest has run before.
                if isinstance(symbol, Function) and (function is item or symbol.summary.is_async):
                    found.append(symbol)
        return found


_PAIR = frozenset(("",))
"""Where a paired acquire is kept: no place of ours, the publisher has it."""
_CHANGES = FILLERS | frozenset("pop popitem popleft remove discard clear difference_update".split())
"""Methods after which a container may be filled or empty."""
_ONCE = ("once", "disposable", "one_shot", "oneshot")


def _all(values: list[tuple[str, Value]]) -> Value:
    return Value(frozenset().union(*(value.ids for _, value in values)))
