"""What the daemons of a project register, by constant names: intervals, and whom they wait for.

A daemon is a class with a strict base. What names are worth is told by `constants`, what daemons
are called by `naming`; a name that is computed is not known and says nothing.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property

from daemon_lint.circles import cycles
from daemon_lint.constants import Constants, Place
from daemon_lint.contracts import Base
from daemon_lint.frames import Frame, Frames, Own, Site, argument
from daemon_lint.intervals import Intervals, Replaced
from daemon_lint.linking import Linker
from daemon_lint.naming import UNKNOWN, Naming, calls_of
from daemon_lint.phases import Endings
from daemon_lint.refs import ref
from daemon_lint.summary import FunctionSummary, ModuleSummary
from daemon_lint.symbols import Class
from daemon_lint.systems import Systems
from daemon_lint.trees import Trees
from daemon_lint.values import ANYTHING, Glob, Value, Values

_MOST = 64
"""How many subclasses of one class are followed."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A daemon waits for another: where it says so.

    `home` is the class whose method says it, if that is a base of the daemon's class.
    """

    cls: Class
    name: str
    line: int
    home: Class | None = None
    call: ast.Call | None = field(default=None, compare=False)

    @property
    def path(self) -> str:
        return (self.home or self.cls).module.path


@dataclass(frozen=True, slots=True)
class Wait:
    """A call that waits for a daemon: what it may be called, and where the name is given."""

    call: ast.Call
    site: Site
    names: Values | None


class Daemons:
    """All daemons of a project, their names, and who waits for whom."""

    def __init__(self, linker: Linker, trees: Trees) -> None:
        self.linker = linker
        self.constants = Constants(linker, trees)
        self.classes: list[tuple[Class, Base]] = [
            (cls, strict)
            for cls in linker.classes()
            if (strict := linker.strict_base(cls)) is not None
        ]
        self.naming = Naming(self.constants, dict(self.classes))
        self._calls: dict[Class, frozenset[str]] = {}
        self._all_calls: dict[Class, frozenset[str]] = {}
        self._replaced: dict[Class, list[Replaced]] = {}
        self._is_complete = False

    def concrete(self, cls: Class) -> list[Class]:
        """A class and its subclasses: those whose instances run its methods."""
        return [cls, *self.linker.subclasses(cls)[:_MOST]]

    def mentions(self, cls: Class, words: Iterable[str]) -> bool:
        """Whether a method of a class or of its bases calls something of one of these names."""
        return not self._all_called(cls).isdisjoint(words)

    def _all_called(self, cls: Class) -> frozenset[str]:
        """What the methods of a class and of its bases call."""
        if cls not in self._all_calls:
            found: frozenset[str] = frozenset()
            for base in reversed(self.linker.mro(cls)):
                if not isinstance(base, Class):
                    continue
                if not self._called(base) <= found:
                    found |= self._called(base)
                if base is cls or not self.linker.is_mixed(base):
                    # Without branches the classes behind a base are its own.
                    self._all_calls[base] = found
        return self._all_calls[cls]

    def _called(self, cls: Class) -> frozenset[str]:
        if cls not in self._calls:
            found: set[str] = set()
            parts = list(cls.summary.methods.values())
            while parts:
                part = parts.pop()
                parts += part.nested.values()
                found.update(call.rpartition(".")[2] for call in part.calls)
                found.update(part.self_refs)
            self._calls[cls] = frozenset(found)
        return self._calls[cls]

    def base_of(self, cls: Class) -> Base | None:
        """The strict base of a class, or of the daemons that a mixin is mixed into."""
        found = (self.linker.strict_base(item) for item in (cls, *self.linker.subclasses(cls)))
        return next((strict for strict in found if strict is not None), None)

    # --- names ------------------------------------------------------------------------------

    @cached_property
    def _names(self) -> dict[Class, set[Value]]:
        """What each daemon may be called, by its class and by those who make it."""
        found: dict[Class, set[Value]] = {}
        made = list(self.naming.makers(self.linker.modules() if self.classes else ()))
        of_others = {item.cls for item in made}
        for cls, _ in self.classes:
            names = self.naming.of_constructor(cls)
            if names is None and cls not in of_others and not self.linker.subclasses(cls):
                names = UNKNOWN  # who makes it, and how it is called, is not in the project
            found[cls] = set(names or ())
            self._note(cls.module, found[cls])
        for item in made:
            names = self.naming.of_made(item)
            self._note(item.place.module, names)
            if item.cls is not None:
                found[item.cls].update(names)
                self._note(item.cls.module, names)
        return found

    @cached_property
    def _by_system(self) -> dict[str, set[Value]]:
        """The names of each system."""
        return {}

    def _note(self, module: ModuleSummary, names: Iterable[Value]) -> None:
        self._by_system.setdefault(self.systems.of(module), set()).update(names)

    @cached_property
    def systems(self) -> Systems:
        """Which modules belong to one system of daemons."""
        return Systems(self.linker)

    def names(self, cls: Class) -> set[str]:
        """The names that a daemon may go by, as far as they are known."""
        return {item for item in self._names.get(cls, ()) if isinstance(item, str)}

    def all_names(self, module: ModuleSummary) -> set[str]:
        """The known names of the daemons in the system of a module."""
        return texts(frozenset(self._everything().get(self.systems.of(module), ())))

    def may_exist(self, name: str, module: ModuleSummary) -> bool:
        """Whether some daemon is called so, or may be one of a module's system."""
        own = self.systems.of(module)
        return any(
            (isinstance(item, Glob) and (system == own or item != ANYTHING) and item.matches(name))
            or item == name
            for system, names in self._everything().items()
            for item in names
        )

    def _everything(self) -> dict[str, set[Value]]:
        if not self._is_complete:
            self._is_complete = True
            assert self._names is not None
            for module in self.linker.modules() if self.classes else ():
                for names in self.naming.announced(module):
                    self._note(module, names)
        return self._by_system

    def is_alone(self, cls: Class | None) -> bool:
        """Whether a system has no daemon but those of one class, its bases and subclasses."""
        if cls is None:
            return False
        family = {*self.linker.mro(cls), *self.linker.subclasses(cls)}
        own = self.systems.of(cls.module)
        others = (other for other, _ in self.classes if other not in family)
        known = {name for item in family if isinstance(item, Class) for name in self.names(item)}
        return not any(self.systems.of(other.module) == own for other in others) and (
            self.all_names(cls.module) <= known
        )

    # --- whom they wait for -----------------------------------------------------------------

    def targets(self, waiting: Waiting) -> list[Class]:
        """The daemons of the name that is waited for: the nearest ones."""
        found = [cls for cls, _ in self.classes if waiting.name in self.names(cls)]
        near = [cls for cls in found if cls.module is waiting.cls.module]
        own = self.systems.of(waiting.cls.module)
        return near or [cls for cls in found if self.systems.of(cls.module) == own] or found

    def waits_of_class(self, cls: Class, base: Base, home: Class) -> Iterator[Wait]:
        """The waits of a daemon of `cls` in the methods that `home`, one of its bases, defines."""
        for method in home.summary.methods.values():
            yield from self._in_method(cls, base, home, method)

    def all_waits(self, cls: Class, base: Base) -> Iterator[Waiting]:
        """Whom a daemon of a class waits for, in the methods of its bases too."""
        seen: set[str] = set()
        for home in self.linker.mro(cls):
            if not isinstance(home, Class):
                continue
            for method in home.summary.methods.values():
                if method.name in seen and not self._is_reached(cls, home, method.name):
                    continue
                for wait in self._in_method(cls, base, home, method):
                    for name in sorted(texts(wait.names)):
                        yield Waiting(cls, name, wait.site.line, home, wait.site.node)
            seen |= home.summary.methods.keys()

    def _is_reached(self, cls: Class, home: Class, method: str) -> bool:
        """Whether each override of a method before `home` calls that of its base."""
        for base in self.linker.mro(cls):
            if base is home:
                break
            known = base.summary.methods.get(method) if isinstance(base, Class) else None
            if known is not None and not any(item.method == method for item in known.supers):
                return False
        return True

    def _in_method(
        self, cls: Class, base: Base, home: Class, method: FunctionSummary
    ) -> Iterator[Wait]:
        """The waits in a method, and those in helpers to which it hands a name."""
        if not self.mentions(cls, (base.methods["on-ready"],)):
            return
        code = self.constants.trees.code(home.module.path)
        node = code.functions.get(method.line) if code is not None else None
        if node is None:
            return
        frames = Frames(self.constants, cls, base)
        me = method.params[0] if method.params and not method.is_static else ""
        place = Place(home.module, cls, home, (node,), me)
        frame = Frame(place, node, around=(node,))
        yield from self._in_frame(frame, frames, base, 0)

    def _in_frame(self, frame: Frame, frames: Frames, base: Base, depth: int) -> Iterator[Wait]:
        for item, place in self.naming.calls(frame.node, frame.place):
            inner = Frame(place, frame.node, frame.given, frame.around)
            if isinstance(item.func, ast.Attribute) and item.func.attr == base.methods["on-ready"]:
                called = frames.called(item, inner)
                if isinstance(called, Own):
                    name = argument(item, 0, "daemon")
                    site = inner.site(item, name)
                    if depth == 0 or site.node is not item:
                        yield Wait(item, site, self.constants.values(name, place))
            elif depth < 2 and (item.args or item.keywords):
                called = frames.called(item, inner)
                if isinstance(called, Frame) and called.given:
                    yield from self._in_frame(called, frames, base, depth + 1)

    def waits_outside(self, base: Base, path: str) -> Iterator[Wait]:
        """The waits in a module on behalf of another object that is a daemon."""
        module = next((item for item in self.linker.modules() if item.path == path), None)
        code = self.constants.trees.code(path)
        if module is None or code is None or not _calls(module, base.methods["on-ready"]):
            return
        start = Place(module)
        for call, place in self.naming.calls(code.source.tree, start):
            function = call.func
            if not isinstance(function, ast.Attribute) or function.attr != base.methods["on-ready"]:
                continue
            if self.constants.is_me(function.value, place):
                continue
            symbol = self.linker.resolve(ref(function.value), self.constants.scope(place))
            cls = getattr(symbol, "cls", None)
            if cls in self._names or getattr(symbol, "name", "") == base.name:
                name = argument(call, 0, "daemon")
                yield Wait(call, Site(path, call), self.constants.values(name, place))

    @cached_property
    def circles(self) -> list[list[Waiting]]:
        """The shortest circles of daemons that wait for each other: each one's wait in turn."""
        edges: dict[str, set[str]] = {}
        where: dict[tuple[str, str], Waiting] = {}
        for cls, base in self.classes:
            if self.linker.is_abstract(cls):
                continue
            for waiting in self.all_waits(cls, base):
                for target in self.targets(waiting):
                    if target is cls and self.names(cls) != {waiting.name}:
                        continue  # one instance waits for another
                    edges.setdefault(cls.name, set()).add(target.name)
                    where.setdefault((cls.name, target.name), waiting)
        return [
            [where[pair] for pair in zip(path, [*path[1:], path[0]], strict=True)]
            for path in cycles(edges)
        ]

    # --- intervals --------------------------------------------------------------------------

    def replaced(self, cls: Class, base: Base) -> list[Replaced]:
        """The registrations of intervals that replace one another in a daemon of a class."""
        if not self.mentions(cls, (base.methods["register-interval"],)):
            return []
        if cls not in self._replaced:
            self._replaced[cls] = Intervals(self.constants, cls, base).replaced()
        return self._replaced[cls]

    @cached_property
    def sleeping(self) -> frozenset[str]:
        """The names of what may wait: of libraries, their aliases, and plain functions of ours."""
        words = {"sleep", "call_later", "call_at"}
        for module in self.linker.modules():
            words |= {name for name, origin in module.imports.items() if origin.endswith(":sleep")}
        for module in self.linker.modules():
            words |= {
                function.name
                for function in module.functions.values()
                if any(call.rpartition(".")[2] in words for call in function.calls)
            }
        return frozenset(words)

    @cached_property
    def endings(self) -> Endings:
        """The methods that run only while a daemon ends."""
        return Endings(self.linker, self.classes)


def _calls(module: ModuleSummary, name: str) -> bool:
    """Whether a module calls something of this name."""
    return any(call.rpartition(".")[2] == name for calls in calls_of(module) for call in calls)


def texts(values: Values | None) -> set[str]:
    """The texts among values, as far as they are known; an empty one is none."""
    return {item for item in values or () if isinstance(item, str) and item}
