"""Subscriptions to `system:ready` in a daemon, and the handlers that they are given."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from daemon_lint.contracts import Base
from daemon_lint.daemons import Daemons
from daemon_lint.frames import Frame, Frames, argument
from daemon_lint.ready_filters import Payload, ReadyFilter
from daemon_lint.refs import own_nodes, ref
from daemon_lint.symbols import Class, Function

READY = "system:ready"
_SUBSCRIBING = frozenset("subscribe on listen add_listener add_handler once add_subscriber".split())
_HANDLER = ("handler", "callback", "listener", "func", "function")


class ReadySubscriptions:
    """The subscriptions of one daemon class."""

    def __init__(self, daemons: Daemons, cls: Class, strict: Base) -> None:
        self.daemons = daemons
        self.constants = daemons.constants
        self.cls = cls
        self.frames = Frames(self.constants, cls, strict)
        self.words = _SUBSCRIBING | {strict.methods["subscribe"]}
        self.filter = ReadyFilter(self.frames, lambda: daemons.names(cls))

    def filtered(self, home: Class) -> Iterator[ast.Call]:
        """The subscriptions in the methods of a class whose handler asks for daemons by name."""
        if not self.daemons.mentions(self.cls, self.words):
            return
        for method in home.summary.methods.values():
            found = Function(method.name, home.module, method, home, self.cls)
            frame = self.frames.enter(found)
            if frame is None:
                continue
            for call, place in self.daemons.naming.calls(frame.node, frame.place):
                inner = Frame(place, frame.node, frame.given, frame.around)
                if any(self._picks(item, inner) for item in self._handlers(call, inner)):
                    yield call

    def _handlers(self, call: ast.Call, frame: Frame) -> list[ast.expr]:
        """The handlers that a call subscribes to `system:ready`."""
        if len(call.args) + len(call.keywords) < 1:
            return []
        if _last(call) in self.words:
            event = argument(call, 0, "event")
            handler = _handler(call, 1)
            if handler is None or READY not in self.constants.texts(event, frame.place):
                return []
            return self._bound(call, event, handler, frame)
        called = self.frames.called(call, frame)
        if not isinstance(called, Frame):
            return []
        found: list[ast.expr] = []
        for item in own_nodes(called.node):  # a helper of its own that subscribes what it is given
            if not isinstance(item, ast.Call) or _last(item) not in self.words:
                continue
            handler = _handler(item, 1)
            is_ready = READY in self.constants.texts(argument(item, 0, "event"), called.place)
            if is_ready and isinstance(handler, ast.Name) and handler.id in called.given:
                given = _given(call, called, handler.id)
                found += [given] if given is not None else []
        return found

    def _bound(
        self, call: ast.Call, event: ast.expr | None, handler: ast.expr, frame: Frame
    ) -> list[ast.expr]:
        """The handler itself; for a loop over pairs of a literal those that go with the event."""
        if not isinstance(handler, ast.Name):
            return [handler]
        for item in ast.walk(frame.node):
            if not isinstance(item, ast.For) or not isinstance(item.target, ast.Tuple):
                continue
            if call not in ast.walk(item):
                continue
            names = [ref(part) for part in item.target.elts]
            if handler.id in names and ref(event) in names:
                one, two = names.index(ref(event)), names.index(handler.id)
                return [
                    row[two]
                    for row in _rows(item.iter)
                    if len(row) == len(names)
                    and READY in self.constants.texts(row[one], frame.place)
                ]
        code = self.constants.trees.code(frame.place.module.path)
        for function in frame.place.functions if code is not None else ():
            values = code.bindings(function).get(handler.id, []) if code is not None else []
            if values:
                return [item.value for item in values if item.value is not None]
        return [handler]

    def _picks(self, handler: ast.expr, frame: Frame) -> bool:
        return any(
            self.filter.picks(found, payload) for found, payload in self._functions(handler, frame)
        )

    def _functions(self, handler: ast.expr, frame: Frame) -> Iterator[tuple[Frame, Payload]]:
        """The functions that run for an event, with the name of their payload."""
        if isinstance(handler, ast.Lambda):
            inner = self.frames.inside(handler, None, frame)
            if inner is not None:
                yield inner, _payload(inner, 0, ())
        elif isinstance(handler, (ast.Name, ast.Attribute)):
            found = self.frames.function(handler, None, frame)
            if isinstance(found, Frame):
                yield found, _payload(found, 0, ())
        elif isinstance(handler, ast.Call):
            if _last(handler) in ("partial", "partialmethod"):
                keywords = tuple(item.arg or "" for item in handler.keywords)
                for found, _ in self._functions(handler.args[0], frame) if handler.args else ():
                    yield found, _payload(found, len(handler.args) - 1, keywords)
                return
            made = self.frames.called(handler, frame)
            if isinstance(made, Frame):
                for item in own_nodes(made.node):
                    if isinstance(item, ast.Return) and item.value is not None:
                        yield from self._functions(item.value, made)
            for value in handler.args:  # a wrapper round the handler
                if isinstance(value, (ast.Name, ast.Attribute, ast.Lambda)):
                    yield from self._functions(value, frame)


def _payload(frame: Frame, bound: int, keywords: tuple[str, ...]) -> Payload:
    """The parameter that an event's payload goes to, behind those that are bound already."""
    arguments = frame.node.args
    names = [item.arg for item in (*arguments.posonlyargs, *arguments.args)]
    if names and names[0] == frame.place.me and not isinstance(frame.node, ast.Lambda):
        del names[0]
    fixed = [*names[:bound], *keywords]
    free = [name for name in names[bound:] if name not in keywords]
    if not free and arguments.vararg is not None:
        free = [arguments.vararg.arg]
    return Payload(frozenset(free[:1]), fixed=frozenset(fixed))


def _handler(call: ast.Call, position: int) -> ast.expr | None:
    found = (argument(call, position, name) for name in _HANDLER)
    return next((item for item in found if item is not None), None)


def _last(call: ast.Call) -> str:
    return ref(call.func).rpartition(".")[2]


def _given(call: ast.Call, called: Frame, name: str) -> ast.expr | None:
    """What a call gives to a parameter of the method that it calls."""
    names = [item.arg for item in (*called.node.args.posonlyargs, *called.node.args.args)]
    if names and names[0] == called.place.me:
        del names[0]
    return argument(call, names.index(name), name) if name in names else None


def _rows(items: ast.expr) -> Iterator[list[ast.expr]]:
    """The rows of a literal that a loop goes through."""
    if isinstance(items, (ast.Tuple, ast.List, ast.Set)):
        for item in items.elts:
            if isinstance(item, (ast.Tuple, ast.List)):
                yield item.elts
    elif isinstance(items, ast.Call) and isinstance(items.func, ast.Attribute):
        table = items.func.value
        if items.func.attr == "items" and isinstance(table, ast.Dict):
            for key, value in zip(table.keys, table.values, strict=True):
                if key is not None:
                    yield [key, value]
