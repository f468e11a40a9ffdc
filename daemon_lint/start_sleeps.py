"""Fixed times that a daemon waits in its start-up code, in helpers and bases too.

A pause between two attempts is none: the attempt decides, not the time. Neither is what runs in a
task of its own. A loop that asks the bus whether a daemon is ready waits, however short its pauses.
"""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta

from daemon_lint.constants import Constants, Place
from daemon_lint.contracts import Base
from daemon_lint.frames import Frame, Frames, Site, argument
from daemon_lint.refs import ref
from daemon_lint.summary import FunctionSummary
from daemon_lint.symbols import Class, External

_LONG = 0.5
_LONGEST_TIMER = 30
"""A timer that is set for longer is no wait for something that starts at the same time."""
_LIBRARIES = frozenset("asyncio time anyio trio curio gevent eventlet".split())
_THREADS = ("to_thread", "run_in_executor", "run_sync")
_OTHER_TIMERS = re.compile(
    r"(?i)(?:^|_)(on_|print$|ping|notify|check|tick|poll|expir|time_?out|watch|flush|beat|alarm|"
    r"rotate|save|report|sweep|clean|purge|retry|stop|close|cancel|remind|idle|abort|give_?up|"
    r"fail|warn|kill|evict|prune|log(?:_|$)|stat(?:s|us)?(?:_|$)|again)"
)
"""What a timer calls that has its time of its own."""


@dataclass(frozen=True, slots=True)
class Pause:
    """A fixed time that is waited at the start: the call, and the method it stands in."""

    site: Site
    method: str
    timer: bool


class StartSleeps:
    """Follows the start of one daemon class."""

    def __init__(self, constants: Constants, cls: Class, strict: Base) -> None:
        self.constants = constants
        self.linker = constants.linker
        self.cls = cls
        self.frames = Frames(constants, cls, strict)
        self.hooks = ("__init__", strict.methods["initialize"], strict.methods["start"])
        self._found: list[tuple[Pause, list[str]]] = []
        self._ran: set[str] = set(self.hooks)
        self._polls = False
        """Whether what is read stands in a loop that asks for readiness."""

    def pauses(self) -> Iterator[Pause]:
        """The pauses of the start, without those in methods that other code uses too."""
        for name in self.hooks:
            frame = self.frames.method(name)
            if frame is not None:
                self._block(_body(frame), frame, [], retries=False)
        shared = self._shared()
        for pause, through in self._found:
            if shared.isdisjoint(through):
                yield pause

    def _shared(self) -> set[str]:
        """The methods that code besides the start calls, or that are handed over as callbacks."""
        found: set[str] = set()
        for base in self.linker.mro(self.cls):
            for name, method in base.summary.methods.items() if isinstance(base, Class) else ():
                for part in _parts(method):
                    if name.partition("@")[0] not in self._ran:
                        found.update(part.self_refs)
                    found.update(
                        item.ref.removeprefix("self.")
                        for item in part.callbacks
                        if item.target.rpartition(".")[2] not in _AWAITING
                    )
        return found - set(self.hooks)

    # --- statements -------------------------------------------------------------------------

    def _block(
        self, body: Iterable[ast.stmt], frame: Frame, through: list[str], retries: bool
    ) -> None:
        for node in body:
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
                continue
            for part in _own_expressions(node):
                self._expression(part, frame, through, retries)
            if isinstance(node, (ast.For, ast.AsyncFor, ast.While)):
                again = retries or _tries_again(node)
                before, self._polls = self._polls, self._asks_for_readiness(node, frame)
                self._block(node.body, frame, through, again)
                self._polls = before
                self._block(node.orelse, frame, through, retries)
            elif isinstance(node, ast.If):
                again = retries or _is_attempt(node.test, frame.node)
                self._block(node.body, frame, through, again)
                self._block(node.orelse, frame, through, retries)
            elif isinstance(node, (ast.Try, ast.TryStar)):
                self._block(node.body, frame, through, retries)
                for handler in node.handlers:
                    self._block(handler.body, frame, through, retries=True)
                self._block([*node.orelse, *node.finalbody], frame, through, retries)
            elif isinstance(node, (ast.With, ast.AsyncWith)):
                self._block(node.body, frame, through, retries)
            elif isinstance(node, ast.Match):
                for case in node.cases:
                    self._block(case.body, frame, through, retries)

    def _expression(self, node: ast.AST, frame: Frame, through: list[str], retries: bool) -> None:
        for call, awaited in _calls(node, awaited=False):
            if (self._polls or not retries) and (awaited or not self._is_async(call, frame)):
                seconds = self._slept(call, frame)
                if seconds is not None and (self._polls or self._is_long(seconds, frame.place)):
                    self._add(frame.site(call, seconds), frame, through, timer=False)
            if self._sets_timer(call, frame):
                self._add(frame.site(call, call.args[0] if call.args else None), frame, through)
            called = self.frames.called(call, frame)
            if isinstance(called, Frame):
                if isinstance(called.node, ast.AsyncFunctionDef) and not awaited:
                    continue  # a task of its own runs it
                name = getattr(called.node, "name", "")
                self._ran.add(name)
                self._block(_body(called), called, [*through, name], retries)

    def _add(self, site: Site, frame: Frame, through: list[str], timer: bool = True) -> None:
        method = through[-1] if through else getattr(frame.node, "name", "")
        self._found.append((Pause(site, method, timer), through))

    def _asks_for_readiness(self, loop: ast.For | ast.AsyncFor | ast.While, frame: Frame) -> bool:
        """Whether a loop ends when another daemon is ready: `while not self.bus.is_ready("db")`."""
        tests = [
            item.test
            for item in ast.walk(loop)
            if isinstance(item, ast.If) and any(isinstance(one, _LEAVES) for one in item.body)
        ]
        if isinstance(loop, ast.While):
            tests.append(loop.test)
        scope = self.constants.scope(frame.place)
        return any(
            isinstance(call, ast.Call) and self.linker.callee(ref(call.func), scope).name in _ASKED
            for test in tests
            for call in ast.walk(test)
        )

    # --- calls ------------------------------------------------------------------------------

    def _library(self, node: ast.expr, frame: Frame) -> str:
        """The library whose `sleep` an expression is; or ''."""
        symbol = self.linker.resolve(ref(node), self.constants.scope(frame.place))
        if not isinstance(symbol, External) or symbol.name.rpartition(".")[2] != "sleep":
            return ""
        library = symbol.name.partition(".")[0]
        return library if library in _LIBRARIES else ""

    def _is_async(self, call: ast.Call, frame: Frame) -> bool:
        return self._library(call.func, frame) in ("asyncio", "anyio", "trio", "curio")

    def _slept(self, call: ast.Call, frame: Frame) -> ast.expr | None:
        """The time of a call that sleeps."""
        if self._library(call.func, frame):
            return call.args[0] if call.args else next((i.value for i in call.keywords), None)
        if ref(call.func).rpartition(".")[2] in _THREADS:
            for index, item in enumerate(call.args[:-1]):
                if self._library(item, frame):
                    return call.args[index + 1]
        return None

    def _is_long(self, seconds: ast.expr | None, place: Place, most: float | None = None) -> bool:
        values = self.constants.values(seconds, place) if seconds is not None else None
        numbers = [
            item.total_seconds() if isinstance(item, timedelta) else item
            for item in values or ()
            if isinstance(item, (int, float, timedelta))
        ]
        if not numbers or len(numbers) != len(values or ()):
            return False
        return max(numbers) >= _LONG and (most is None or max(numbers) <= most)

    def _sets_timer(self, call: ast.Call, frame: Frame) -> bool:
        """`loop.call_later(2, self.load)`: a part of the start that comes later."""
        last = ref(call.func).rpartition(".")[2]
        if last not in ("call_later", "call_at") or not isinstance(call.func, ast.Attribute):
            return False
        if self.constants.is_me(call.func.value, frame.place):
            return False
        seconds = argument(call, 0, "delay" if last == "call_later" else "when")
        if last == "call_at":
            seconds = _after_now(seconds)
        callback = argument(call, 1, "callback")
        if callback is None or not self._is_long(seconds, frame.place, _LONGEST_TIMER):
            return False
        return not self._has_its_own_time(callback, frame)

    def _has_its_own_time(self, callback: ast.expr, frame: Frame) -> bool:
        """Whether a timer's callback sets it again, or is not a part of the start by its name."""
        if isinstance(callback, ast.Lambda) and isinstance(callback.body, ast.Call):
            callback = callback.body.func
        elif isinstance(callback, ast.Call) and ref(callback.func).endswith("partial"):
            callback = callback.args[0] if callback.args else callback
        if _OTHER_TIMERS.search(ref(callback).rpartition(".")[2]):
            return True
        called = self.frames.function(callback, None, frame)
        return isinstance(called, Frame) and any(
            isinstance(item, ast.Attribute) and item.attr in ("call_later", "call_at")
            for item in ast.walk(called.node)
        )


