"""What one module tells the others: its imports, classes, functions and what they do to handles.

A summary is made from the tree alone, without knowledge of other modules. Expressions that matter
elsewhere are kept as *refs*: dotted strings in which a call is `()` and a subscript is `[]`, so
that `asyncio.get_running_loop().create_task` is `asyncio.get_running_loop.().create_task`.

A *subject* is what a function may do something to: a parameter or local (`unsub`), a field
(`self.unsub`, whatever the function calls its first parameter) or an attribute of another object
(`*.unsub`). The uses of subjects are collected without regard to the order of statements; `flow`
adds the order for the function under analysis.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

RELEASE_METHODS = frozenset(
    "cancel unsubscribe dispose close stop aclose join remove disconnect terminate kill detach "
    "unregister shutdown release off result cleanup end uncancel schedule_removal".split()
)
"""Methods that end a handle, called on the handle itself."""

ACCESSORS = frozenset("pop popleft popitem get values items copy setdefault __getitem__".split())
FILLERS = frozenset("append add appendleft insert extend update push put put_nowait".split())
_TRANSPARENT = frozenset(
    "list tuple set frozenset dict reversed sorted iter next enumerate zip filter map chain cast "
    "from_iterable deque shield".split()
)
_INERT = frozenset(
    "print len bool isinstance id repr str hash type callable hasattr iscoroutine isawaitable "
    "debug info warning error exception log critical format".split()
)
_ENDING_WORDS = (
    "cleanup clean_up shutdown shut_down stop close exit unload remove disconnect finalize dispose "
    "teardown tear_down atexit defer unmount finish unsub cancel detach release abort kill "
    "terminate deactivate destroy"
).split()
AWAITED = "await "
"""Marks a ref in `returned` whose result was awaited first."""


class Use(NamedTuple):
    """One thing a function does to a subject.

    `verb` is `release`, `pass` (an argument: `target` is the callee's ref, `slot` its position or
    name), `store` (`target` is a field, or `*` for a foreign object), `return`, or `method` (a
    call of its method `target` that is no release by name).
    """

    subject: str
    verb: str
    target: str = ""
    slot: str = ""


class Super(NamedTuple):
    """A mention of a base's method: `super().method` or `Base.method(self)`.

    `base` is empty for `super()`, `super(C)` for the form with arguments, else the class's ref.
    """

    method: str
    base: str
    line: int


class Callback(NamedTuple):
    """A function handed to a call: `target` is the callee, `ref` is `self.name` or a local name."""

    target: str
    ref: str


@dataclass(slots=True)
class FunctionSummary:
    """What a function shows to others."""

    name: str
    line: int
    column: int = 1
    is_async: bool = False
    is_generator: bool = False
    is_static: bool = False
    is_property: bool = False
    is_abstract: bool = False
    does_work: bool = True
    loops: bool = False
    sleeps_in_loop: bool = False
    params: tuple[str, ...] = ()
    annotations: dict[str, str] = field(default_factory=dict)
    returns: str = ""
    decorators: tuple[str, ...] = ()
    binds: dict[str, str] = field(default_factory=dict)
    uses: tuple[Use, ...] = ()
    calls: tuple[str, ...] = ()
    self_refs: tuple[str, ...] = ()
    writes: tuple[str, ...] = ()
    reads: tuple[str, ...] = ()
    returned: tuple[str, ...] = ()
    supers: tuple[Super, ...] = ()
    callbacks: tuple[Callback, ...] = ()
    nested: dict[str, FunctionSummary] = field(default_factory=dict)


@dataclass(slots=True)
class ClassSummary:
    """A class: its bases as refs, its methods and the types of its fields as refs."""

    name: str
    line: int
    bases: tuple[str, ...] = ()
    decorators: tuple[str, ...] = ()
    methods: dict[str, FunctionSummary] = field(default_factory=dict)
    fields: dict[str, str] = field(default_factory=dict)
    borrowed: tuple[str, ...] = ()
    """Fields that are given an object made elsewhere: a parameter, or another object's field."""


@dataclass(slots=True)
class ModuleSummary:
    """Everything the project needs to know of a module."""

    name: str
    path: str
    is_package: bool = False
    imports: dict[str, str] = field(default_factory=dict)
    stars: tuple[str, ...] = ()
    functions: dict[str, FunctionSummary] = field(default_factory=dict)
    classes: dict[str, ClassSummary] = field(default_factory=dict)
    values: dict[str, str] = field(default_factory=dict)


