"""Programs for the oracle: strategies that compose modules around one class with an end of life.

Every program is right Python and raises nothing by itself: a local that may be None is only
released behind a guard. What varies is where handles come from, where they go, and by which paths.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TypeVar

from hypothesis import strategies as st

T = TypeVar("T")

CONDITIONS = 3
COUNTS = 2
RAISES = 2
MAKERS = frozenset(("make", "make_later", "make_through", "produce", "provide"))
"""Functions that only return a fresh handle: who calls them is the one who acquires."""

_LOCALS = ("a", "b", "c")
_DEEPEST = 3


@dataclass(frozen=True)
class Program:
    """A module with a class `Gadget`, to be started and stopped, and how it may be varied."""

    source: str
    counts: int
    """How many of its loop counts the program looks at."""
    raises: int
    """How many of the conditions under which it raises."""

    def __repr__(self) -> str:
        return "\n" + "\n".join(
            f"{number:3} {line}" for number, line in enumerate(self.source.splitlines(), 1)
        )


@dataclass(frozen=True)
class Handle:
    """One kind of handle: how it is acquired, released and registered."""

    acquire: str
    release: str
    bound: str
    """An expression that releases the handle when it is called."""


HANDLES = {
    "subscription": Handle('self.bus.subscribe("tick", self.on_tick)', "{}()", "{}"),
    "timer": Handle(
        "asyncio.get_running_loop().call_later(900, self.on_tick)", "{}.cancel()", "{}.cancel"
    ),
    "task": Handle("asyncio.create_task(self.work())", "{}.cancel()", "{}.cancel"),
}

_HEAD = """
import asyncio
import contextlib
from collections.abc import Callable
from functools import partial

