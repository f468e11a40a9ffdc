"""What the classes of a project acquire: the sites of their own methods and of their bases'."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from daemon_lint.by_name import may_subscribe
from daemon_lint.contracts import Base
from daemon_lint.fates import everything
from daemon_lint.fixpoint import FixedPoint
from daemon_lint.project import Project
from daemon_lint.refs import FunctionNode
from daemon_lint.site_reader import MethodReader, Site, SiteKind
from daemon_lint.source import Source, deep_recursion
from daemon_lint.summary import FunctionSummary
from daemon_lint.symbols import Class, Function, Scope


class Sites:
    """The sites of the methods of a project, each method read once.

    `read` gives a parsed file by its path, None where that is not possible.
    """

    def __init__(self, project: Project, read: Callable[[str], Source | None]) -> None:
        self.project = project
        self.linker = project.linker
        self._read = read
        self.failed: list[tuple[str, str]] = []
        """Files with the reason why a method in them could not be read."""
        self._known: dict[FunctionSummary, list[Site]] = {}
        self._helpers = FixedPoint[FunctionSummary, SiteKind | None](None)
        self._called: dict[Class, frozenset[str]] = {}

    def own(self, cls: Class) -> list[Site]:
        """The sites in the methods that a class itself defines."""
        methods = dict.fromkeys(cls.summary.methods.values())
        return [site for method in methods for site in self.of_method(cls, method)]

    def all(self, cls: Class) -> list[Site]:
        """The sites in all methods that an instance has, those of its bases in the project too.

        What is overridden counts only if the override calls `super()`.
        """
        found: list[Site] = []
        closed: set[str] = set()
        for base in self.lineage(cls):
            methods = list(dict.fromkeys(base.summary.methods.values()))
            for method in methods:
                if method.name not in closed:
                    found += self.of_method(base, method)
            closed.update(
                method.name
                for method in methods
                if all(
                    item.method != method.name
                    for part in everything(method)
                    for item in part.supers
                )
            )
        return list(dict.fromkeys(found))

    def lineage(self, cls: Class) -> list[Class]:
        """A class and its bases in the project, without those that a profile knows as bases."""
        profile = self.linker.profile
        framework: set[Class | str] = set()
        for base in self.linker.mro(cls)[1:]:
            name = self.linker.class_name(base)
            if name in profile.bases or name in profile.class_owners:
                framework.update(self.linker.mro(base) if isinstance(base, Class) else (base,))
        return [
            base
            for base in self.linker.mro(cls)
            if isinstance(base, Class) and base not in framework
        ]

    def of_method(self, cls: Class, method: FunctionSummary) -> list[Site]:
        """The sites in one method, and in what is nested there, in the order of the source."""
        found = self._known.get(method)
        if found is None:
            self._known[method] = []
            strict = self.linker.strict_base(cls)
            if self._may_acquire(cls, method, strict) and (node := self.node(cls, method)):
                self._known[method] = self._read_sites(cls, method, node, strict)
        return self._known[method]

    def _read_sites(
        self, cls: Class, method: FunctionSummary, node: FunctionNode, strict: Base | None
    ) -> list[Site]:
        try:
            with deep_recursion():
                found = MethodReader(self, cls, method, node, strict).read()
        except Exception as error:  # a defect of ours must not take the whole run down
            reason = f"line {method.line}: reading it failed ({type(error).__name__})"
            self.failed.append((cls.module.path, reason))
            return []
        return sorted(found, key=lambda site: site.line)

    def node(self, cls: Class, method: FunctionSummary) -> FunctionNode | None:
        """The tree of a method, None where its file cannot be parsed."""
        source = self._read(cls.module.path)
        return source.function(method.first, method.last, method.name) if source else None

    def _may_acquire(self, cls: Class, method: FunctionSummary, strict: Base | None) -> bool:
        """Whether the summary leaves it open that the method acquires, so that its tree is due."""
        if method.is_static or any(name.endswith("classmethod") for name in method.decorators):
            return False
        registrars = set(strict.methods.values()) if strict is not None else set()
        for scope, part in _parts(Scope(cls.module, cls, (method,))):
            for call in part.calls:
                callee = self.linker.callee(call, scope)
                if (
                    callee.acquire is not None
                    or call.rpartition(".")[2] in registrars
                    or (callee.function is None and may_subscribe(call))
                    or (
                        callee.function is not None
                        and call.startswith((f"{scope.me}.", "super."))
                        and self.helper_kind(callee.function) is not None
                    )
                ):
                    return True
        return False

    def helper_kind(self, function: Function) -> SiteKind | None:
        """The kind of handle that a method makes for what it is given to run, else None.

        `self.spawn(self._work())`: each call is one handle, the call in `spawn` itself is none.
        """
        return self._helpers.ask(function.summary, lambda: self._helper_kind(function))

    def _helper_kind(self, function: Function) -> SiteKind | None:
        summary, cls = function.summary, function.cls
        if cls is None or summary.name not in self._called_on_self(cls):
            return None
        scope = Scope(function.module, cls, (summary,))
        params = summary.params[1:]
        for use in summary.uses:
            if use.verb != "pass" or use.subject not in params:
                continue
            if any(
                item.target == use.target
                and (item.ref[:5] == "self." or item.ref in summary.nested)
                for item in summary.callbacks
            ):
                continue  # it says itself what runs; the parameter is but a name or a delay
            callee = self.linker.callee(use.target, scope)
            if callee.acquire is not None:
                if callee.acquire.owned:
                    continue
                return "timer" if callee.acquire.one_shot else callee.acquire.kind
            if callee.function is not None and use.target.startswith((f"{scope.me}.", "super.")):
                inner = self.helper_kind(callee.function)
                if inner is not None:
                    return inner
        return None

    def _called_on_self(self, cls: Class) -> frozenset[str]:
        """The methods that a class, its bases or its subclasses mention on their own object."""
        found = self._called.get(cls)
        if found is None:
            found = self._called[cls] = frozenset(
                name
                for member in self.project.ownership.universe(cls)
                for method in member.summary.methods.values()
                for part in everything(method)
                for name in part.self_refs
            )
        return found


def _parts(scope: Scope) -> Iterator[tuple[Scope, FunctionSummary]]:
    """A function and those nested in it, each with its scope."""
    function = scope.functions[-1]
    yield scope, function
    for nested in function.nested.values():
        yield from _parts(Scope(scope.module, scope.cls, (*scope.functions, nested)))