# --- refs -----------------------------------------------------------------------------------


def ref(node: ast.expr | None) -> str:
    """The ref of an expression, or an empty string when it is none."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        base = ref(node.value)
        return f"{base}.{node.attr}" if base else ""
    if isinstance(node, ast.Call):
        base = ref(node.func)
        if base in ("cast", "typing.cast") and len(node.args) == 2:
            return annotation_ref(node.args[0]) + ".()" if node.args else ""
        return f"{base}.()" if base else ""
    if isinstance(node, ast.Subscript):
        base = ref(node.value)
        return f"{base}.[]" if base else ""
    if isinstance(node, (ast.Await, ast.NamedExpr, ast.Starred)):
        return ref(node.value)
    if isinstance(node, ast.BoolOp) and isinstance(node.op, ast.Or):
        return next((found for found in map(ref, node.values) if found), "")
    return ""


_WRAPPERS = frozenset(
    "Optional Annotated ClassVar Final Awaitable Coroutine Required NotRequired Type type".split()
)


def annotation_ref(node: ast.expr | None) -> str:
    """The ref of the type that an annotation names; `@unsubscribe` for `Callable[[], …]`."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        try:
            return annotation_ref(ast.parse(node.value.strip(), mode="eval").body)
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            return ""
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitOr):
        return annotation_ref(node.left) or annotation_ref(node.right)
    if isinstance(node, ast.Subscript):
        base = ref(node.value)
        last = base.rpartition(".")[2]
        inner = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
        if last == "Callable" and inner and isinstance(inner[0], ast.List):
            return "@unsubscribe" if not inner[0].elts else "@callable"
        if last in _WRAPPERS and inner:
            return annotation_ref(inner[-1] if last == "Coroutine" else inner[0])
        if last == "Union":
            return next((found for found in map(annotation_ref, inner) if found), "")
        return base
    if isinstance(node, (ast.Name, ast.Attribute)):
        return ref(node)
    return ""


# --- subjects -------------------------------------------------------------------------------


def subjects(node: ast.AST | None, me: str) -> frozenset[str]:
    """The subjects that an expression's value may be, or be taken from.

    `me` is the name of the method's first parameter, or an empty string.
    """
    if isinstance(node, ast.Name):
        return frozenset((node.id,))
    if isinstance(node, ast.Attribute):
        if isinstance(node.value, ast.Name) and node.value.id == me:
            return frozenset((f"self.{node.attr}",))
        return frozenset((f"*.{node.attr}",))
    if isinstance(node, (ast.Subscript, ast.Await, ast.Starred, ast.NamedExpr)):
        return subjects(node.value, me)
    if isinstance(node, ast.Call):
        return _called_subjects(node, me)
    if isinstance(node, ast.IfExp):
        return subjects(node.body, me) | subjects(node.orelse, me)
    if isinstance(node, ast.BoolOp):
        return _union(node.values, me)
    if isinstance(node, (ast.Tuple, ast.List, ast.Set)):
        return _union(node.elts, me)
    if isinstance(node, ast.Dict):
        return _union(node.values, me)
    if isinstance(node, (ast.ListComp, ast.SetComp, ast.GeneratorExp)):
        return _union([generator.iter for generator in node.generators], me)
    if isinstance(node, ast.BinOp):
        return subjects(node.left, me) | subjects(node.right, me)
    return frozenset()


def _called_subjects(node: ast.Call, me: str) -> frozenset[str]:
    function = node.func
    name = function.attr if isinstance(function, ast.Attribute) else ref(function)
    if name == "getattr" and len(node.args) >= 2:
        key = node.args[1]
        if isinstance(key, ast.Constant) and ref(node.args[0]) == me:
            return frozenset((f"self.{key.value}",))
    if isinstance(function, ast.Attribute) and name in ACCESSORS:
        return subjects(function.value, me)
    if name in _TRANSPARENT:
        return _union(node.args, me)
    return frozenset()


def _union(nodes: Iterable[ast.AST], me: str) -> frozenset[str]:
    return frozenset().union(*(subjects(node, me) for node in nodes))


