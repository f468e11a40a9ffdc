"""Linking: names across modules, classes and their MRO, and which contract a call falls under.

A `Linker` knows the summaries of all modules and the contracts in force. It answers what a ref
means in a scope (`resolve`) and what a call does (`callee`). It never looks at source text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

from daemon_lint.contracts import KINDS, Acquire, Base, Owner, Profile
from daemon_lint.findings import Confidence
from daemon_lint.pairs import opposites
from daemon_lint.refs import AWAITED
from daemon_lint.summary import ClassSummary, FunctionSummary, ModuleSummary

_DEPTH = 24
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class ModuleRef:
    """A module of the project, or the prefix of some."""

    name: str


@dataclass(frozen=True, slots=True)
class External:
    """Something outside the project, known by its full name only."""

    name: str


@dataclass(frozen=True, slots=True)
class ExternalInstance:
    """An instance of a class outside the project."""

    name: str


@dataclass(frozen=True, slots=True, eq=False)
class Class:
    """A class of the project."""

    name: str
    module: ModuleSummary
    summary: ClassSummary


@dataclass(frozen=True, slots=True)
class Instance:
    """An instance of a project class."""

    cls: Class


@dataclass(frozen=True, slots=True)
class Function:
    """A function or method of the project; `cls` is where it is defined, `receiver` its object."""

    name: str
    module: ModuleSummary
    summary: FunctionSummary
    cls: Class | None = None
    receiver: Class | None = None
    parent: Scope | None = None


Symbol = ModuleRef | External | ExternalInstance | Class | Instance | Function


@dataclass(frozen=True, slots=True)
class Scope:
    """Where a ref is read: the module, the class and the functions around it, innermost last."""

    module: ModuleSummary
    cls: Class | None = None
    functions: tuple[FunctionSummary, ...] = ()

    @property
    def me(self) -> str:
        """What the enclosing method calls its instance, or an empty string."""
        if self.cls is None or not self.functions:
            return ""
        method = self.functions[0]
        return method.params[0] if method.params and not method.is_static else ""


@dataclass(frozen=True, slots=True)
class Callee:
    """What is known of a call: its contract, or the project function it runs."""

    name: str
    acquire: Acquire | None = None
    registers: bool = False
    releases: bool = False
    confidence: Confidence = "resolved"
    function: Function | None = None


_UNKNOWN = Callee("")
_UNSUBSCRIBE_NAME = re.compile(
    r"(?i)^unsub(scribe)?(r|_?(fn|func|function|callback|type|handle))?$"
)
_HANDLE_TYPE = re.compile(r"(?i)(listener|subscription|unsubscribe\w*|disposable|callback_type)$")
_SUBSCRIBING = re.compile(
    r"(?i)^_?(async_)?(subscribe|listen|add_(\w+_)?(listener|observer|callback|handler)|observe|"
    r"watch|track|connect_signal|register_(\w+_)?(callback|listener|observer|handler)|"
    r"on_\w+_(change|changed|update|event))\w*$"
)


class Linker:
    """The linked index of all modules, with the contracts in force."""

    def __init__(
        self,
        profile: Profile,
        load: Callable[[str, str], ModuleSummary | None],
        is_prefix: Callable[[str], bool],
    ) -> None:
        """`load(name, near)` gives the summary of a module, preferring one close to path `near`.

        `is_prefix(name)` tells whether the project has a module or package of that name.
        """
        self._load = load
        self._is_prefix = is_prefix
        self._classes: dict[tuple[str, str], Class] = {}
        self._mro: dict[Class, tuple[Class | str, ...]] = {}
        self._subclasses: dict[Class, list[Class]] | None = None
        self._mixed: dict[Class, bool] = {}
        self._handles: dict[int, tuple[FunctionSummary, Acquire | None]] = {}
        self._modules: list[ModuleSummary] = []
        self._sites: dict[str, list[tuple[FunctionSummary | None, Scope, str]]] | None = None
        self.contracts = profile
        self.profile = profile

    def link(self, modules: Iterable[ModuleSummary]) -> None:
        """Take the modules read so far, and let contracts name what they define by any path."""
        self._modules = list(modules)
        self._subclasses = None
        self._sites = None
        self._mro.clear()
        self._mixed.clear()
        self._handles.clear()
        self.profile = self._canonical(self.contracts)

    def _canonical(self, profile: Profile) -> Profile:
        """Add the definition's own name for each contract that names a re-export."""

        def names(found: Iterable[str]) -> frozenset[str]:
            return frozenset(alias for name in found for alias in (name, self._definition(name)))

        def table(found: Mapping[str, T]) -> dict[str, T]:
            return {self._definition(name): value for name, value in found.items()} | dict(found)

        types = dict(profile.types)
        for key, value in profile.types.items():
            call = "()" if key.endswith("()") else ""
            types.setdefault(self._definition(key.removesuffix("()")) + call, value)
        return replace(
            profile,
            acquires=table(profile.acquires),
            types=types,
            registers=names(profile.registers),
            releases=names(profile.releases),
            cooperative=names(profile.cooperative),
            not_cooperative=names(profile.not_cooperative),
            handle_types=names(profile.handle_types),
            class_owners=table(profile.class_owners),
            bases=table(profile.bases),
        )

    def _definition(self, name: str) -> str:
        """The name under which the project itself defines what `name` names."""
        head, _, rest = name.partition(".")
        if not rest or not self._is_prefix(head):
            return name
        symbol: Symbol | None = ModuleRef(head)
        parts = rest.split(".")
        for index, part in enumerate(parts):
            inner = self.attribute(symbol, part) if symbol is not None else None
            if inner is None and isinstance(symbol, Class):
                return ".".join((symbol.name, *parts[index:]))  # a field
            symbol = inner
        return full_name(symbol) or name

    def modules(self) -> list[ModuleSummary]:
        """The modules read so far."""
        return self._modules

    # --- names ------------------------------------------------------------------------------

    def lookup(self, module: ModuleSummary, name: str, depth: int = 0) -> Symbol | None:
        """What a name means at the top level of a module, imports and re-exports followed."""
        if depth > _DEPTH:
            return None
        if name in module.functions:
            return Function(f"{module.name}.{name}", module, module.functions[name])
        if name in module.classes:
            return self.class_of(module, name)
        if name in module.values:
            value = module.values[name]
            if value == name:
                return None
            return self._typed(module, value, None, depth + 1)
        if name in module.imports:
            return self._imported(module, module.imports[name], depth)
        for star in module.stars:
            origin = self._load(star, module.path)
            if origin is None:
                continue
            found = self.lookup(origin, name, depth + 1)
            if found is not None:
                return found
        return None

    def _imported(self, module: ModuleSummary, origin: str, depth: int) -> Symbol | None:
        source, _, attribute = origin.partition(":")
        if not attribute:
            return ModuleRef(source) if self._is_prefix(source) else External(source)
        found = self._load(source, module.path)
        if found is not None and (found is not module or attribute in found.classes):
            symbol = self.lookup(found, attribute, depth + 1)
            if symbol is not None:
                return symbol
        child = f"{source}.{attribute}"
        return ModuleRef(child) if self._is_prefix(child) else External(child)

    def class_of(self, module: ModuleSummary, name: str) -> Class:
        """The class that a module defines under a (dotted) name."""
        key = (module.path, name)
        found = self._classes.get(key)
        if found is None or found.summary is not module.classes[name]:
            found = Class(f"{module.name}.{name}", module, module.classes[name])
            self._classes[key] = found
        return found

    def resolve(self, reference: str, scope: Scope, depth: int = 0) -> Symbol | None:
        """What a ref means in a scope, or None when that cannot be known."""
        if not reference or depth > _DEPTH:
            return None
        head, *rest = reference.split(".")
        symbol = self._name(head, scope, depth)
        for part in rest:
            if symbol is None:
                return None
            symbol = self._step(symbol, part, depth + 1)
        return symbol

    def _step(self, symbol: Symbol, part: str, depth: int) -> Symbol | None:
        if part == "()":
            return self.result(symbol, depth)
        if part == "[]":
            return symbol if isinstance(symbol, (Class, External)) else None
        if part == "@":
            return instance_of(symbol)
        return self.attribute(symbol, part, depth)

    def _name(self, name: str, scope: Scope, depth: int) -> Symbol | None:
        if name == "super" and scope.cls is not None:
            return External("builtins.super")
        for index in range(len(scope.functions) - 1, -1, -1):
            function = scope.functions[index]
            outer = Scope(scope.module, scope.cls, scope.functions[: index + 1])
            if index == 0 and name == scope.me and scope.cls is not None:
                return (
                    scope.cls
                    if any(item.endswith("classmethod") for item in function.decorators)
                    else Instance(scope.cls)
                )
            if name in function.annotations:
                return instance_of(self.annotation(function.annotations[name], outer, depth + 1))
            if name in function.nested:
                return Function(
                    f"{scope.module.name}.{function.name}.{name}",
                    scope.module,
                    function.nested[name],
                    scope.cls,
                    parent=outer,
                )
            bound = function.binds.get(name)
            if bound is not None:
                if bound.partition(".")[0] == name:
                    return None
                return self.resolve(bound, outer, depth + 1)
            if name in function.params:
                return None
        return self.lookup(scope.module, name, depth)

    def annotation(self, reference: str, scope: Scope, depth: int = 0) -> Symbol | None:
        """The class that an annotation's ref names."""
        if reference.rpartition(".")[2] == "Self" and scope.cls is not None:
            return scope.cls
        return self.resolve(reference, Scope(scope.module), depth)

    def _typed(
        self, module: ModuleSummary, value: str, cls: Class | None, depth: int
    ) -> Symbol | None:
        """The symbol of a stored type ref: `T`, `=expression`, `@.T`, `T.@.attribute`."""
        if value.startswith("@."):
            return instance_of(self.resolve(value[2:], Scope(module), depth))
        return self.resolve(value, Scope(module), depth)

    def attribute(self, symbol: Symbol, name: str, depth: int = 0) -> Symbol | None:
        """An attribute of a symbol."""
        if depth > _DEPTH:
            return None
        if isinstance(symbol, ModuleRef):
            return self._member(symbol, name, depth)
        if isinstance(symbol, External):
            return self._external(f"{symbol.name}.{name}")
        if isinstance(symbol, ExternalInstance):
            return self._external_member(symbol.name, name)
        if isinstance(symbol, Class):
            return self.method(symbol, name) or self._nested_class(symbol, name)
        if isinstance(symbol, Instance):
            return self._instance_attribute(symbol.cls, name, depth)
        return None

    def _member(self, symbol: ModuleRef, name: str, depth: int) -> Symbol | None:
        module = self._load(symbol.name, "")
        if module is not None:
            found = self.lookup(module, name, depth + 1)
            if found is not None:
                return found
        child = f"{symbol.name}.{name}"
        return ModuleRef(child) if self._is_prefix(child) else External(child)

    def _external(self, name: str) -> Symbol:
        kind = self.profile.types.get(name)
        return self._named_instance(kind) if kind is not None else External(name)

    def _named_instance(self, name: str) -> Symbol:
        if self._is_prefix(name.partition(".")[0]):
            symbol: Symbol | None = ModuleRef(name.partition(".")[0])
            for part in name.split(".")[1:]:
                symbol = self.attribute(symbol, part) if symbol is not None else None
            if isinstance(symbol, Class):
                return Instance(symbol)
        return ExternalInstance(name)

    def _external_member(self, cls: str, name: str) -> Symbol:
        for base in self.external_bases(cls):
            kind = self.profile.types.get(f"{base}.{name}")
            if kind is not None:
                return self._named_instance(kind)
            if self._is_contract(f"{base}.{name}"):
                return External(f"{base}.{name}")
        return External(f"{cls}.{name}")

    def external_bases(self, cls: str) -> Iterator[str]:
        """An outside class and what the profile says it derives from."""
        seen = set()
        while cls and cls not in seen:
            seen.add(cls)
            yield cls
            cls = self.profile.base_of(cls)

    def _is_contract(self, name: str) -> bool:
        profile = self.profile
        return (
            name in profile.acquires
            or name in profile.registers
            or name in profile.releases
            or name in profile.cooperative
        )

    def _nested_class(self, cls: Class, name: str) -> Symbol | None:
        inner = cls.name.removeprefix(cls.module.name + ".") + "." + name
        return self.class_of(cls.module, inner) if inner in cls.module.classes else None

    def _instance_attribute(self, cls: Class, name: str, depth: int) -> Symbol | None:
        for base in self.mro(cls):
            if isinstance(base, str):
                found = self._external_member(base, name)
                if not isinstance(found, External) or self._is_contract(found.name):
                    return found
                continue
            method = base.summary.methods.get(name)
            if method is not None:
                if not method.is_property:
                    return Function(f"{base.name}.{name}", base.module, method, base, cls)
                scope = Scope(base.module, base)
                return instance_of(self.annotation(method.returns, scope, depth + 1))
            known = self.profile.types.get(f"{base.name}.{name}")
            if known is not None:
                return self._named_instance(known)
            kind = base.summary.fields.get(name)
            if kind is not None:
                found_ = self._field(base, kind, depth + 1)
                if found_ is not None:
                    return found_
        outside = next((base for base in self.mro(cls) if isinstance(base, str)), None)
        return External(f"{outside}.{name}") if outside else None

    def _field(self, cls: Class, kind: str, depth: int) -> Symbol | None:
        if kind.startswith("="):
            init = cls.summary.methods.get("__init__")
            functions = (init,) if init is not None else ()
            return self.resolve(kind[1:], Scope(cls.module, cls, functions), depth)
        head, marker, rest = kind.partition(".@.")
        symbol = instance_of(self.annotation(head, Scope(cls.module, cls), depth))
        for part in rest.split(".") if marker else ():
            symbol = self._step(symbol, part, depth) if symbol is not None else None
        return symbol

    def result(self, symbol: Symbol, depth: int = 0) -> Symbol | None:
        """What calling a symbol gives."""
        if isinstance(symbol, Class):
            return Instance(symbol)
        if isinstance(symbol, External):
            kind = self.profile.types.get(f"{symbol.name}()")
            if kind is not None:
                return self._named_instance(kind)
            last = symbol.name.rpartition(".")[2].lstrip("_")
            return ExternalInstance(symbol.name) if last[:1].isupper() else None
        if isinstance(symbol, Function):
            name = f"{symbol.name}()"
            if name in self.profile.types:
                return self._named_instance(self.profile.types[name])
            if symbol.summary.returns.rpartition(".")[2] == "Self" and symbol.receiver:
                return Instance(symbol.receiver)
            scope = Scope(symbol.module, symbol.cls)
            return instance_of(self.annotation(symbol.summary.returns, scope, depth + 1))
        return None

    # --- classes ----------------------------------------------------------------------------

    def bases(self, cls: Class) -> list[Class | str]:
        """The direct bases: classes of the project, or full names of outside ones."""
        found: list[Class | str] = []
        for reference in cls.summary.bases:
            symbol = self.resolve(reference, Scope(cls.module))
            if isinstance(symbol, Class) and symbol is not cls:
                found.append(symbol)
            elif isinstance(symbol, External):
                found.append(symbol.name)
        return found

    def mro(self, cls: Class) -> tuple[Class | str, ...]:
        """The C3 linearisation; where that fails, depth first without repeats."""
        known = self._mro.get(cls)
        if known is not None:
            return known
        self._mro[cls] = (cls,)  # an inheritance cycle ends here
        bases = self.bases(cls)
        chains: list[list[Class | str]] = []
        for base in bases:
            chains.append(
                list(self.mro(base)) if isinstance(base, Class) else list(self.external_bases(base))
            )
        merged = chains[0] if len(chains) == 1 else _c3([*chains, list(bases)])
        if merged is None:
            merged = list(dict.fromkeys(item for chain in chains for item in chain))
        result = (cls, *(item for item in merged if item is not cls))
        self._mro[cls] = result
        return result

    def is_mixed(self, cls: Class) -> bool:
        """Whether the class or one of its bases has several bases, so that the MRO may branch."""
        known = self._mixed.get(cls)
        if known is None:
            self._mixed[cls] = False  # an inheritance cycle ends here
            bases = self.bases(cls)
            known = self._mixed[cls] = len(bases) > 1 or any(
                isinstance(base, Class) and self.is_mixed(base) for base in bases
            )
        return known

    def method(self, cls: Class, name: str) -> Function | None:
        """A method as found along the MRO of `cls`, project classes only."""
        for base in self.mro(cls):
            if isinstance(base, Class) and name in base.summary.methods:
                method = base.summary.methods[name]
                return Function(f"{base.name}.{name}", base.module, method, base, cls)
        return None

    def is_borrowed(self, cls: Class, name: str) -> bool:
        """Whether a field holds an object that was made elsewhere."""
        return any(
            isinstance(base, Class) and name in base.summary.borrowed for base in self.mro(cls)
        )

    def is_made_here(self, cls: Class, name: str) -> bool:
        """Whether a field holds an object that the class itself constructs."""
        return not self.is_borrowed(cls, name) and any(
            isinstance(base, Class) and name in base.summary.made for base in self.mro(cls)
        )

    def field_annotation(self, cls: Class, name: str) -> str:
        """The last word of a field's annotated type, or an empty string."""
        for base in self.mro(cls):
            if isinstance(base, Class) and name in base.summary.fields:
                kind = base.summary.fields[name]
                return "" if kind.startswith("=") else kind.rpartition(".")[2]
        return ""

    def classes(self) -> Iterator[Class]:
        """All classes of the modules read so far."""
        for module in self._modules:
            for name in module.classes:
                yield self.class_of(module, name)

    def subclasses(self, cls: Class) -> list[Class]:
        """All direct and indirect subclasses in the project."""
        if self._subclasses is None:
            table: dict[Class, list[Class]] = {}
            for child in list(self.classes()):
                for base in self.mro(child)[1:]:
                    if isinstance(base, Class):
                        table.setdefault(base, []).append(child)
            self._subclasses = table
        return self._subclasses.get(cls, [])

    def strict_base(self, cls: Class) -> Base | None:
        """The strict base of a class, whose handles must all go to a registrar."""
        for base in self.mro(cls)[1:]:
            found = self.profile.bases.get(self._class_name(base))
            if found is not None:
                return found
        return None

    def owner(self, cls: Class) -> Owner | None:
        """How the class's instances end, or None when nothing says that they do."""
        found: Owner | None = None
        for base in self.mro(cls):
            known = self.profile.class_owners.get(self._class_name(base))
            if known is not None:
                return known
            if found is None and isinstance(base, Class):
                ending = [name for name in base.summary.methods if self.profile.ends_life(name)]
                if ending:
                    found = Owner(cls.name, ending[0])
        return found

    @staticmethod
    def _class_name(base: Class | str) -> str:
        return base if isinstance(base, str) else base.name

    def is_process_lived(self, cls: Class) -> bool:
        """Whether instances live as long as the process: by contract, or by where they are made."""
        if self.profile.is_process_lived(cls.name):
            return True
        if self._sites is None:
            self._sites = {}
            for module in self._modules:
                for function in module.functions.values():
                    self._note_sites(function, function, module)
                for owner in module.classes.values():
                    for method in owner.methods.values():
                        self._note_sites(method, None, module)
        sites = self._sites.get(cls.summary.name, [])
        made = [
            function
            for function, scope, call in sites
            if isinstance(found := self.resolve(call, scope), Class) and found is cls
        ]
        return bool(made) and all(
            function is not None and self.profile.is_process_lived(function.name)
            for function in made
        )

    def _note_sites(
        self, part: FunctionSummary, top: FunctionSummary | None, module: ModuleSummary
    ) -> None:
        """Remember calls that may construct something, by the last word of their ref."""
        assert self._sites is not None
        for call in part.calls:
            last = call.rpartition(".")[2]
            if last[:1].isupper() or last[:2].lstrip("_")[:1].isupper():
                self._sites.setdefault(last, []).append((top, Scope(module), call))
        for inner in part.nested.values():
            self._note_sites(inner, top, module)

    # --- calls ------------------------------------------------------------------------------

    def callee(self, reference: str, scope: Scope) -> Callee:
        """What a call of `reference` does, as far as contracts and summaries tell."""
        if reference.startswith("super.()."):
            return self._super_callee(reference.removeprefix("super.()."), scope)
        symbol = self.resolve(reference, scope)
        return _UNKNOWN if symbol is None else self._callee_of(symbol)

    def callee_named(self, name: str) -> Callee:
        """What a call does whose function has this full name, as another tool inferred it."""
        parts = name.split(".")
        symbol: Symbol | None = ModuleRef(parts[0]) if self._is_prefix(parts[0]) else None
        for part in parts[1:]:
            symbol = self.attribute(symbol, part) if symbol is not None else None
        if isinstance(symbol, Function):
            return self._callee_of(symbol)
        cls, _, method = name.rpartition(".")
        for base in self.external_bases(cls):
            known = self._contract(f"{base}.{method}")
            if known is not None:
                return known
        return _UNKNOWN

    def _callee_of(self, symbol: Symbol) -> Callee:
        for name in self._names(symbol):
            known = self._contract(name)
            if known is not None:
                return known
        if isinstance(symbol, Function):
            stated = self._stated(symbol)
            if stated is not None:
                return stated
            acquire = self.returned_handle(symbol)
            if acquire is not None:
                return Callee(symbol.name, acquire, confidence="annotation", function=symbol)
            return Callee(symbol.name, self._paired(symbol), function=symbol)
        if isinstance(symbol, Class):
            return Callee(symbol.name, function=self.method(symbol, "__init__"))
        return Callee(full_name(symbol))

    def _stated(self, function: Function) -> Callee | None:
        """The contract that a decorator states, on the function itself or on what it overrides."""
        contract = function.summary.contract
        if not contract and function.cls is not None:
            bases = self.mro(function.cls)
            overridden = (
                base.summary.methods[function.summary.name].contract
                for base in bases[1:]
                if isinstance(base, Class) and function.summary.name in base.summary.methods
            )
            contract = next((found for found in overridden if found), ())
        if not contract or contract[0] == "cooperative":
            return None
        word, kind, undone_by, *owned = contract
        if word == "acquires":
            known = kind if kind in KINDS else "subscription"
            acquire = Acquire(function.name, known, bool(owned), undone_by=undone_by)
            return Callee(function.name, acquire, confidence="annotation", function=function)
        return Callee(function.name, registers=word == "registers", releases=word == "releases")

    def _paired(self, method: Function) -> Acquire | None:
        """The contract of `add_x` that keeps its argument in a field which `remove_x` empties."""
        if method.cls is None or not method.summary.params:
            return None
        kept = {
            use.target
            for use in method.summary.uses
            if use.verb == "store"
            and use.target.startswith("self.")
            and use.subject in method.summary.params[1:]
        }
        if not kept:
            return None
        for name in opposites(method.summary.name):
            opposite = self.method(method.receiver or method.cls, name)
            if opposite is not None and any(
                place in part
                for part in (opposite.summary.reads, opposite.summary.writes)
                for place in kept
            ):
                return Acquire(method.name, "subscription", undone_by=name)
        return None

    def _super_callee(self, method: str, scope: Scope) -> Callee:
        if scope.cls is None:
            return _UNKNOWN
        for base in self.mro(scope.cls)[1:]:
            if isinstance(base, str):
                known = self._contract(f"{base}.{method}")
                if known is not None:
                    return known
            elif method in base.summary.methods:
                name = f"{base.name}.{method}"
                known = self._contract(name)
                if known is not None:
                    return known
                summary = base.summary.methods[method]
                return Callee(name, function=Function(name, base.module, summary, base, scope.cls))
        return _UNKNOWN

    def _contract(self, name: str) -> Callee | None:
        profile = self.profile
        acquire = profile.acquires.get(name)
        if acquire is not None:
            return Callee(name, acquire)
        if name in profile.registers:
            return Callee(name, registers=True)
        if name in profile.releases:
            return Callee(name, releases=True)
        return None

    def _names(self, symbol: Symbol) -> Iterator[str]:
        """The full names under which a contract may speak of a symbol, most derived first."""
        if isinstance(symbol, Function):
            if symbol.receiver is not None and symbol.cls is not None:
                for base in self.mro(symbol.receiver):
                    yield f"{self._class_name(base)}.{symbol.summary.name}"
                    if base is symbol.cls:
                        break
            yield symbol.name
        elif isinstance(symbol, Class):
            for base in self.mro(symbol):
                yield self._class_name(base)
        elif isinstance(symbol, External):
            yield symbol.name

    def returned_handle(self, function: Function, depth: int = 0) -> Acquire | None:
        """The contract of a function that gives its caller a live handle, or None.

        By its return annotation, or because it returns what an acquire gave it.
        """
        key = id(function.summary)
        if key in self._handles:
            return self._handles[key][1]
        self._handles[key] = (function.summary, None)  # recursion ends here
        found = self._returned_handle(function, depth)
        self._handles[key] = (function.summary, found)
        return found

    def _returned_handle(self, function: Function, depth: int) -> Acquire | None:
        summary = function.summary
        if depth > _DEPTH or summary.is_property:
            return None
        scope = self.scope_of(function)
        for returned in summary.returned:
            reference = returned.removeprefix(AWAITED)
            inner = self.resolve(reference, scope)
            if inner is None:
                continue
            own = reference.count(".") == 1 and reference.startswith(f"{scope.me}.")
            for name in self._names(inner):
                acquire = self.profile.acquires.get(name)
                if acquire is not None:
                    if acquire.owned or acquire.undone_by:
                        return None
                    if acquire.kind != "task" or reference is returned:
                        return replace(acquire, name=function.name, from_elsewhere=not own)
            if isinstance(inner, Function):
                acquire = self.returned_handle(inner, depth + 1)
                if acquire is not None and (acquire.kind != "task" or reference is returned):
                    elsewhere = acquire.from_elsewhere or not own
                    return replace(acquire, name=function.name, from_elsewhere=elsewhere)
        if self.is_handle_type(summary, scope):
            return Acquire(function.name, "subscription")
        return None

    def is_handle_type(self, summary: FunctionSummary, scope: Scope) -> bool:
        """Whether a return annotation says that the function hands out an unsubscribe."""
        reference = summary.returns
        if not reference:
            return False
        names = set(self._alias_names(reference, scope.module))
        if names & self.profile.handle_types:
            return True
        if any(_UNSUBSCRIBE_NAME.match(name.rpartition(".")[2]) for name in names):
            return True
        return "@unsubscribe" in names and _SUBSCRIBING.match(summary.name) is not None

    def _alias_names(self, reference: str, module: ModuleSummary) -> Iterator[str]:
        """The full names that an annotation goes by, from the import to the definition."""
        for _ in range(_DEPTH):
            if reference == "@unsubscribe":
                yield reference
                return
            head, _, rest = reference.partition(".")
            yield f"{module.name}.{reference}"
            origin = module.imports.get(head)
            if origin is None:
                value = module.values.get(reference)
                if value is None or value.startswith("@.") or value == reference:
                    return
                reference = value
                continue
            source, _, attribute = origin.partition(":")
            path = ".".join(part for part in (source, attribute, rest) if part)
            yield path
            owner, _, reference = path.rpartition(".")
            found = self._load(owner, module.path)
            if found is None:
                return
            module = found

    def scope_of(self, function: Function) -> Scope:
        """The scope inside a function."""
        if function.parent is not None:
            parent = function.parent
            return Scope(parent.module, parent.cls, (*parent.functions, function.summary))
        cls = function.receiver or function.cls
        # Names of the defining module count, `self` is the most derived class known.
        return Scope(function.module, cls, (function.summary,))


