"""Expressions as text and as subjects: what the summaries say of code without keeping its tree.

A *ref* is a dotted string in which a call is `()` and a subscript is `[]`, so that
`asyncio.get_running_loop().create_task` is `asyncio.get_running_loop.().create_task`.

A *subject* is what a function may do something to: a parameter or local (`unsub`), a field
(`self.unsub`, whatever the function calls its first parameter) or an attribute of another object
(`*.unsub`).
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from typing import TypeGuard

RELEASE_METHODS = frozenset(
    "cancel unsubscribe dispose close stop aclose join remove disconnect terminate kill detach "
    "unregister shutdown release off cleanup end schedule_removal "
    "async_remove async_cancel async_unsubscribe async_stop async_close async_shutdown".split()
)
"""Methods that end a handle, called on the handle itself."""

ACCESSORS = frozenset(
    "pop popleft popitem get keys values items copy setdefault __getitem__".split()
)
FILLERS = frozenset(
    "append add appendleft insert extend update setdefault push put put_nowait".split()
)
_TRANSPARENT = frozenset(
    "list tuple set frozenset dict reversed sorted iter next enumerate zip filter map chain cast "
    "from_iterable deque shield".split()
)
_INERT = frozenset(
    "print len bool isinstance id repr str hash type callable hasattr iscoroutine isawaitable "
    "suppress debug info warning error exception log critical format".split()
)
COPIES = frozenset("list tuple set frozenset dict reversed sorted iter next enumerate zip".split())
_ENDING_WORDS = (
    "cleanup clean_up shutdown shut_down stop close exit unload remove disconnect finalize dispose "
    "teardown tear_down atexit defer unmount finish unsub cancel detach release abort kill "
    "terminate deactivate destroy disable"
).split()
AWAITED = "await "
"""Marks a ref in `returned` whose result was awaited first."""


FunctionNode = ast.FunctionDef | ast.AsyncFunctionDef


_SKIPPED = frozenset(
    "ctx op ops annotation returns type_params decorator_list args id attr arg n s kind lineno "
    "type_comment level module asname conversion simple is_async str".split()
)
_UNROLLED = 16
_LEAVES = (ast.Name, ast.Constant, ast.Global, ast.Nonlocal, ast.Import, ast.ImportFrom)


def _walked_fields() -> dict[type[ast.AST], tuple[str, ...]]:
    """For each node type the fields that may hold code, last first."""
    table: dict[type[ast.AST], tuple[str, ...]] = {}
    for kind in vars(ast).values():
        if isinstance(kind, type) and issubclass(kind, ast.AST):
            skipped = _SKIPPED - {"args"} if kind is ast.Call else _SKIPPED
            table[kind] = tuple(name for name in reversed(kind._fields) if name not in skipped)
    for kind in (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef):
        table[kind] = ("decorator_list",)
    table |= dict.fromkeys((ast.Lambda, *_LEAVES), ())
    # Names as text, and (in older Pythons) values that are no nodes.
    table[ast.ExceptHandler] = ("body", "type")
    table[ast.MatchAs] = ("pattern",)
    table[ast.MatchStar] = table[ast.MatchSingleton] = ()
    table[ast.MatchMapping] = ("patterns", "keys")
    table[ast.MatchClass] = ("kwd_patterns", "patterns", "cls")
    return table


_FIELDS = _walked_fields()


def own_nodes(node: ast.AST) -> list[ast.AST]:
    """All nodes of a function's own body in source order, operators and annotations left out.

    Nested functions and classes are among them, and their decorators; their insides are not.
    """
    stack: list[ast.AST | None] = [node]
    if isinstance(node, ast.Lambda):
        stack = [node.body]
    elif isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
        stack = [*reversed(node.body)]
    fields, found = _FIELDS, []
    while stack:
        item = stack.pop()
        if item is None:
            continue
        if item is not node:
            found.append(item)
        for name in fields[item.__class__]:
            value = getattr(item, name)
            if value.__class__ is list:
                stack += value[::-1]
            elif value is not None:
                stack.append(value)
    return found


def parameters(arguments: ast.arguments) -> list[ast.arg]:
    """All parameters in the order of positional passing, keyword-only ones after."""
    found = [*arguments.posonlyargs, *arguments.args]
    if arguments.vararg:
        found.append(arguments.vararg)
    found += arguments.kwonlyargs
    if arguments.kwarg:
        found.append(arguments.kwarg)
    return found


def ref(node: ast.expr | None) -> str:
    """The ref of an expression, or an empty string when it is none."""
    if type(node) is ast.Name:
        return node.id
    if type(node) is ast.Constant:
        return ""
    if type(node) is ast.Attribute:
        base = ref(node.value)
        return f"{base}.{node.attr}" if base else ""
    if type(node) is ast.Call:
        base = ref(node.func)
        if base in ("cast", "typing.cast") and len(node.args) == 2:
            return annotation_ref(node.args[0]) + ".()" if node.args else ""
        return f"{base}.()" if base else ""
    if type(node) is ast.Subscript:
        base = ref(node.value)
        return f"{base}.[]" if base else ""
    if isinstance(node, (ast.Await, ast.NamedExpr, ast.Starred)):
        return ref(node.value)
    if type(node) is ast.BoolOp and isinstance(node.op, ast.Or):
        return next((found for found in map(ref, node.values) if found), "")
    return ""


ITEMS = "@items:"
"""Marks the type of a collection; behind it stands the type of its elements, or of its values."""
_MAPPINGS = frozenset(
    "dict Dict defaultdict DefaultDict OrderedDict Mapping MutableMapping".split()
)
_COLLECTIONS = _MAPPINGS | frozenset(
    "list List set Set frozenset FrozenSet tuple Tuple deque Deque Sequence MutableSequence "
    "Iterable Iterator Collection AsyncIterable AsyncIterator ValuesView".split()
)
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
        if last in _COLLECTIONS and inner:
            of = annotation_ref(inner[-1] if last in _MAPPINGS else inner[0])
            return f"{ITEMS}{of}" if of and of[:1] != "@" else base
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
    if type(node) is ast.Name:
        return frozenset((node.id,))
    if type(node) is ast.Constant:
        return _NOTHING
    if type(node) is ast.Attribute:
        if type(node.value) is ast.Name and node.value.id == me:
            # Through `__dict__` and `__slots__` a function gets at every field.
            return ANY_FIELD if node.attr in _BY_NAME else frozenset((f"self.{node.attr}",))
        return frozenset((f"*.{node.attr}",))
    if isinstance(node, (ast.Subscript, ast.Await, ast.Starred, ast.NamedExpr)):
        return subjects(node.value, me)
    if type(node) is ast.Call:
        return _called_subjects(node, me)
    if type(node) is ast.IfExp:
        return subjects(node.body, me) | subjects(node.orelse, me)
    if type(node) is ast.BoolOp:
        return _union(node.values, me)
    if isinstance(node, (ast.Tuple, ast.List, ast.Set)):
        return _union(node.elts, me)
    if type(node) is ast.Dict:
        return _union(node.values, me)
    if isinstance(node, (ast.ListComp, ast.SetComp, ast.GeneratorExp)):
        return _collected(node.elt, node.generators, me)
    if type(node) is ast.DictComp:
        return _collected(node.value, node.generators, me)
    if type(node) is ast.BinOp:
        return subjects(node.left, me) | subjects(node.right, me)
    return _NOTHING


def _collected(element: ast.expr, generators: list[ast.comprehension], me: str) -> frozenset[str]:
    """What a comprehension collects: what it goes through, if its elements are taken from there."""
    found = argument_subjects(element, me)
    for generator in reversed(generators):
        names = {item.id for item in ast.walk(generator.target) if isinstance(item, ast.Name)}
        if found & names:
            found = found - names | subjects(generator.iter, me)
    return found


def _called_subjects(node: ast.Call, me: str) -> frozenset[str]:
    function = node.func
    name = function.attr if isinstance(function, ast.Attribute) else ref(function)
    if name == "getattr" and len(node.args) >= 2:
        key = node.args[1]
        if isinstance(key, ast.Constant) and ref(node.args[0]) == me:
            return frozenset((f"self.{key.value!s}",))
        if ref(node.args[0]) == me:
            # The reader knows what names a loop variable may be.
            if isinstance(key, ast.Name):
                return frozenset((f"@{key.id}",))
            return frozenset((f"self.{glob_of(key)}",))
        name = str(key.value) if isinstance(key, ast.Constant) else "*"
        return frozenset((f"*.{name}",))
    if name == "vars" and node.args and ref(node.args[0]) == me:
        return ANY_FIELD
    if isinstance(function, ast.Attribute) and name in ACCESSORS:
        return subjects(function.value, me)
    if name in _TRANSPARENT:
        return _union(node.args, me)
    return _NOTHING


_BY_NAME = ("__dict__", "__slots__")
ANY_FIELD = frozenset(("self.*",))
_NOTHING = frozenset[str]()


def is_computed(subject: str) -> bool:
    """Whether a subject stands for fields that code gets at by names which it computes."""
    return subject[:5] == "self." and "*" in subject


def glob_of(node: ast.expr) -> str:
    """A computed name as a glob: `*_socket` for `channel + "_socket"`."""
    if isinstance(node, ast.Constant):
        return str(node.value)
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        return f"{glob_of(node.left)}{glob_of(node.right)}".replace("**", "*")
    if isinstance(node, ast.JoinedStr):
        return "".join(map(glob_of, node.values)).replace("**", "*")
    return "*"


def _union(nodes: Iterable[ast.AST], me: str) -> frozenset[str]:
    return frozenset().union(*(subjects(node, me) for node in nodes))


def argument_subjects(node: ast.AST | None, me: str) -> frozenset[str]:
    """The subjects handed over by an argument.

    Besides the value itself this sees `partial(f, h)`, `h.cancel` and a list of such things.
    """
    if type(node) is ast.Constant:
        return _NOTHING
    if type(node) is ast.Attribute and node.attr in RELEASE_METHODS:
        inner = subjects(node.value, me)
        if inner and not (type(node.value) is ast.Name and node.value.id == me):
            return inner
    if isinstance(node, (ast.Tuple, ast.List, ast.Set)):
        return frozenset().union(*(argument_subjects(item, me) for item in node.elts))
    if type(node) is ast.Starred:
        return argument_subjects(node.value, me)
    if type(node) is ast.Call and ref(node.func).rpartition(".")[2] == "partial":
        found = [argument_subjects(item, me) for item in node.args]
        found += [argument_subjects(item.value, me) for item in node.keywords]
        return frozenset().union(*found)
    return subjects(node, me)


def is_inert(callee: str) -> bool:
    """Whether a call of this name only looks at its arguments (logging, `len`), or copies them."""
    return callee.rpartition(".")[2] in _INERT or callee in COPIES


def is_suppressing(item: ast.withitem) -> bool:
    """Whether `contextlib.suppress` goes on behind a `with` whose body has raised."""
    return ref(item.context_expr).endswith("suppress.()")


def is_constructor(callee: str) -> bool:
    """Whether a callee's name is that of a class."""
    return callee.rpartition(".")[2].lstrip("_")[:1].isupper()