def argument_subjects(node: ast.AST | None, me: str) -> frozenset[str]:
    """The subjects handed over by an argument.

    Besides the value itself this sees `partial(f, h)`, `h.cancel` and a list of such things.
    """
    if isinstance(node, ast.Attribute) and node.attr in RELEASE_METHODS:
        inner = subjects(node.value, me)
        if inner and not (isinstance(node.value, ast.Name) and node.value.id == me):
            return inner
    if isinstance(node, (ast.Tuple, ast.List, ast.Set)):
        return frozenset().union(*(argument_subjects(item, me) for item in node.elts))
    if isinstance(node, ast.Starred):
        return argument_subjects(node.value, me)
    if isinstance(node, ast.Call) and ref(node.func).rpartition(".")[2] == "partial":
        found = [argument_subjects(item, me) for item in node.args]
        found += [argument_subjects(item.value, me) for item in node.keywords]
        return frozenset().union(*found)
    return subjects(node, me)


def is_inert(callee: str) -> bool:
    """Whether a call of this name only looks at its arguments (logging, `len`, `isinstance`)."""
    return callee.rpartition(".")[2] in _INERT


def sounds_like_ending(callee: str) -> bool:
    """Whether a callee's name says that a callback given to it runs at the end of something."""
    words = callee.lower()
    return any(word in words for word in _ENDING_WORDS)


# --- functions ------------------------------------------------------------------------------

FunctionNode = ast.FunctionDef | ast.AsyncFunctionDef
_SCOPES = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda, ast.ClassDef)


def own_nodes(node: ast.AST) -> Iterator[ast.AST]:
    """All nodes of a function's own body, not of functions and classes inside it.

    The nested definitions themselves are yielded, their insides are not.
    """
    stack: list[ast.AST] = list(ast.iter_child_nodes(node))[::-1]
    while stack:
        item = stack.pop()
        yield item
        if not isinstance(item, _SCOPES):
            stack.extend(list(ast.iter_child_nodes(item))[::-1])


def parameters(arguments: ast.arguments) -> list[ast.arg]:
    """All parameters in the order of positional passing, keyword-only ones after."""
    found = [*arguments.posonlyargs, *arguments.args]
    if arguments.vararg:
        found.append(arguments.vararg)
    found += arguments.kwonlyargs
    if arguments.kwarg:
        found.append(arguments.kwarg)
    return found


