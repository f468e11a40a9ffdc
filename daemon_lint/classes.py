"""The classes of a project: their order, their methods and fields, and who derives from them."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator

from daemon_lint.refs import ITEMS
from daemon_lint.summary import ModuleSummary
from daemon_lint.symbols import Class, Function, c3

_MOST_KEPT = 20_000
"""Methods that are remembered at a time."""

Order = tuple[Class, tuple[Class | str, ...]]
"""A class, and what lies behind another in its order."""


class Classes(ABC):
    """What is asked about classes once it is known which bases they have."""

    def __init__(self) -> None:
        self._modules: list[ModuleSummary] = []
        self._classes: dict[tuple[str, str], Class] = {}
        self._mro: dict[Class, tuple[Class | str, ...]] = {}
        self._subclasses: dict[Class, list[Class]] | None = None
        self._mixed: dict[Class, bool] = {}
        self._mixed_subclasses: dict[Class, list[Class]] = {}
        self._mixed_orders: dict[Class, list[Order]] = {}
        self._methods: dict[tuple[Class, str], Function | None] = {}

    def forget_order(self) -> None:
        """Other modules have been read: ask anew who derives from whom."""
        self._subclasses = None
        self._mro.clear()
        self._mixed.clear()
        self._mixed_subclasses.clear()
        self._mixed_orders.clear()
        self._methods.clear()

    def learn_order(self) -> None:
        """Find out who derives from whom, before processes that share this ask for themselves."""
        self._subclasses = self._find_subclasses()

    @abstractmethod
    def bases(self, cls: Class) -> list[Class | str]:
        """The direct bases: classes of the project, or full names of outside ones."""

    @abstractmethod
    def external_bases(self, cls: str) -> Iterator[str]:
        """An outside class and what is known to lie behind it."""

    def class_of(self, module: ModuleSummary, name: str) -> Class:
        """The class that a module defines under a (dotted) name."""
        key = (module.path, name)
        found = self._classes.get(key)
        if found is None or found.summary is not module.classes[name]:
            found = Class(f"{module.name}.{name}", module, module.classes[name])
            self._classes[key] = found
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
        merged = chains[0] if len(chains) == 1 else c3([*chains, list(bases)])
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
        key = (cls, name)
        if key not in self._methods:
            if len(self._methods) > _MOST_KEPT:
                self._methods.clear()  # who asks, asks the same things soon after
            self._methods[key] = self._find_method(cls, name)
        return self._methods[key]

    def _find_method(self, cls: Class, name: str) -> Function | None:
        for base in self.mro(cls):
            if isinstance(base, Class) and name in base.summary.methods:
                method = base.summary.methods[name]
                return Function(f"{base.name}.{name}", base.module, method, base, cls)
        return None

    def setter(self, cls: Class, name: str) -> Function | None:
        """The setter of a property, as found along the MRO of `cls`."""
        for base in self.mro(cls):
            if isinstance(base, Class) and name in base.summary.methods:
                for method in base.summary.methods.values():
                    if f"{name}.setter" in method.decorators:
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
                return "" if kind.startswith(("=", ITEMS)) else kind.rpartition(".")[2]
        return ""

    def classes(self) -> Iterator[Class]:
        """All classes of the modules read so far."""
        for module in self._modules:
            for name in module.classes:
                yield self.class_of(module, name)

    def subclasses(self, cls: Class) -> list[Class]:
        """All direct and indirect subclasses in the project."""
        if self._subclasses is None:
            self._subclasses = self._find_subclasses()
        return self._subclasses.get(cls, [])

    def _find_subclasses(self) -> dict[Class, list[Class]]:
        table: dict[Class, list[Class]] = {}
        for child in list(self.classes()):
            for base in self.mro(child)[1:]:
                if isinstance(base, Class):
                    table.setdefault(base, []).append(child)
        return table

    def mixed_subclasses(self, cls: Class) -> list[Class]:
        """The subclasses whose MRO may branch."""
        found = self._mixed_subclasses.get(cls)
        if found is None:
            found = [child for child in self.subclasses(cls) if self.is_mixed(child)]
            self._mixed_subclasses[cls] = found
        return found

    def mixed_orders(self, cls: Class, name: str) -> Iterator[Order]:
        """The subclasses in which others may stand behind a class than its own bases.

        Each with those others, as far as one of them may have a method of the name.
        """
        known = self._mixed_orders.get(cls)
        if known is None:
            own = self.mro(cls)
            known = self._mixed_orders[cls] = []
            for child in self.mixed_subclasses(cls):
                mro = self.mro(child)
                behind = mro[mro.index(cls) :] if cls in mro else ()
                if rest := tuple(base for base in behind if base not in own):
                    known.append((child, rest))
        for child, rest in known:
            if any(isinstance(base, str) or name in base.summary.methods for base in rest):
                yield child, rest

    @staticmethod
    def class_name(base: Class | str) -> str:
        return base if isinstance(base, str) else base.name