def is_container(value: ast.expr) -> bool:
    """Whether a value is a new list, dict or set."""
    if isinstance(value, ast.Call):
        made = ref(value.func).rpartition(".")[2]
        return made in ("list", "dict", "set", "deque", "defaultdict", "OrderedDict", "WeakSet")
    return isinstance(value, (ast.List, ast.Dict, ast.Set, ast.ListComp, ast.DictComp))


def sounds_like_ending(callee: str) -> bool:
    """Whether a callee's name says that a callback given to it runs at the end of something."""
    words = callee.lower()
    return any(word in words for word in _ENDING_WORDS)


def is_named_as_ending(method: str) -> bool:
    """Whether a public method's short name says that it ends something: `loop_stop`, `cancel`."""
    words = method.removeprefix("async_").split("_")
    return (
        len(words) <= 3
        and not method.startswith("_")
        and sounds_like_ending(words[0] if len(words) > 2 else method)
    )


def inside(node: FunctionNode) -> str:
    """What the names of classes that a function defines begin with, among those of its module."""
    return f"{node.name}@{node.lineno}."


def lambda_name(node: ast.Lambda) -> str:
    """The name under which a lambda stands among its function's nested ones."""
    return f"<lambda {node.lineno}:{node.col_offset}>"


def function_refs(value: ast.AST | None, me: str) -> Iterator[str]:
    """Functions handed over as values: `self.m`, local names, lambdas, inside partials too."""
    if isinstance(value, ast.Name):
        yield value.id
    elif isinstance(value, ast.Lambda):
        yield lambda_name(value)
    elif isinstance(value, ast.Attribute):
        if isinstance(value.value, ast.Name) and value.value.id == me:
            yield f"self.{value.attr}"
    elif isinstance(value, ast.Call):
        name = ref(value.func)
        if name.rpartition(".")[2] in ("partial", "callback", "create_task") or (
            is_constructor(name) and name
        ):
            for item in [*value.args, *(key.value for key in value.keywords)]:
                yield from function_refs(item, me)
        else:
            # A coroutine made here and run by the receiver: `app.defer(self._stop())`.
            yield from function_refs(value.func, me)
    elif isinstance(value, (ast.Tuple, ast.List)):
        for item in value.elts:
            yield from function_refs(item, me)