class _FunctionReader:
    """Collects one function's summary in one pass over its own nodes."""

    def __init__(self, node: FunctionNode | ast.Lambda, name: str, me: str) -> None:
        self.node = node
        self.me = me
        self.out = FunctionSummary(name=name, line=node.lineno, column=node.col_offset + 1)
        self.uses: dict[Use, None] = {}
        self.calls: dict[str, None] = {}
        self.self_refs: dict[str, None] = {}
        self.writes: dict[str, None] = {}
        self.reads: dict[str, None] = {}
        self.returned: dict[str, None] = {}
        self.supers: list[Super] = []
        self.callbacks: dict[Callback, None] = {}
        self.aliases: dict[str, set[str]] = {}
        self.call_sources: dict[str, set[str]] = {}

    def read(self) -> FunctionSummary:
        out, node = self.out, self.node
        arguments = parameters(node.args)
        out.params = tuple(argument.arg for argument in arguments)
        out.annotations = {
            argument.arg: found
            for argument in arguments
            if (found := annotation_ref(argument.annotation))
        }
        if isinstance(node, ast.Lambda):
            self.escape(node.body, "return")
            if isinstance(node.body, ast.Call):
                self.returned[ref(node.body.func)] = None
        for item in own_nodes(node):
            handler = _HANDLERS.get(type(item))
            if handler is not None:
                handler(self, item)
        for name, sources in self.call_sources.items():
            if name in self.returned:
                self.returned.update(dict.fromkeys(sources))
        self._spread_aliases()
        out.uses = tuple(self.uses)
        out.calls = tuple(self.calls)
        out.self_refs = tuple(self.self_refs)
        out.writes, out.reads = tuple(self.writes), tuple(self.reads)
        out.returned = tuple(name for name in self.returned if name)
        out.supers = tuple(self.supers)
        out.callbacks = tuple(self.callbacks)
        return out

    def _spread_aliases(self) -> None:
        """A use of a local is a use of whatever the local was taken from."""
        changed = True
        while changed:
            changed = False
            for use in list(self.uses):
                for origin in self.aliases.get(use.subject, ()):
                    copy = use._replace(subject=origin)
                    if copy not in self.uses:
                        self.uses[copy] = None
                        changed = True

    def use(self, found: Iterable[str], verb: str, target: str = "", slot: str = "") -> None:
        for subject in found:
            self.uses[Use(subject, verb, target, slot)] = None

    def escape(self, value: ast.expr | None, verb: str) -> None:
        self.use(argument_subjects(value, self.me), verb)

    # Each method below handles one node type.

    def call(self, node: ast.Call) -> None:
        function = node.func
        callee = ref(function)
        if callee:
            self.calls[callee] = None
        if isinstance(function, ast.Attribute):
            receiver = function.value
            if function.attr in RELEASE_METHODS:
                self.use(subjects(receiver, self.me), "release")
                self.writes.update(dict.fromkeys(subjects(receiver, self.me)))
            elif function.attr in ("set", "put", "put_nowait", "clear", "set_result"):
                self.writes.update(dict.fromkeys(subjects(receiver, self.me)))
            else:
                self.use(subjects(receiver, self.me), "method", function.attr)
            if function.attr in FILLERS:
                self._fill(receiver, node)
                return
            self._super(node, function)
        if isinstance(function, (ast.Name, ast.Attribute, ast.Subscript, ast.Call, ast.NamedExpr)):
            self.use(subjects(function, self.me), "release")
        if is_inert(callee):
            return
        slots = [(str(index), item) for index, item in enumerate(node.args)]
        slots += [(item.arg or "**", item.value) for item in node.keywords]
        for slot, value in slots:
            self.use(argument_subjects(value, self.me), "pass", callee, slot)
            for found in _function_refs(value, self.me):
                self.callbacks[Callback(callee, found)] = None

    def _fill(self, container: ast.expr, node: ast.Call) -> None:
        targets = subjects(container, self.me)
        for value in node.args:
            for target in targets or {"*"}:
                self.use(argument_subjects(value, self.me), "store", _field_or_foreign(target))
            for found in _function_refs(value, self.me):
                self.callbacks[Callback(ref(node.func), found)] = None

    def _super(self, node: ast.Call, function: ast.Attribute) -> None:
        """`Base.method(self)`; `super().method` is seen as an attribute."""
        receiver = ref(function.value)
        if (
            node.args
            and self.me
            and isinstance(node.args[0], ast.Name)
            and node.args[0].id == self.me
            and receiver
            and not receiver.startswith("super.()")
        ):
            self.supers.append(Super(function.attr, receiver, node.lineno))

    def attribute(self, node: ast.Attribute) -> None:
        if isinstance(node.value, ast.Call) and ref(node.value.func) == "super":
            base = ref(node.value.args[0]) if node.value.args else ""
            self.supers.append(Super(node.attr, f"super({base})" if base else "", node.lineno))
        if isinstance(node.value, ast.Name) and node.value.id == self.me:
            if isinstance(node.ctx, ast.Load):
                self.self_refs[node.attr] = None
                self.reads[f"self.{node.attr}"] = None
            else:
                self.writes[f"self.{node.attr}"] = None

    def assign(self, node: ast.Assign) -> None:
        for target in node.targets:
            self._bind(target, node.value)

    def ann_assign(self, node: ast.AnnAssign) -> None:
        if isinstance(node.target, ast.Name) and (found := annotation_ref(node.annotation)):
            self.out.annotations.setdefault(node.target.id, found)
        if node.value is not None:
            self._bind(node.target, node.value)

    def aug_assign(self, node: ast.AugAssign) -> None:
        self._bind(node.target, node.value)

    def named(self, node: ast.NamedExpr) -> None:
        self._bind(node.target, node.value)

    def _bind(self, target: ast.expr, value: ast.expr) -> None:
        if isinstance(target, (ast.Tuple, ast.List)):
            if isinstance(value, (ast.Tuple, ast.List)) and len(value.elts) == len(target.elts):
                for left, right in zip(target.elts, value.elts, strict=True):
                    self._bind(left, right)
            else:
                for left in target.elts:
                    self._bind(left, value)
            return
        if isinstance(target, ast.Starred):
            target = target.value
        found = argument_subjects(value, self.me)
        if isinstance(target, ast.Name):
            self.aliases.setdefault(target.id, set()).update(found - {target.id})
            callee = ref(value)
            if callee and not (isinstance(value, ast.Name) and value.id == target.id):
                self.out.binds.setdefault(target.id, callee)
            if callee.endswith(".()") and not isinstance(value, ast.Await):
                self.call_sources.setdefault(target.id, set()).add(callee[:-3])
        else:
            for place in subjects(target, self.me) or {"*"}:
                self.use(found, "store", _field_or_foreign(place))
            for name in _function_refs(value, self.me):
                self.callbacks[Callback(ref(target), name)] = None

    def loop(self, node: ast.For | ast.AsyncFor) -> None:
        self._bind(node.target, node.iter)
        if isinstance(node, ast.For):
            found = ref(node.iter)
            if found and isinstance(node.target, ast.Name):
                self.out.binds.setdefault(node.target.id, f"{found}.[]")

    def comprehension(self, node: ast.comprehension) -> None:
        self._bind(node.target, node.iter)

    def with_(self, node: ast.With | ast.AsyncWith) -> None:
        for item in node.items:
            self.use(subjects(item.context_expr, self.me), "release")
            if isinstance(item.optional_vars, ast.Name) and (found := ref(item.context_expr)):
                self.out.binds.setdefault(item.optional_vars.id, found)

    def await_(self, node: ast.Await) -> None:
        if not isinstance(node.value, ast.Call) or ref(node.value.func) in ("asyncio.shield",):
            self.use(subjects(node.value, self.me), "release")

    def return_(self, node: ast.Return) -> None:
        self.escape(node.value, "return")
        self._returns(node.value)

    def _returns(self, value: ast.expr | None) -> None:
        if isinstance(value, ast.Await) and isinstance(value.value, ast.Call):
            self.returned[AWAITED + ref(value.value.func)] = None
        elif isinstance(value, ast.Call):
            self.returned[ref(value.func)] = None
        elif isinstance(value, ast.Name):
            self.returned[value.id] = None
        elif isinstance(value, (ast.IfExp, ast.BoolOp)):
            parts = value.values if isinstance(value, ast.BoolOp) else [value.body, value.orelse]
            for part in parts:
                self._returns(part)
        for found in _function_refs(value, self.me):
            self.callbacks[Callback("return", found)] = None

    def yield_(self, node: ast.Yield | ast.YieldFrom) -> None:
        self.out.is_generator = True
        self.escape(node.value, "return")

    def delete(self, node: ast.Delete) -> None:
        for target in node.targets:
            self.writes.update(dict.fromkeys(subjects(target, self.me)))

    def while_(self, node: ast.While) -> None:
        self.out.loops = True
        for item in own_nodes(node):
            if (
                isinstance(item, ast.Await)
                and isinstance(item.value, ast.Call)
                and ref(item.value.func).rpartition(".")[2] == "sleep"
            ):
                self.out.sleeps_in_loop = True

    def function(self, node: FunctionNode) -> None:
        self.out.nested[node.name] = summarize_function(node, self.me)

    def lambda_(self, node: ast.Lambda) -> None:
        name = lambda_name(node)
        reader = _FunctionReader(node, name, self.me)
        self.out.nested[name] = reader.read()


