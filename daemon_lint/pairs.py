"""Paired acquires: a call without handle, undone by a second call with the same arguments.

`loop.add_reader(fd, cb)` and `loop.remove_reader(fd)` match when nothing shows that receiver,
event or callback differ. A lambda given to both is two objects, so it matches nothing.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from daemon_lint.refs import glob_of, ref

_UNDOING = re.compile(
    r"_?(?:async_)?(?:remove|del_|delete_|un|dereg|off$|disconnect|discard|cancel|detach|clear|stop)"
)
_OPPOSITES = (
    ("add_", ("remove_", "del_", "delete_", "discard_")),
    ("register", ("unregister", "deregister", "remove")),
    ("subscribe", ("unsubscribe",)),
    ("connect", ("disconnect",)),
    ("attach", ("detach",)),
    ("observe", ("unobserve",)),
    ("on", ("off",)),
    ("watch", ("unwatch",)),
)
_SUBSCRIBING = re.compile(
    r"(?i)(?:async_)?(?:\w*(?:listener|handler|callback|observer|subscriber|watcher|hook)s?"
    r"|(?:subscribe|connect|attach|observe|watch)(?:_\w+)?|on)$"
)
ANY = "?"
LAMBDA = "lambda"
"""A lambda or partial: a new object wherever it stands."""
GLOB = "glob:"
"""Marks a text of which only parts are known: `glob:*.open` for `f"{name}.open"`."""
NAMED = "="
"""Marks the full name of something that is never rebound: a class, an enum's member."""


class Undo(NamedTuple):
    """A call that may undo a paired acquire, or (`called` is False) a mention of its function.

    `receiver` is the ref of the object, with `self` for the instance; `args` are texts by slot.
    A mention has the arguments that are handed on with it: `partial(bus.remove_listener, "a", cb)`.
    """

    receiver: str
    method: str
    args: tuple[tuple[str, str], ...] = ()
    called: bool = True
    module: str = ""
    """The path of the module in which the names among the arguments mean something."""


def is_undoing(method: str) -> bool:
    """Whether a method's name says that it takes something back."""
    return _UNDOING.match(method) is not None


def opposites(method: str) -> list[str]:
    """The names that the undoing method of a subscribing one may have; none for other methods."""
    if not _SUBSCRIBING.match(method):
        return []
    prefix = "async_" if method.startswith("async_") else ""
    bare = method.removeprefix(prefix)
    return [
        prefix + opposite + bare.removeprefix(word)
        for word, found in _OPPOSITES
        if bare.startswith(word) and (word != "on" or bare == "on")
        for opposite in found
    ]


def undo_of(node: ast.Call, me: str) -> Undo | None:
    """A call as one that may undo something (or that something may undo), by its texts."""
    if not isinstance(node.func, ast.Attribute):
        return None
    return Undo(_receiver(node.func, me), node.func.attr, _texts(node.args, node.keywords, me))


def undos_of(node: ast.Call, me: str, listed: Mapping[str, Sequence[ast.expr]]) -> Iterator[Undo]:
    """The same for each round of a loop around it, whose variable takes the elements `listed`."""
    names = (item.id for item in node.args if isinstance(item, ast.Name))
    variable = next((name for name in names if name in listed), "")
    for element in listed.get(variable) or [ast.Name(variable)]:
        given = [
            element if isinstance(item, ast.Name) and item.id == variable else item
            for item in node.args
        ]
        found = undo_of(ast.Call(node.func, given, node.keywords), me)
        if found is not None:
            yield found


def mention_of(node: ast.Attribute, me: str, call: ast.Call | None = None) -> Undo:
    """A method that is handed on uncalled, with what stands behind it in `call`."""
    args: tuple[tuple[str, str], ...] = ()
    if call is not None:
        behind = call.args[call.args.index(node) + 1 :]
        is_partial = ref(call.func).rpartition(".")[2] == "partial"
        args = _texts(behind, call.keywords if is_partial else [], me)
    return Undo(_receiver(node, me), node.attr, args, called=False)