def may_subscribe(callee: str) -> bool:
    """Whether a call's last word is one that `handle_by_names` may take for an acquire."""
    method = callee.rpartition(".")[2]
    timers = ("create_task", "ensure_future", "call_later", "call_at")
    return method in timers or _SUBSCRIBING.match(method) is not None


def handle_by_names(callee: str, annotation: str) -> Acquire | None:
    """The contract of a call that nothing else is known of, from the type it is stored under.

    `self._listener: EventListener = node.events.subscribe(...)`: the annotation says that the
    result is a handle, and the method's name how it came about.
    """
    method = callee.rpartition(".")[2]
    if annotation == "Task" and method in ("create_task", "ensure_future"):
        return Acquire(callee, "task")
    if annotation == "TimerHandle" and method in ("call_later", "call_at"):
        return Acquire(callee, "interval")
    if _HANDLE_TYPE.search(annotation) and _SUBSCRIBING.match(method):
        return Acquire(callee, "subscription")
    return None


def instance_of(symbol: Symbol | None) -> Symbol | None:
    """An instance of what a symbol names, when it names a class."""
    if isinstance(symbol, Class):
        return Instance(symbol)
    if isinstance(symbol, External):
        return ExternalInstance(symbol.name)
    return None


def full_name(symbol: Symbol | None) -> str:
    """The full name of a symbol, or an empty string."""
    if symbol is None:
        return ""
    return symbol.cls.name if isinstance(symbol, Instance) else symbol.name


def _c3(chains: list[list[Class | str]]) -> list[Class | str] | None:
    """Merge linearisations (Barrett et al., 1996); None when there is no consistent order."""
    merged: list[Class | str] = []
    chains = [chain for chain in chains if chain]
    while chains:
        for chain in chains:
            head = chain[0]
            if not any(head in other[1:] for other in chains):
                break
        else:
            return None
        merged.append(head)
        chains = [rest for chain in chains if (rest := chain[1:] if chain[0] == head else chain)]
    return merged