def lambda_name(node: ast.Lambda) -> str:
    """The name under which a lambda stands among its function's nested ones."""
    return f"<lambda {node.lineno}:{node.col_offset}>"


_HANDLERS = {
    ast.Call: _FunctionReader.call,
    ast.Attribute: _FunctionReader.attribute,
    ast.Assign: _FunctionReader.assign,
    ast.AnnAssign: _FunctionReader.ann_assign,
    ast.AugAssign: _FunctionReader.aug_assign,
    ast.NamedExpr: _FunctionReader.named,
    ast.For: _FunctionReader.loop,
    ast.AsyncFor: _FunctionReader.loop,
    ast.comprehension: _FunctionReader.comprehension,
    ast.With: _FunctionReader.with_,
    ast.AsyncWith: _FunctionReader.with_,
    ast.Await: _FunctionReader.await_,
    ast.Return: _FunctionReader.return_,
    ast.Yield: _FunctionReader.yield_,
    ast.YieldFrom: _FunctionReader.yield_,
    ast.Delete: _FunctionReader.delete,
    ast.While: _FunctionReader.while_,
    ast.FunctionDef: _FunctionReader.function,
    ast.AsyncFunctionDef: _FunctionReader.function,
    ast.Lambda: _FunctionReader.lambda_,
}