from daemonbase import DaemonBase, EventBus, Unsubscribe
"""


@dataclass
class Writer:
    """Draws choices and collects the lines of one class."""

    draw: Callable[[st.SearchStrategy], object]
    handle: Handle
    strict: bool
    lines: list[str] = field(default_factory=list)
    depth: int = 0
    sure: set[str] = field(default_factory=set)
    """Locals that hold a handle on every path that leads here."""
    fields: dict[str, str] = field(default_factory=dict)
    """Fields used so far, with what they are: one, list, dict, set."""
    helpers: dict[str, list[str]] = field(default_factory=dict)
    functions: dict[str, list[str]] = field(default_factory=dict)
    indent: int = 2
    free: bool = True
    """Whether a local may be set to None here: not where a path may come back."""
    in_handler: bool = False
    in_loop: bool = False
    budget: int = 14
    counts: int = 0
    """Loop counts used so far: each is looked at once, since no linter knows that two are equal;
    for the same reason none is looked at within a loop."""
    raises: int = 0

    # --- choices ----------------------------------------------------------------------------

    def pick(self, *options: T) -> T:
        return self.draw(st.sampled_from(options))

    def chance(self, percent: int) -> bool:
        return bool(self.draw(st.integers(0, 99)) < percent)

    def line(self, text: str) -> None:
        self.lines.append("    " * self.indent + text)

    @contextmanager
    def block(self, head: str) -> Iterator[None]:
        self.line(head)
        self.indent += 1
        before = len(self.lines)
        yield
        if len(self.lines) == before:
            self.line("pass")
        self.indent -= 1

    # --- expressions ------------------------------------------------------------------------

    def acquire(self) -> str:
        """An expression that makes a live handle."""
        form = self.pick("direct", "direct", "direct", "make", "make_through", "produce", "provide")
        if form == "make":
            self.helpers["make"] = [
                "def make(self):",
                f"    return {self.handle.acquire}",
            ]
            return "self.make()"
        if form == "make_through":
            self.acquire_helper_local()
            return "self.make_through()"
        if form == "produce":
            self.functions["produce"] = [
                "def produce(gadget: 'Gadget'):",
                f"    return {self.handle.acquire.replace('self', 'gadget')}",
            ]
            return "produce(self)"
        if form == "provide":
            self.helpers["provide"] = [
                "async def provide(self):",
                f"    handle = {self.handle.acquire}",
                "    await asyncio.sleep(0)",
                "    return handle",
            ]
            return "await self.provide()"
        return self.handle.acquire

    def acquire_helper_local(self) -> None:
        self.helpers["make_through"] = [
            "def make_through(self):",
            f"    made = {self.handle.acquire}",
            "    print_(made)",
            "    return made",
        ]
        self.functions["print_"] = ["def print_(value: object) -> None:", "    repr(value)"]

    def condition(self) -> str:
        return f"c{self.draw(st.integers(0, CONDITIONS - 1))}"

    def count(self) -> str:
        self.counts += 1
        return f"n{self.counts - 1}"

    def local(self) -> str:
        return str(self.pick(*_LOCALS))

    def released(self, expression: str) -> str:
        return self.handle.release.format(expression)

    def bound(self, expression: str) -> str:
        return self.handle.bound.format(expression)

    # --- fields -----------------------------------------------------------------------------

    def field(self, kind: str) -> str:
        names = {"one": ("one", "two"), "list": ("many", "more"), "dict": ("by_key",)}[kind]
        name = str(self.pick(*names))
        self.fields[name] = kind
        return f"self.{name}"

    # --- statements -------------------------------------------------------------------------

    def body(self) -> bool:
        """Statements of one block; False when the path ends in it."""
        for _ in range(self.draw(st.integers(1, 4))):
            if self.budget <= 0:
                break
            self.budget -= 1
            if not self.statement():
                return False
        return True

    def statement(self) -> bool:
        options: list[Callable[[], object]]
        options = [self.assign, self.assign, self.keep, self.use, self.use, self.use]
        if self.depth < _DEEPEST:
            options += [self.branch, self.branch, self.guard, self.protect, self.context]
            if self.raises < RAISES and not self.in_loop:
                options.append(self.attempt)
            if self.counts < COUNTS and not self.in_loop:
                options += [self.loop, self.match]
        if self.chance(6):
            options = [self.leave]
        elif self.chance(8):
            options = [self.drop]
        chosen = self.pick(*options)
        return chosen() is not False

    def assign(self) -> None:
        name = self.local()
        form = self.pick("plain", "plain", "pair", "chain", "walrus", "either", "alias", "none")
        if form == "plain":
            self.line(f"{name} = {self.acquire()}")
        elif form == "pair":
            other = self.pick(*(item for item in _LOCALS if item != name))
            self.line(f"{name}, {other} = {self.acquire()}, {self.acquire()}")
            self.sure.add(str(other))
        elif form == "chain":
            other = self.pick(*(item for item in _LOCALS if item != name))
            self.line(f"{name} = {other} = {self.acquire()}")
            self.sure.add(str(other))
        elif form == "walrus":
            with self.block(f"if ({name} := {self.acquire()}) is not None:"):
                self.line("pass")
        elif form == "either":
            if not self.free:
                return
            self.line(f"{name} = {self.acquire()} if {self.condition()} else None")
            self.sure.discard(name)
            return
        elif form == "alias":
            other = self.pick(*(item for item in _LOCALS if item != name))
            if other not in self.sure:
                return
            self.line(f"{name} = {other}")
        else:
            if not self.free:
                return
            self.line(f"{name} = None")
            self.sure.discard(name)
            return
        self.sure.add(name)

    def keep(self) -> None:
        """A fresh handle goes straight somewhere."""
        got = self.acquire()
        forms = ["one", "append", "extend", "slot", "literal", "register"]
        if self.counts < COUNTS and not self.in_loop:
            forms.append("comprehension")
        form = self.pick(*forms)
        if form == "one":
            self.line(f"{self.field('one')} = {got}")
        elif form == "append":
            self.line(f"{self.field('list')}.append({got})")
        elif form == "extend":
            self.line(f"{self.field('list')}.extend([{got}, {self.acquire()}])")
        elif form == "slot":
            place = self.field("dict")
            self.line(f"{place}[len({place})] = {got}")
        elif form == "literal":
            self.line(f"{self.field('list')} += [{got}]")
        elif form == "register":
            self.register(got)
        else:
            self.line(f"{self.field('list')} += [{got} for _ in range({self.count()})]")

    def register(self, expression: str) -> None:
        if self.strict:
            if self.handle.bound == "{}" or expression.isidentifier():
                self.line(f"self.register_subscription({self.bound(expression)})")
            else:
                self.line(f"self.register_subscription(({expression}).cancel)")
        elif self.handle.bound == "{}" or expression.isidentifier():
            self.line(f"self.stack.callback({self.bound(expression)})")
        else:
            self.line(f"self.stack.callback(({expression}).cancel)")

    def use(self) -> None:
        """Something is done to a local's handle, behind a guard where it may be None."""
        name = self.local()
        if name in self.sure:
            self.use_sure(name)
        else:
            with self.block(f"if {name}{self.pick('', ' is not None')}:"):
                self.use_sure(name)

    def use_sure(self, name: str) -> None:
        form = self.pick(
            "release", "release", "register", "one", "append", "slot", "lambda", "partial",
            "closure", "keep_helper", "drop_helper", "look_helper", "print", "tuple", "alias",
        )  # fmt: skip
        if form == "release":
            self.line(self.released(name))
        elif form == "register":
            self.register(name)
        elif form == "one":
            self.line(f"{self.field('one')} = {name}")
        elif form == "append":
            self.line(f"{self.field('list')}.append({name})")
        elif form == "slot":
            place = self.field("dict")
            self.line(f"{place}[len({place})] = {name}")
        elif form == "lambda":
            registrar = "self.register_subscription" if self.strict else "self.stack.callback"
            self.line(f"kept_{name} = {name}")
            self.line(f"{registrar}(lambda kept={name}: {self.released('kept')})")
        elif form == "partial":
            registrar = "self.register_subscription" if self.strict else "self.stack.callback"
            self.line(f"{registrar}(partial({self.bound(name)}))")
        elif form == "closure":
            if self.in_loop:
                return  # the functions of all rounds would share the last round's variable
            registrar = "self.register_subscription" if self.strict else "self.stack.callback"
            count = len(self.lines)
            self.line(f"held_{count} = {name}")
            with self.block(f"def undo_{count}():"):
                self.line(self.released(f"held_{count}"))
            self.line(f"{registrar}(undo_{count})")
        elif form == "keep_helper":
            self.fields["many"] = "list"
            self.helpers["keep"] = [
                "def keep(self, handle):",
                "    self.many.append(handle)",
            ]
            self.line(f"self.keep({name})")
        elif form == "drop_helper":
            self.helpers["drop"] = ["def drop(self, handle):", f"    {self.released('handle')}"]
            self.line(f"self.drop({name})")
        elif form == "look_helper":
            self.functions["print_"] = [
                "def print_(value: object) -> None:",
                "    repr(value)",
            ]
            self.line(f"print_({name})")
        elif form == "print":
            self.line(f"repr({name})")
        elif form == "tuple":
            count = len(self.lines)
            self.line(f"group_{count} = [{name}]")
            if self.chance(60):
                with self.block(f"for item in group_{count}:"):
                    self.line(self.released("item"))
        else:
            self.line(f"append = {self.field('list')}.append")
            self.line(f"append({name})")

    def branch(self) -> bool:
        self.depth += 1
        before = set(self.sure)
        with self.block(f"if {self.pick('', 'not ')}{self.condition()}:"):
            first = self.body()
        after, self.sure = self.sure, set(before)
        second = True
        if self.chance(60):
            with self.block("else:"):
                second = self.body()
        self.sure = self.joined((first, after), (second, self.sure))
        self.depth -= 1
        return first or second

    @staticmethod
    def joined(*ways: tuple[bool, set[str]]) -> set[str]:
        open_ways = [sure for goes_on, sure in ways if goes_on]
        return set.intersection(*open_ways) if open_ways else set()

    def guard(self) -> bool:
        self.depth += 1
        name = self.local()
        before = set(self.sure)
        test, holds = self.pick(
            (f"if {name} is not None:", True), (f"if {name}:", True),
            (f"if not {name}:", False), (f"if {name} is None:", False),
        )  # fmt: skip
        inside, outside = set(before), set(before)
        (inside if holds else outside).add(name)
        # Where a guard can never fail, the other side is dead code: no use in asking about it.
        # In a handler the linter must think of every statement that may have raised.
        if name in before or self.in_handler:
            self.depth -= 1
            return True
        self.sure = inside
        with self.block(test):
            first = self.body()
        after, self.sure = self.sure, outside
        self.sure = self.joined((first, after), (True, self.sure))
        self.depth -= 1
        return True

    def attempt(self) -> bool:
        """`try … except` in which a condition raises."""
        self.depth += 1
        free, self.free = self.free, False
        before = set(self.sure)
        number = self.raises
        self.raises += 1
        with self.block("try:"):
            # Each handler can be reached at once: no linter knows better.
            self.line(f"if r{number} == 1:")
            self.line("    raise ValueError")
            first = self.body()
            if first and self.chance(50):
                self.line(f"if r{number} == 2:")
                self.line("    raise ValueError")
        after, self.sure = self.sure, set(before)
        in_handler, self.in_handler = self.in_handler, True
        with self.block("except ValueError:"):
            second = self.body() if self.chance(70) else True
        self.in_handler = in_handler
        caught, self.sure = self.sure, after
        self.sure = self.joined((first, after), (second, caught))
        self.free = free
        self.depth -= 1
        return first or second

    def protect(self) -> bool:
        self.depth += 1
        free, self.free = self.free, False
        before = set(self.sure)
        with self.block("try:"):
            goes_on = self.body()
        after, self.sure = self.sure, set(before)
        with self.block("finally:"):
            self.use()
        self.sure |= after
        self.free = free
        self.depth -= 1
        return goes_on

    def loop(self) -> bool:
        self.depth += 1
        free, self.free = self.free, False
        in_loop, self.in_loop = self.in_loop, True
        before = set(self.sure)
        with self.block(f"for _ in range({self.count()}):"):
            goes_on = self.body()
            if goes_on and self.chance(15):
                with self.block(f"if {self.condition()}:"):
                    self.line(str(self.pick("break", "continue")))
        self.sure = before
        self.free, self.in_loop = free, in_loop
        self.depth -= 1
        return True

    def context(self) -> bool:
        self.depth += 1
        stack = f"stack_{len(self.lines)}"
        with self.block(f"with contextlib.ExitStack() as {stack}:"):
            goes_on = self.body()
            if goes_on:
                name = self.local()
                if name in self.sure:
                    self.line(f"{stack}.callback({self.bound(name)})")
        self.depth -= 1
        return goes_on

    def match(self) -> bool:
        self.depth += 1
        before = set(self.sure)
        ways: list[tuple[bool, set[str]]] = []
        with self.block(f"match {self.count()}:"):
            for pattern in ("0", "1", "_"):
                self.sure = set(before)
                with self.block(f"case {pattern}:"):
                    ways.append((self.body() if self.chance(70) else True, self.sure))
        self.sure = self.joined(*ways)
        self.depth -= 1
        return any(goes_on for goes_on, _ in ways)

    def leave(self) -> bool:
        if self.depth == 0:
            return True
        self.line("return")
        return False

    def drop(self) -> None:
        self.line(self.acquire())

    # --- the end ----------------------------------------------------------------------------

    def ending(self) -> list[str]:
        """The lines of the end-of-life method, and helpers it calls."""
        lines: list[str] = []
        for name, kind in self.fields.items():
            form = self.pick("none", "here", "here", "helper", "aliased")
            if form == "none":
                continue
            released = self.field_release(f"self.{name}", kind, form == "aliased")
            if form == "helper":
                self.helpers[f"release_{name}"] = [
                    f"def release_{name}(self):",
                    *(f"    {line}" for line in released),
                ]
                lines.append(f"self.release_{name}()")
            else:
                lines += released
        return lines

    def field_release(self, place: str, kind: str, aliased: bool) -> list[str]:
        if kind == "one":
            if aliased:
                return [
                    f"handle, {place} = {place}, None",
                    "if handle is not None:",
                    f"    {self.released('handle')}",
                ]
            return [f"if {place}{self.pick('', ' is not None')}:", f"    {self.released(place)}"]
        if kind == "dict":
            if aliased:
                return [f"while {place}:", f"    {self.released(f'{place}.popitem()[1]')}"]
            return [f"for handle in {place}.values():", f"    {self.released('handle')}"]
        if aliased:
            return [f"while {place}:", f"    {self.released(f'{place}.pop()')}"]
        return [f"for handle in {place}:", f"    {self.released('handle')}", f"{place}.clear()"]


