"""What names mean across modules: imports, types of fields and results.

`Names` knows the summaries of all modules. It answers what a ref means in a scope (`resolve`).
It never looks at source text.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import TypeVar

from daemon_lint.classes import Classes
from daemon_lint.contracts import Profile
from daemon_lint.refs import ITEMS
from daemon_lint.summary import ModuleSummary
from daemon_lint.symbols import (
    Class,
    External,
    ExternalInstance,
    Function,
    Instance,
    Items,
    ModuleRef,
    Scope,
    Symbol,
    full_name,
    instance_of,
)

_BARE = frozenset({"typing.Generic", "typing.Protocol", "abc.ABC", "builtins.object"})
"""Outside bases that give an instance no attributes."""
_DEPTH = 24
T = TypeVar("T")


class Names(Classes):
    """The linked index of all modules: what names mean, and where types are known."""

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
        super().__init__()
        self._folders: dict[str, list[ModuleSummary]] = {}
        self._has_decorators = any(name[:1] == "@" for name in profile.types)
        self.contracts = profile
        self.profile = profile

    def link(self, modules: Iterable[ModuleSummary]) -> None:
        """Take the modules read so far, and let contracts name what they define by any path."""
        self._modules = list(modules)
        self._folders.clear()
        self.forget_order()
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

    def module(self, name: str, near: str) -> ModuleSummary | None:
        """The summary of a module by its name; of several, the one closest to a path."""
        return self._load(name, near)

    def modules_beside(self, module: ModuleSummary) -> list[ModuleSummary]:
        """The modules in the folder of one, itself included."""
        if not self._folders:
            for other in self._modules:
                self._folders.setdefault(os.path.dirname(other.path), []).append(other)
        return self._folders.get(os.path.dirname(module.path), [])

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
        for star in reversed(module.stars):  # the last one wins
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

    def resolve(self, reference: str, scope: Scope, depth: int = 0) -> Symbol | None:
        """What a ref means in a scope, or None when that cannot be known."""
        if not reference or depth > _DEPTH:
            return None
        head, *rest = reference.split(".")
        if head == "super" and rest[:1] == ["()"] and len(rest) > 1 and scope.cls is not None:
            symbol = self._of_base(rest[1], scope.cls)
            rest = rest[2:]
        else:
            symbol = self._name(head, scope, depth)
        for part in rest:
            if symbol is None:
                return None
            symbol = self._step(symbol, part, depth + 1)
        return symbol

    def _of_base(self, name: str, cls: Class) -> Symbol | None:
        """What `super().name` is in a method of `cls`."""
        for base in self.mro(cls)[1:]:
            if isinstance(base, str):
                found = self._external_member(base, name)
                if not isinstance(found, External) or self._is_contract(found.name):
                    return found
            elif name in base.summary.methods:
                method = base.summary.methods[name]
                return Function(f"{base.name}.{name}", base.module, method, base, cls)
        return None

    def _step(self, symbol: Symbol, part: str, depth: int) -> Symbol | None:
        if part == "()":
            return self.result(symbol, depth)
        if part == "[]":
            if isinstance(symbol, Items):
                return symbol.of
            return symbol if isinstance(symbol, (Class, External)) else None
        if part == "@":
            return instance_of(symbol)
        return self.attribute(symbol, part, depth)

    def _name(self, name: str, scope: Scope, depth: int) -> Symbol | None:
        if name == "super" and scope.cls is not None:
            return External("builtins.super")
        for index in range(len(scope.functions) - 1, -1, -1):
            function = scope.functions[index]
            if index == 0 and name == scope.me and scope.cls is not None:
                return (
                    scope.cls
                    if any(item.endswith("classmethod") for item in function.decorators)
                    else Instance(scope.cls)
                )
            if name in function.annotations:
                return instance_of(self.annotation(function.annotations[name], scope, depth + 1))
            if name in function.nested:
                return Function(
                    f"{scope.module.name}.{function.name}.{name}",
                    scope.module,
                    function.nested[name],
                    scope.cls,
                    parent=scope.around(index),
                )
            bound = function.binds.get(name)
            if bound is not None:
                if bound.partition(".")[0] == name:
                    return None
                return self.resolve(bound, scope.around(index), depth + 1)
            if name in function.params:
                return None
        return self.lookup(scope.module, name, depth)

    def annotation(self, reference: str, scope: Scope, depth: int = 0) -> Symbol | None:
        """The class that an annotation's ref names."""
        if reference.startswith(ITEMS):
            of = instance_of(self.annotation(reference.removeprefix(ITEMS), scope, depth + 1))
            return Items(of) if isinstance(of, (Instance, ExternalInstance)) else None
        if reference.rpartition(".")[2] == "Self" and scope.cls is not None:
            return scope.cls
        return self.resolve(reference, Scope(scope.module), depth)

    def _typed(
        self, module: ModuleSummary, value: str, cls: Class | None, depth: int
    ) -> Symbol | None:
        """The symbol of a stored type ref: `T`, `=expression`, `@.T`, `T.@.attribute`."""
        if value.startswith("@."):
            return instance_of(self.annotation(value[2:], Scope(module), depth))
        return self.resolve(value, Scope(module), depth)

    def attribute(self, symbol: Symbol, name: str, depth: int = 0) -> Symbol | None:
        """An attribute of a symbol."""
        if depth > _DEPTH:
            return None
        if isinstance(symbol, Items):
            return Items(symbol.of, name)
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
                    made = self._decorated(method.decorators, Scope(base.module))
                    found = Function(f"{base.name}.{name}", base.module, method, base, cls)
                    return found if made is None else made
                scope = Scope(base.module, base)
                return instance_of(self.annotation(method.returns, scope, depth + 1))
            known = self.profile.types.get(f"{base.name}.{name}")
            if known is not None:
                return self._named_instance(known)
            kind = base.summary.fields.get(name)
            if kind is not None:
                found_ = self._field(base, kind, depth + 1)
                if found_ is not None or not kind.startswith("="):
                    return found_  # declared: nobody else's attribute, whatever its type is
        outside = next(
            (base for base in self.mro(cls) if isinstance(base, str) and base not in _BARE), None
        )
        return External(f"{outside}.{name}") if outside else None

    def _decorated(self, decorators: tuple[str, ...], scope: Scope) -> Symbol | None:
        """What a decorator makes of a method, where a profile says that it is no function then."""
        if not decorators or not self._has_decorators:
            return None
        for decorator in decorators:
            name = full_name(self.resolve(decorator.removesuffix(".()"), scope))
            if (kind := self.profile.types.get(f"@{name}")) is not None:
                return ExternalInstance(kind)
        return None

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
        if isinstance(symbol, Items):
            if symbol.method in ("pop", "popleft", "get", "setdefault"):
                return symbol.of
            return Items(symbol.of) if symbol.method in ("values", "copy") else None
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
        around = cls.name.removeprefix(f"{cls.module.name}.").rpartition(".")[0]
        for reference in cls.summary.bases:
            local = f"{around}.{reference}"
            beside = cls.module.classes.get(local)
            if beside is not None and beside is not cls.summary:
                symbol: Symbol | None = self.class_of(cls.module, local)  # in its function
            else:
                symbol = self.resolve(reference, Scope(cls.module))
            if isinstance(symbol, Class) and symbol is not cls:
                found.append(symbol)
            elif isinstance(symbol, External):
                found.append(symbol.name)
        return found

    def scope_of(self, function: Function) -> Scope:
        """The scope inside a function."""
        if function.parent is not None:
            parent = function.parent
            return Scope(parent.module, parent.cls, (*parent.functions, function.summary))
        cls = function.receiver or function.cls
        # Names of the defining module count, `self` is the most derived class known.
        return Scope(function.module, cls, (function.summary,))