def _field_or_foreign(subject: str) -> str:
    return "*" if subject.startswith("*") else subject


def _function_refs(value: ast.AST | None, me: str) -> Iterator[str]:
    """Functions handed over as values: `self.m`, local names, lambdas, inside partials too."""
    if isinstance(value, ast.Name):
        yield value.id
    elif isinstance(value, ast.Lambda):
        yield lambda_name(value)
    elif isinstance(value, ast.Attribute):
        if isinstance(value.value, ast.Name) and value.value.id == me:
            yield f"self.{value.attr}"
    elif isinstance(value, ast.Call):
        if ref(value.func).rpartition(".")[2] in ("partial", "callback", "HassJob", "create_task"):
            for item in value.args:
                yield from _function_refs(item, me)
        else:
            # A coroutine made here and run by the receiver: `app.defer(self._stop())`.
            yield from _function_refs(value.func, me)
    elif isinstance(value, (ast.Tuple, ast.List)):
        for item in value.elts:
            yield from _function_refs(item, me)


def summarize_function(
    node: FunctionNode, outer_me: str = "", in_class: bool = False
) -> FunctionSummary:
    """Summarise a function; `outer_me` is what an enclosing method calls its instance."""
    decorators = tuple(found for item in node.decorator_list if (found := ref(item)))
    last = {name.removesuffix(".()").rpartition(".")[2] for name in decorators}
    static = "staticmethod" in last
    me = outer_me
    if in_class and not static:
        positional = [*node.args.posonlyargs, *node.args.args]
        me = positional[0].arg if positional else ""
    elif not in_class and any(item.arg == outer_me for item in parameters(node.args)):
        me = ""
    out = _FunctionReader(node, node.name, me).read()
    out.is_async = isinstance(node, ast.AsyncFunctionDef)
    out.is_static = static
    out.is_property = bool(last & {"property", "cached_property"})
    out.is_abstract = bool(last & {"abstractmethod", "overload"})
    out.returns = annotation_ref(node.returns)
    out.decorators = decorators
    out.does_work = not out.is_abstract and _does_work(node)
    return out


def _does_work(node: FunctionNode) -> bool:
    """Whether a body is more than a docstring, `pass`, `...`, a bare return or a refusal.

    A body that only calls the same method of its base, or only raises, does none itself.
    """
    return any(not _is_idle(statement, node.name) for statement in node.body)


def _is_idle(statement: ast.stmt, method: str) -> bool:
    if isinstance(statement, (ast.Pass, ast.Raise)):
        return True
    if isinstance(statement, ast.Expr):
        value = statement.value
        if isinstance(value, ast.Constant):
            return True
        return _is_own_super(value, method) or _is_logging(value)
    if isinstance(statement, ast.Return):
        value_ = statement.value
        return (
            value_ is None
            or isinstance(value_, (ast.Constant, ast.Name))
            or _is_own_super(value_, method)
        )
    if isinstance(statement, ast.Assign):
        # `msg = "…"; raise NotImplementedError(msg)`
        return isinstance(statement.value, (ast.Constant, ast.JoinedStr)) and all(
            isinstance(target, ast.Name) for target in statement.targets
        )
    return isinstance(statement, (ast.Delete, ast.Assert, ast.Global, ast.Import, ast.ImportFrom))


def _is_own_super(node: ast.expr, method: str) -> bool:
    if isinstance(node, ast.Await):
        node = node.value
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == method
        and ref(node.func.value).startswith("super.()")
    )


def _is_logging(node: ast.expr) -> bool:
    if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
        return False
    receiver = ref(node.func.value).lower()
    return "log" in receiver.rpartition(".")[2] and is_inert(node.func.attr)


# --- classes and modules --------------------------------------------------------------------