@st.composite
def programs(draw: Callable[[st.SearchStrategy], object]) -> Program:
    """A whole module."""
    strict = bool(draw(st.booleans()))
    handle = HANDLES[str(draw(st.sampled_from(sorted(HANDLES))))]
    writer = Writer(draw, handle, strict)
    writer.line("c0, c1, c2 = self.conditions")
    writer.line("n0, n1 = self.counts")
    writer.line("r0, r1 = self.raises")
    writer.line("a = None")
    writer.line("b = None")
    writer.line("c = None")
    writer.body()
    ending = writer.ending()
    empty = {"one": "None", "list": "[]", "dict": "{}"}
    head = ["class Gadget(DaemonBase):"] if strict else ["class Gadget:"]
    head += ["    def __init__(self, bus: EventBus, conditions, counts, raises) -> None:"]
    if strict:
        head += ["        super().__init__(bus=bus)"]
    else:
        head += ["        self.bus = bus", "        self.stack = contextlib.ExitStack()"]
    head += [
        "        self.conditions = conditions",
        "        self.counts = counts",
        "        self.raises = raises",
    ]
    for name, kind in writer.fields.items():
        head.append(f"        self.{name} = {empty[kind]}")
    head += ["", f"    async def {'initialize' if strict else 'start'}(self) -> None:"]
    tail = ["", f"    async def {'cleanup' if strict else 'stop'}(self) -> None:"]
    if not strict:
        ending = [*ending, "self.stack.close()"]
    tail += [f"        {line}" for line in ending or ["pass"]]
    for lines in writer.helpers.values():
        tail += ["", *(f"    {line}" for line in lines)]
    tail += ["", "    def on_tick(self, *_: object) -> None:", "        pass"]
    tail += ["", "    async def work(self) -> None:", "        await asyncio.Event().wait()"]
    functions = [line for lines in writer.functions.values() for line in ["", "", *lines]]
    text = _HEAD.strip().splitlines() + functions + ["", "", *head, *writer.lines, *tail]
    return Program("\n".join(text) + "\n", writer.counts, writer.raises)