_ASKED = ("daemonbase.EventBus.is_ready", "daemonbase.EventBus.readiness")
_LEAVES = (ast.Break, ast.Return)
_AWAITING = frozenset("wait_for gather shield wait as_completed timeout run_until_complete".split())


def _body(frame: Frame) -> list[ast.stmt]:
    return [] if isinstance(frame.node, ast.Lambda) else frame.node.body


def _parts(method: FunctionSummary) -> Iterator[FunctionSummary]:
    yield method
    for nested in method.nested.values():
        yield from _parts(nested)


def _own_expressions(node: ast.stmt) -> Iterator[ast.expr]:
    """The expressions of a statement itself, not those of statements inside it."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.expr):
            yield child
        elif isinstance(child, ast.withitem):
            yield child.context_expr


def _calls(node: ast.AST, awaited: bool) -> Iterator[tuple[ast.Call, bool]]:
    """The calls that run with an expression, and whether it waits for them."""
    if isinstance(node, ast.Lambda):
        return
    awaited = awaited or isinstance(node, ast.Await)
    if isinstance(node, ast.Call):
        yield node, awaited
    for child in ast.iter_child_nodes(node):
        yield from _calls(child, awaited)


def _tries_again(node: ast.For | ast.AsyncFor | ast.While) -> bool:
    """Whether a loop goes on until something succeeds, so that its pauses are between attempts."""
    if isinstance(node, ast.While):
        return True
    return any(
        isinstance(item, (ast.Break, ast.Return, ast.Raise, ast.Try, ast.Continue))
        for item in ast.walk(node)
    )


def _is_attempt(test: ast.expr, around: ast.AST) -> bool:
    """Whether a condition asks for an outcome that is asked for, or tried, again."""
    calls = {ref(item.func) for item in ast.walk(test) if isinstance(item, ast.Call)}
    if not calls:
        return False
    made = Counter(ref(item.func) for item in ast.walk(around) if isinstance(item, ast.Call))
    return any(made[name] > 1 for name in calls if name)


def _after_now(when: ast.expr | None) -> ast.expr | None:
    """The `2` of `loop.time() + 2`."""
    if not isinstance(when, ast.BinOp) or not isinstance(when.op, ast.Add):
        return None
    for one, other in ((when.left, when.right), (when.right, when.left)):
        if isinstance(one, ast.Call) and ref(one.func).rpartition(".")[2] == "time":
            return other
    return None