def is_for(undo: Undo, acquire: Undo, method: str, same_receiver: bool = True) -> bool:
    """Whether `undo` calls the undoing `method` of what a paired acquire was made with.

    `same_receiver` is False for objects of which there is one anyway, as the running loop.
    """
    return undo.method == method and (
        not same_receiver or _may_be_same_object(undo.receiver, acquire.receiver)
    )


def repeats(undo: Undo, acquire: Undo) -> bool:
    """Whether the arguments of `undo` may be those of a paired acquire."""
    given = dict(acquire.args)
    texts = set(given.values()) - {LAMBDA}
    return all(
        _may_be_equal(text, given.get(slot, ANY)) or text in texts for slot, text in undo.args
    )


def takes_function(acquire: Undo) -> bool:
    """Whether a method, a lambda or a named function is among the arguments."""
    return any(
        text == LAMBDA or (text.startswith(("self.", "*.", "name:")) and slot != "**")
        for slot, text in acquire.args
    )


def _receiver(function: ast.Attribute, me: str) -> str:
    found = ref(function.value)
    head, dot, rest = found.partition(".")
    return f"self{dot}{rest}" if me and head == me else found


def _texts(
    given: list[ast.expr], keywords: list[ast.keyword], me: str
) -> tuple[tuple[str, str], ...]:
    slots = [(str(index), item) for index, item in enumerate(given)]
    slots += [(item.arg or "**", item.value) for item in keywords]
    return tuple((slot, _text(item, me)) for slot, item in slots)


def _text(node: ast.expr, me: str) -> str:
    if isinstance(node, ast.Constant):
        return repr(node.value)
    if isinstance(node, ast.Lambda):
        return LAMBDA
    if isinstance(node, ast.Call) and ref(node.func).rpartition(".")[2] == "partial":
        return LAMBDA
    if isinstance(node, ast.Name):
        return f"name:{node.id}"
    if isinstance(node, ast.Attribute):
        head = ref(node.value)
        return f"self.{node.attr}" if head == me != "" else f"*.{head or ANY}.{node.attr}"
    if isinstance(node, (ast.JoinedStr, ast.BinOp)):
        text = glob_of(node)
        return ANY if text == "*" else f"{GLOB}{text}"
    if isinstance(node, ast.Call) and node.args:
        # `Callback('Name', …)`: what is registered goes by the name it is made with.
        made = ref(node.func).rpartition(".")[2]
        first = node.args[0]
        if made[:1].isupper() and isinstance(first, ast.Constant) and isinstance(first.value, str):
            return repr(first.value)
    return ANY


def _may_be_same_object(left: str, right: str) -> bool:
    if "." not in left or "." not in right or left.endswith(("()", "[]")):
        return True
    if right.endswith(("()", "[]")):
        return True
    return left.rpartition(".")[2].lstrip("_") == right.rpartition(".")[2].lstrip("_")


def _may_be_equal(left: str, right: str) -> bool:
    if LAMBDA in (left, right):
        return False
    if _is_literal(left) and _is_literal(right):
        return left == right
    if left[0] == right[0] == NAMED or (
        left.startswith(("self.", "*.")) and right.startswith(("self.", "*."))
    ):
        return left.rpartition(".")[2] == right.rpartition(".")[2]
    one, other = _known_parts(left), _known_parts(right)
    if one is None or other is None:
        return True
    return all(a.startswith(b) or b.startswith(a) for a, b in zip(one, other, strict=True))


def _is_literal(text: str) -> bool:
    return text[0] in "'\"-" or text[0].isdigit()


def _known_parts(text: str) -> tuple[str, str] | None:
    """How a text begins, and how it ends (from behind); None where it may be anything."""
    if text[0] in "'\"":
        return text[1:-1], text[-2:0:-1]
    if text.startswith(GLOB):
        start, star, end = text.removeprefix(GLOB).partition("*")
        return start, end.rpartition("*")[2][::-1] if star else start[::-1]
    return None