def iterated(node: ast.expr) -> ast.expr:
    """What a loop goes through: `hs` of `list(hs)`, `hs.items()` and `range(len(hs))`."""
    while isinstance(node, ast.Call):
        if isinstance(node.func, ast.Attribute) and node.func.attr in _VIEWS:
            node = node.func.value
        elif isinstance(node.func, ast.Name) and node.func.id in _THROUGH and node.args:
            lengths = [item for part in node.args for item in ast.walk(part) if _is_len(item)]
            node = lengths[0].args[0] if lengths and lengths[0].args else node.args[0]
        else:
            break
    return node


def literal_elements(node: ast.For | ast.AsyncFor) -> list[ast.expr] | None:
    """The elements of a loop over a short literal."""
    items = node.iter
    if not isinstance(items, (ast.Tuple, ast.List, ast.Set)):
        return None
    fits = 0 < len(items.elts) <= _UNROLLED
    starred = any(isinstance(item, ast.Starred) for item in items.elts)
    return items.elts if fits and not starred else None


def _is_len(node: ast.AST) -> TypeGuard[ast.Call]:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "len"


_VIEWS = ("items", "keys", "values", "copy")


_THROUGH = ("list", "tuple", "set", "sorted", "reversed", "enumerate", "iter", "range", "len")