def summarize_class(node: ast.ClassDef) -> ClassSummary:
    """Summarise a class: methods, and fields with the refs of their types."""
    out = ClassSummary(
        name=node.name,
        line=node.lineno,
        bases=tuple(
            found
            for item in node.bases
            if (found := ref(item.value if isinstance(item, ast.Subscript) else item))
        ),
        decorators=tuple(found for item in node.decorator_list if (found := ref(item))),
    )
    for statement in _flat(node.body):
        if isinstance(statement, (ast.FunctionDef, ast.AsyncFunctionDef)):
            method = summarize_function(statement, in_class=True)
            known = out.methods.get(statement.name)
            if known is not None and any(
                name.endswith((".setter", ".deleter", ".getter")) for name in method.decorators
            ):
                continue
            out.methods[statement.name] = method
            _read_fields(statement, out)
        elif isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name):
            if found := annotation_ref(statement.annotation):
                out.fields[statement.target.id] = found
        elif isinstance(statement, ast.Assign):
            for target in statement.targets:
                if isinstance(target, ast.Name):
                    out.fields.setdefault(target.id, _instance(statement.value))
    out.fields = {name: found for name, found in out.fields.items() if found}
    return out


def _instance(value: ast.expr | None) -> str:
    return "=" + found if (found := ref(value)) else ""


def _read_fields(node: FunctionNode, out: ClassSummary) -> None:
    """Types of `self.x`, from annotations, constructor calls and annotated parameters."""
    positional = [*node.args.posonlyargs, *node.args.args]
    if not positional:
        return
    me = positional[0].arg
    types = {
        argument.arg: found
        for argument in parameters(node.args)
        if (found := annotation_ref(argument.annotation))
    }
    for item in own_nodes(node):
        if isinstance(item, ast.AnnAssign):
            targets, found = [item.target], annotation_ref(item.annotation)
        elif isinstance(item, ast.Assign):
            targets = list(item.targets)
            value = item.value
            if isinstance(value, (ast.Name, ast.Attribute)) and ref(value):
                borrowed = [
                    target.attr
                    for target in targets
                    if isinstance(target, ast.Attribute)
                    and isinstance(target.value, ast.Name)
                    and target.value.id == me
                ]
                out.borrowed = (*out.borrowed, *borrowed)
            if isinstance(value, ast.Name) and value.id in types:
                found = types[value.id]
            elif isinstance(value, ast.Name) and value.id in out.methods[node.name].params:
                continue
            else:
                found = _instance(value)
                head = found[1:].partition(".")
                if head[0] in types and head[2]:
                    found = f"{types[head[0]]}.@.{head[2]}"
        else:
            continue
        for target in targets:
            if (
                found
                and isinstance(target, ast.Attribute)
                and isinstance(target.value, ast.Name)
                and target.value.id == me
                and (isinstance(item, ast.AnnAssign) or target.attr not in out.fields)
            ):
                out.fields[target.attr] = found


def _flat(body: Iterable[ast.stmt]) -> Iterator[ast.stmt]:
    """Statements of a module or class body, those under `if`, `try` and `with` included."""
    for statement in body:
        yield statement
        if isinstance(statement, ast.If):
            yield from _flat(statement.body)
            yield from _flat(statement.orelse)
        elif isinstance(statement, ast.Try):
            yield from _flat(statement.body)
            for handler in statement.handlers:
                yield from _flat(handler.body)
            yield from _flat(statement.orelse)
            yield from _flat(statement.finalbody)
        elif isinstance(statement, ast.With):
            yield from _flat(statement.body)


def summarize(tree: ast.Module, name: str, path: str, is_package: bool) -> ModuleSummary:
    """Summarise a module.

    `name` is its dotted name, used to resolve relative imports; `path` is kept for traces.
    """
    out = ModuleSummary(name=name, path=path, is_package=is_package)
    stars: list[str] = []
    for statement in _flat(tree.body):
        if isinstance(statement, ast.Import):
            for alias in statement.names:
                if alias.asname:
                    out.imports[alias.asname] = alias.name
                else:
                    head = alias.name.partition(".")[0]
                    out.imports[head] = head
        elif isinstance(statement, ast.ImportFrom):
            origin = import_origin(statement, name, is_package)
            for alias in statement.names:
                if alias.name == "*":
                    stars.append(origin)
                else:
                    out.imports[alias.asname or alias.name] = f"{origin}:{alias.name}"
        elif isinstance(statement, (ast.FunctionDef, ast.AsyncFunctionDef)):
            summary = summarize_function(statement)
            if statement.name not in out.functions or not summary.is_abstract:
                out.functions[statement.name] = summary
        elif isinstance(statement, ast.ClassDef):
            add_class(out.classes, statement, "")
        elif isinstance(statement, ast.Assign):
            for target in statement.targets:
                if isinstance(target, ast.Name):
                    out.values[target.id] = _value_ref(statement.value)
        elif isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name):
            if ref(statement.annotation).rpartition(".")[2] == "TypeAlias":
                out.values[statement.target.id] = _value_ref(statement.value)
            elif found := annotation_ref(statement.annotation):
                out.values[statement.target.id] = f"@.{found}"
        elif type(statement).__name__ == "TypeAlias":  # Python 3.12
            alias_name = getattr(statement, "name", None)
            if isinstance(alias_name, ast.Name):
                out.values[alias_name.id] = _value_ref(getattr(statement, "value", None))
    # Functions that import inside their body see those names too; an approximation by module.
    for item in ast.walk(tree):
        if isinstance(item, ast.ImportFrom):
            origin = import_origin(item, name, is_package)
            for alias in item.names:
                if alias.name != "*":
                    out.imports.setdefault(alias.asname or alias.name, f"{origin}:{alias.name}")
        elif isinstance(item, ast.Import):
            for alias in item.names:
                head = alias.name.partition(".")[0]
                out.imports.setdefault(alias.asname or head, alias.name if alias.asname else head)
    out.stars = tuple(stars)
    out.values = {key: found for key, found in out.values.items() if found}
    return out


