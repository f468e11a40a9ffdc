"""What a name may stand for: modules, classes, functions, instances; and where it stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from daemon_lint.summary import ClassSummary, FunctionSummary, ModuleSummary


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


class Function(NamedTuple):  # these are made by the hundred thousand, and a tuple is faster
    """A function or method of the project; `cls` is where it is defined, `receiver` its object."""

    name: str
    module: ModuleSummary
    summary: FunctionSummary
    cls: Class | None = None
    receiver: Class | None = None
    parent: Scope | None = None

    @property
    def is_replaced(self) -> bool:
        """Whether another body than this one may run: an override's, or that behind a stub."""
        return self.cls is not None or self.module.path.endswith(".pyi")


@dataclass(frozen=True, slots=True)
class Items:
    """A collection whose elements are known, or (with `method`) one of its methods."""

    of: Instance | ExternalInstance
    method: str = ""

    @property
    def name(self) -> str:
        return ""


Symbol = ModuleRef | External | ExternalInstance | Class | Instance | Function | Items


class Scope(NamedTuple):
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

    def around(self, index: int) -> Scope:
        """The scope of one of the functions, those inside it left out."""
        if index == len(self.functions) - 1:
            return self
        return Scope(self.module, self.cls, self.functions[: index + 1])


def full_name(symbol: Symbol | None) -> str:
    """The full name of a symbol, or an empty string."""
    if symbol is None:
        return ""
    return symbol.cls.name if isinstance(symbol, Instance) else symbol.name


def short_name(base: Class | str) -> str:
    """The name of a class without its module's."""
    return base.rpartition(".")[2] if isinstance(base, str) else base.summary.name


def instance_of(symbol: Symbol | None) -> Symbol | None:
    """An instance of what a symbol names, when it names a class; of `Any` nothing is known."""
    if isinstance(symbol, Items):
        return symbol
    if isinstance(symbol, Class):
        return Instance(symbol)
    if isinstance(symbol, External) and symbol.name not in _ANYTHING:
        return ExternalInstance(symbol.name)
    return None


_ANYTHING = frozenset({"typing.Any", "typing_extensions.Any"})


def c3(chains: list[list[Class | str]]) -> list[Class | str] | None:
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
