"""Summaries of functions: one pass over a function's own nodes."""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import Any

from daemon_lint import order
from daemon_lint.bindings import DISPATCH, Notes, field_or_foreign
from daemon_lint.bodies import (
    does_work,
    is_docstring,
    is_sentinel,
    names_awaitable,
    only_raises,
    truth_of,
)
from daemon_lint.decorators import contract
from daemon_lint.loops import LoopReader
from daemon_lint.pairs import Undo, is_undoing, mention_of, undos_of
from daemon_lint.refs import (
    FILLERS,
    RELEASE_METHODS,
    FunctionNode,
    annotation_ref,
    argument_subjects,
    function_refs,
    inside,
    is_constructor,
    is_inert,
    is_suppressing,
    lambda_name,
    own_nodes,
    parameters,
    ref,
    sounds_like_ending,
    subjects,
)
from daemon_lint.signatures import signature
from daemon_lint.source import first_line
from daemon_lint.summary import Callback, Final, FunctionSummary, Returned, SelfCall, Super


class FunctionReader(LoopReader):
    """Collects one function's summary in one pass over its own nodes."""

    def __init__(self, node: FunctionNode | ast.Lambda, name: str, me: str, notes: Notes) -> None:
        super().__init__(node, name, me, notes)
        self.calls: dict[str, set[str]] = {}
        """Each call's ref, with the calls that take its results; '' where none does."""
        self.takers: dict[int, str] = {}
        self.writes: dict[str, None] = {}
        self.reads: dict[str, None] = {}
        self.emptied: dict[str, None] = {}
        self.receivers: dict[str, list[ast.expr]] = {}
        """For attributes of other objects: those objects."""
        self.supers: list[tuple[Super, ast.AST]] = []
        self.self_calls: list[tuple[SelfCall, ast.Attribute]] = []
        self.plain_supers: set[int] = set()
        """Calls of `super` of which nothing but an attribute is taken."""
        self.awaited: set[int] = set()
        self.dropped: set[int] = set()
        """Functions of calls whose result nothing is done with."""
        self.idle: set[int] = set()
        """Attributes that are statements of their own."""
        self.finals: dict[Final, None] = {}
        self.undos: dict[Undo, None] = {}
        self.called: set[int] = set()
        self.taken_back: set[int] = set()
        """Arguments of calls that take something back: a callback named there is not called."""

    def read(self) -> FunctionSummary:
        out, node = self.out, self.node
        arguments = parameters(node.args)
        out.params = tuple(argument.arg for argument in arguments)
        self.notes.type_parameters(node)
        bounds = self.notes.bounds
        out.annotations = {
            argument.arg: bounds.get(found, found)
            for argument in arguments
            if (found := annotation_ref(argument.annotation))
        }
        if isinstance(node, ast.Lambda):
            self.escape(node.body, "return")
            if isinstance(node.body, ast.Call):
                self.returned[Returned(ref(node.body.func))] = None
        nodes = own_nodes(node)
        for item in nodes:
            handler = _HANDLERS.get(item.__class__)
            if handler is not None:
                handler(self, item)
        out.branches |= not _BRANCHES.isdisjoint(map(type, nodes))
        self._spread_aliases()
        if not isinstance(node, ast.Lambda) and self.me:
            self._order(node)
        self._spread_into(out.nested.values(), self.aliases)
        for returned in list(self.returned):
            if returned.via and not returned.ref:
                del self.returned[returned]
                for origin in self._origins(returned.via):
                    self.returned[Returned(origin, returned.via)] = None
        out.uses = tuple(self.uses)
        out.calls = tuple(self.calls)
        out.handed = {
            call: tuple(sorted(takers)) for call, takers in self.calls.items() if "" not in takers
        }
        out.self_refs = tuple(self.self_refs)
        out.writes, out.reads = tuple(self.writes), tuple(self.reads)
        out.emptied = tuple(self.emptied)
        out.loop_tests = tuple(self._with_origins(self.loop_tests))
        out.loop_awaits = tuple(self.loop_awaits)
        out.returned = tuple(found for found in self.returned if found.ref)
        foreign = {use.subject[2:]: None for use in self.uses if use.subject[:2] == "*."}
        for attribute in foreign:
            refs = dict.fromkeys(map(ref, self.receivers.get(attribute, ())))
            if refs and all(refs):
                out.receivers[attribute] = tuple(refs)
        out.fills = tuple(
            (name, call)
            for name in out.params
            if name != self.me and name not in out.binds
            for call in sorted(self.call_sources.get(name, ()))
        )
        out.supers = tuple(
            item._replace(awaited=id(node) in self.awaited) for item, node in self.supers
        )
        out.self_calls = tuple(
            item._replace(dropped=id(node) in self.dropped) for item, node in self.self_calls
        )
        out.callbacks = tuple(self.callbacks)
        out.finals = tuple(
            Final(name, final.until)
            for final in self.finals
            for name in self._with_origins([final.subject])
            if name[:5] == "self."
        )
        out.undos = tuple(self.undos)
        return out

    def _order(self, node: FunctionNode) -> None:
        """What the order of the statements tells."""
        if node.name in order.FIRST:
            self.out.armed = tuple(order.armed_first(node, self.me))
        if len(node.body) == 1 and not isinstance(node.body[0], (ast.While, ast.For, ast.AsyncFor)):
            return  # one statement has no order
        self.out.again = tuple(dict.fromkeys(order.called_again(node, self.me)))
        if node.name != "__init__" and any(use.subject[:5] == "self." for use in self.uses):
            empty = order.reset_first(node, self.me)
            self.uses = {use: None for use in self.uses if use.subject not in empty}
        for fields, ended in order.behind_waits(node, self.me):
            for field in sorted(fields):
                for subject in sorted(ended):
                    self.finals[Final(subject, field)] = None

    # Each method below handles one node type.

    def call(self, node: ast.Call) -> None:
        function = node.func
        callee = ref(function)
        if callee in ("getattr", "hasattr") and len(node.args) > 1:
            self._by_name(callee, node.args[1], node.args[0])
        if callee:
            self.calls.setdefault(callee, set()).add(self.takers.get(id(node), ""))
        if callee == self.me != "":
            self.self_refs["__call__"] = None
        if isinstance(function, ast.Attribute):
            receiver = function.value
            if is_undoing(function.attr):
                self.called.add(id(function))
                self.taken_back.update(map(id, node.args))
                for undo in undos_of(node, self.me, self.listed):
                    if undo.args or undo.method not in RELEASE_METHODS:
                        self.undos[undo] = None
            if function.attr in RELEASE_METHODS and not (function.attr == "remove" and node.args):
                self.use(subjects(receiver, self.me), "release")
                if function.attr != "join":  # who is waited for is not told to end
                    self.writes.update(dict.fromkeys(subjects(receiver, self.me)))
            elif function.attr in ("set", "clear", "set_result") or (
                function.attr in ("put", "put_nowait")
                and all(is_sentinel(item) or ref(item) in self.out.params for item in node.args)
            ):
                self.writes.update(dict.fromkeys(subjects(receiver, self.me)))
            else:
                if function.attr in ("pop", "popitem", "popleft", "discard", "clear"):
                    self.emptied.update(dict.fromkeys(subjects(receiver, self.me)))
                self.use(subjects(receiver, self.me), "method", function.attr)
            if function.attr in FILLERS:
                self._fill(receiver, node)
                return
            self._super(node, function)
            self._self_call(node, function)
        elif callee == "super" and id(node) not in self.plain_supers:
            self.supers.append((Super("*", "", node.lineno), function))
        if not isinstance(function, ast.Lambda):
            # `getattr(self, "on_" + name)(event)` is a dispatch, no release.
            has_arguments = bool(node.args or node.keywords)
            self.use(subjects(function, self.me), "release", DISPATCH if has_arguments else "")
        if is_inert(callee) or (isinstance(function, ast.Attribute) and function.attr in _KEYED):
            return
        slots = [(str(index), item) for index, item in enumerate(node.args)]
        slots += [(item.arg or "**", item.value) for item in node.keywords]
        for value in node.args[:-1]:
            if isinstance(value, ast.Attribute) and is_undoing(value.attr):
                self.called.add(id(value))
                self.undos[mention_of(value, self.me, node)] = None
        for slot, value in slots:
            if value.__class__ is ast.Constant:
                continue
            if value.__class__ is ast.Call:
                self.takers[id(value)] = callee
            self.use(argument_subjects(value, self.me), "pass", callee, slot)
            if isinstance(value, ast.Attribute) and value.attr in RELEASE_METHODS:
                # `on_unload(coordinator.unsubscribe)`: a handle's release, or an object's end.
                self.use(subjects(value, self.me), "pass", callee, slot)
            for found in function_refs(value, self.me):
                self.callbacks[Callback(callee, found)] = None

    def _by_name(self, callee: str, key: ast.expr, of: ast.expr) -> None:
        """`getattr(self, "x")` and `hasattr(self, "x")`."""
        name = str(key.value) if isinstance(key, ast.Constant) else "*"
        if callee == "getattr":
            self.receivers.setdefault(name, []).append(of)
        if ref(of) == self.me != "" and name != "*":
            self.reads[f"self.{name}"] = None
            if callee == "getattr":
                self.self_refs[name] = None

    def _fill(self, container: ast.expr, node: ast.Call) -> None:
        targets = subjects(container, self.me)
        for value in node.args:
            for target in targets or {"*"}:
                self.use(argument_subjects(value, self.me), "store", field_or_foreign(target))
                self._note_sources(target, value)
            for found in function_refs(value, self.me):
                self.callbacks[Callback(ref(node.func), found)] = None

    def _super(self, node: ast.Call, function: ast.Attribute) -> None:
        """`Base.method(self)`; `super().method` is seen as an attribute."""
        receiver = ref(function.value)
        if not receiver or receiver.startswith("super.()"):
            return
        if not self.me and function.attr == self.out.name and is_constructor(receiver):
            self.supers.append((Super(function.attr, receiver, node.lineno), function))  # static
        if not node.args or not self.me:
            return
        given = node.args[0]
        # `for one in self.all(): Base.stop(one)` stops itself among the others.
        same = function.attr == self.out.name and is_constructor(receiver)
        if isinstance(given, ast.Attribute) and ref(given.value) == self.me:
            return  # another object, of which this one is made
        if same or (isinstance(given, ast.Name) and given.id == self.me):
            bases = [ref(item) for item in self.listed.get(receiver, ())] or [receiver]
            for base in bases:
                self.supers.append((Super(function.attr, base, node.lineno), function))

    def _self_call(self, node: ast.Call, function: ast.Attribute) -> None:
        if not (isinstance(function.value, ast.Name) and function.value.id == self.me != ""):
            return
        if not sounds_like_ending(function.attr):
            return
        starred = any(isinstance(item, ast.Starred) for item in node.args)
        keywords = tuple(item.arg or "**" for item in node.keywords)
        count = -1 if starred else len(node.args)
        self.self_calls.append((SelfCall(function.attr, count, keywords, node.lineno), function))

    def attribute(self, node: ast.Attribute) -> None:
        if type(node.ctx) is ast.Load and is_undoing(node.attr) and id(node) not in self.called:
            self.undos[mention_of(node, self.me)] = None
        if type(node.value) is ast.Call and ref(node.value.func) == "super":
            self.plain_supers.add(id(node.value))
            if id(node) in self.idle:
                return  # `super().close` without a call does nothing
            base = ref(node.value.args[0]) if node.value.args else ""
            found = Super(node.attr, f"super({base})" if base else "", node.lineno)
            self.supers.append((found, node))
        if node.attr in ("__mro__", "__bases__"):
            self.supers.append((Super("*", "", node.lineno), node))
        if not (type(node.value) is ast.Name and node.value.id == self.me):
            if type(node.ctx) is ast.Load:
                self.receivers.setdefault(node.attr, []).append(node.value)
            else:
                self.writes[f"*.{node.attr}"] = None
        elif node.attr not in ("__dict__", "__slots__"):
            if type(node.ctx) is ast.Load:
                if id(node) not in self.taken_back:
                    self.self_refs[node.attr] = None
                self.reads[f"self.{node.attr}"] = None
            else:
                self.writes[f"self.{node.attr}"] = None

    def import_(self, node: ast.Import | ast.ImportFrom) -> None:
        self.notes.imports.append(node)

    def assign(self, node: ast.Assign) -> None:
        names = [target for target in node.targets if isinstance(target, ast.Name)]
        for target in node.targets:
            self._bind(target, node.value)
            self._note_field(target, node.value)
            if names and not isinstance(target, ast.Name):
                self._bind(target, names[0])  # `task = self.tasks[name] = …`

    def ann_assign(self, node: ast.AnnAssign) -> None:
        if (name := self._own_field(node.target)) and (kind := annotation_ref(node.annotation)):
            if node.value is not None:
                self._note_field(node.target, node.value)
            self.notes.fields.append((name, kind, True))
        if isinstance(node.target, ast.Name) and (found := annotation_ref(node.annotation)):
            self.out.annotations.setdefault(node.target.id, found)
        if node.value is not None:
            self._bind(node.target, node.value)

    def aug_assign(self, node: ast.AugAssign) -> None:
        self._bind(node.target, node.value)

    def named(self, node: ast.NamedExpr) -> None:
        self._bind(node.target, node.value)

    def with_(self, node: ast.With | ast.AsyncWith) -> None:
        for item in node.items:
            self.use(subjects(item.context_expr, self.me), "release")
            self.out.branches |= is_suppressing(item)
            if isinstance(item.optional_vars, ast.Name) and (found := ref(item.context_expr)):
                self.out.binds.setdefault(item.optional_vars.id, found)

    def expression(self, node: ast.Expr) -> None:
        if isinstance(node.value, ast.Call):
            self.dropped.add(id(node.value.func))
        elif isinstance(node.value, ast.Attribute):
            self.idle.add(id(node.value))

    def await_(self, node: ast.Await) -> None:
        if isinstance(node.value, ast.Call):
            self.awaited.add(id(node.value.func))
            self._waits(node.value)
        if not isinstance(node.value, ast.Call) or ref(node.value.func) in ("asyncio.shield",):
            self.use(subjects(node.value, self.me), "release")

    def return_(self, node: ast.Return) -> None:
        if isinstance(node.value, ast.Call):
            self.awaited.add(id(node.value.func))
        self.escape(node.value, "return")
        self._returns(node.value)

    def yield_(self, node: ast.Yield | ast.YieldFrom) -> None:
        self.out.is_generator = True
        self.escape(node.value, "return")

    def delete(self, node: ast.Delete) -> None:
        for target in node.targets:
            self.writes.update(dict.fromkeys(subjects(target, self.me)))

    def try_(self, node: ast.Try) -> None:
        for subject in sorted(order.ended_with(node.finalbody, self.me)):
            self.finals[Final(subject)] = None

    def match(self, node: ast.Match) -> None:
        """What a pattern captures is taken from the subject."""
        found = subjects(node.subject, self.me)
        for case in node.cases:
            for item in ast.walk(case.pattern):
                name = getattr(item, "name", None)
                if isinstance(item, ast.pattern) and isinstance(name, str):
                    self.aliases.setdefault(name, set()).update(found - {name})

    def function(self, node: FunctionNode) -> None:
        self.nest(node.name, lambda: summarize_function(node, self.me, notes=self.notes))

    def class_(self, node: ast.ClassDef) -> None:
        if isinstance(self.node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            self.notes.local_classes.append((inside(self.node), node))

    def lambda_(self, node: ast.Lambda) -> None:
        name = lambda_name(node)
        self.nest(name, lambda: FunctionReader(node, name, self.me, self.notes).read())

    def nest(self, name: str, read: Callable[[], FunctionSummary]) -> None:
        """Read a function inside this one, unless it lies deeper than people write them."""
        if self.notes.depth < _DEEPEST:
            self.notes.depth += 1
            known = self.out.nested.get(name)
            if known is not None:  # the last counts; the others are followed all the same
                self.out.nested[f"{name}@{known.line}"] = known
            self.out.nested[name] = read()
            self.notes.depth -= 1


_KEYED = frozenset("pop get index count popitem".split())
"""Methods of containers that are given keys, not handles."""
_DEEPEST = 50
_HANDLERS: dict[type[ast.AST], Callable[[FunctionReader, Any], None]] = {
    ast.Call: FunctionReader.call,
    ast.Attribute: FunctionReader.attribute,
    ast.Assign: FunctionReader.assign,
    ast.AnnAssign: FunctionReader.ann_assign,
    ast.AugAssign: FunctionReader.aug_assign,
    ast.NamedExpr: FunctionReader.named,
    ast.Expr: FunctionReader.expression,
    ast.For: FunctionReader.loop,
    ast.AsyncFor: FunctionReader.loop,
    ast.comprehension: FunctionReader.comprehension,
    ast.With: FunctionReader.with_,
    ast.AsyncWith: FunctionReader.with_,
    ast.Await: FunctionReader.await_,
    ast.Return: FunctionReader.return_,
    ast.Yield: FunctionReader.yield_,
    ast.YieldFrom: FunctionReader.yield_,
    ast.Delete: FunctionReader.delete,
    ast.While: FunctionReader.while_,
    ast.Match: FunctionReader.match,
    ast.Try: FunctionReader.try_,
    ast.TryStar: FunctionReader.try_,
    ast.FunctionDef: FunctionReader.function,
    ast.AsyncFunctionDef: FunctionReader.function,
    ast.Lambda: FunctionReader.lambda_,
    ast.ClassDef: FunctionReader.class_,
    ast.Import: FunctionReader.import_,
    ast.ImportFrom: FunctionReader.import_,
}


def summarize_function(
    node: FunctionNode, outer_me: str = "", in_class: bool = False, notes: Notes | None = None
) -> FunctionSummary:
    """Summarise a function.

    `outer_me` is what an enclosing method calls its instance; `notes` takes what the body tells
    of its class and module.
    """
    renamed = notes.renamed if notes is not None else {}
    decorators = tuple(
        renamed.get(found, found) for item in node.decorator_list if (found := ref(item))
    )
    last = {name.removesuffix(".()").rpartition(".")[2] for name in decorators}
    static = "staticmethod" in last
    me = outer_me
    if in_class and not static:
        positional = [*node.args.posonlyargs, *node.args.args]
        me = positional[0].arg if positional else ""
    elif not in_class and any(item.arg == outer_me for item in parameters(node.args)):
        me = ""
    out = FunctionReader(node, node.name, me, notes or Notes()).read()
    out.first, out.last = first_line(node), node.end_lineno or node.lineno
    out.is_async = isinstance(node, ast.AsyncFunctionDef)
    out.is_static = static
    out.is_property = bool(last & {"property", "cached_property"})
    out.truth_of = truth_of(node, me) if in_class else ""
    out.is_abstract = bool(last & {"abstractmethod", "overload"})
    out.returns = annotation_ref(node.returns)
    out.gives_awaitable = node.returns is not None and names_awaitable(node.returns)
    out.decorators = decorators
    out.contract = contract(node, renamed)
    out.never_returns = out.returns.rpartition(".")[2] in ("NoReturn", "Never") or (
        only_raises(node) and not out.is_abstract
    )
    out.is_stub = all(
        isinstance(item, (ast.Pass, ast.Raise)) or is_docstring(item) for item in node.body
    )
    out.does_work = not out.is_abstract and does_work(node)
    out.signature = signature(node.args)
    return out


_BRANCHES = frozenset(
    (ast.If, ast.For, ast.AsyncFor, ast.While, ast.Match, ast.IfExp, ast.BoolOp, ast.ExceptHandler)
)