def add_class(classes: dict[str, ClassSummary], node: ast.ClassDef, prefix: str) -> None:
    """Add a class and the classes nested in it, under dotted names."""
    classes[prefix + node.name] = summarize_class(node)
    for statement in _flat(node.body):
        if isinstance(statement, ast.ClassDef):
            add_class(classes, statement, f"{prefix}{node.name}.")


def _value_ref(node: ast.expr | None) -> str:
    """A module-level value: the ref of an alias or of the instance a call makes."""
    if isinstance(node, ast.Call):
        return found if (found := ref(node)) else ""
    return annotation_ref(node)


def import_origin(node: ast.ImportFrom, name: str, is_package: bool) -> str:
    """The absolute module that a `from … import` names, relative dots resolved."""
    if not node.level:
        return node.module or ""
    parts = name.split(".")
    up = node.level - 1 if is_package else node.level
    base = parts[: len(parts) - up] if up else parts
    return ".".join([*base, node.module] if node.module else base)


# --- packing --------------------------------------------------------------------------------


def pack(summary: ModuleSummary) -> tuple[Any, ...]:
    """A summary as plain tuples and dicts, for the cache and for other processes."""
    return (
        summary.name,
        summary.path,
        summary.is_package,
        summary.imports,
        summary.stars,
        {name: _pack_function(item) for name, item in summary.functions.items()},
        {
            name: (
                item.name,
                item.line,
                item.bases,
                item.decorators,
                {key: _pack_function(method) for key, method in item.methods.items()},
                item.fields,
                item.borrowed,
            )
            for name, item in summary.classes.items()
        },
        summary.values,
    )


def _pack_function(item: FunctionSummary) -> tuple[Any, ...]:
    values = [getattr(item, name) for name in FunctionSummary.__slots__]
    rows = {"uses", "supers", "callbacks"}
    for index, name in enumerate(FunctionSummary.__slots__):
        if name in rows:
            values[index] = tuple(tuple(row) for row in values[index])
        elif name == "nested":
            values[index] = {key: _pack_function(inner) for key, inner in values[index].items()}
    return tuple(values)


def unpack(data: Any) -> ModuleSummary:
    """The inverse of `pack`. Raises TypeError or ValueError on data of another shape."""
    name, path, is_package, imports, stars, functions, classes, values = data
    return ModuleSummary(
        name,
        path,
        is_package,
        imports,
        stars,
        {key: _unpack_function(item) for key, item in functions.items()},
        {
            key: ClassSummary(
                class_name,
                line,
                bases,
                decorators,
                {method: _unpack_function(item) for method, item in methods.items()},
                fields,
                borrowed,
            )
            for key, (
                class_name,
                line,
                bases,
                decorators,
                methods,
                fields,
                borrowed,
            ) in classes.items()
        },
        values,
    )


def _unpack_function(row: Any) -> FunctionSummary:
    out = FunctionSummary(*row)
    out.uses = tuple(Use(*item) for item in out.uses)
    out.supers = tuple(Super(*item) for item in out.supers)
    out.callbacks = tuple(Callback(*item) for item in out.callbacks)
    out.nested = {key: _unpack_function(item) for key, item in out.nested.items()}
    return out
