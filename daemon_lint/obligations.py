"""From leaks to findings: which functions to follow, who owns what they acquire, what to say."""

from __future__ import annotations

import ast
import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property

from daemon_lint.by_name import may_subscribe
from daemon_lint.contracts import Base, Kind, Owner
from daemon_lint.findings import Finding, Step
from daemon_lint.flow import FunctionFlow, TooManyPaths
from daemon_lint.function_reader import summarize_function
from daemon_lint.pairs import LAMBDA
from daemon_lint.places import Infer
from daemon_lint.project import Project
from daemon_lint.refs import FunctionNode
from daemon_lint.source import Source, deep_recursion
from daemon_lint.states import Leak, Obligation, Reason
from daemon_lint.summary import FunctionSummary, ModuleSummary
from daemon_lint.symbols import Class, Scope

_LOG = logging.getLogger("daemon_lint")
_STEPS = 8
_EXCEPTIONS = "DMN105"
_NOUNS: dict[Kind, str] = {
    "subscription": "subscription",
    "interval": "interval",
    "task": "task",
}
_REGISTRARS: dict[Kind, str] = {
    "subscription": "register-subscription",
    "interval": "register-interval",
    "task": "register-task",
}


@dataclass(frozen=True, slots=True)
class Governed:
    """A function whose handles have an owner that ends."""

    name: str
    ends_with: str
    remedy: str
    strict: Base | None = None
    by_profile: bool = False
    """Whether a profile names the owner, so that one-shot subscriptions count too."""
    only_dropped_tasks: bool = False
    """Nothing here ends, yet a raw task that nobody holds is lost all the same."""


@dataclass(frozen=True, slots=True)
class OwnedLeak:
    """A leak with the owner that should have ended it."""

    leak: Leak
    governed: Governed
    scope: Scope


class ModuleLeaks:
    """The leaks of one module, found when first asked for."""

    def __init__(
        self,
        project: Project,
        module: ModuleSummary,
        read: Callable[[], Source | None],
        infer: Infer | None = None,
    ) -> None:
        """`read` gives the parsed module; it is called only if some function may leak.

        `infer` is asked about calls that the project knows nothing of.
        """
        self._infer = infer
        self.project = project
        self.module = module
        self._read = read

    @cached_property
    def source(self) -> Source | None:
        return self._read()

    @cached_property
    def all(self) -> list[OwnedLeak]:
        """Every leak, in the order of the source."""
        found: list[OwnedLeak] = []
        with deep_recursion():
            for scope, governed in self._in_question():
                node = self.node(scope.functions[-1])
                if node is None:
                    continue
                try:
                    found += self._follow(node, scope, governed)
                except (RecursionError, TooManyPaths) as error:
                    what = "too many paths" if isinstance(error, TooManyPaths) else "too much depth"
                    place = f"{self.module.path}:{node.lineno}"
                    _LOG.info("%s: %s() has %s to follow and was skipped", place, node.name, what)
        return found

    def node(self, function: FunctionSummary) -> FunctionNode | None:
        """The definition of a function of the module."""
        if self.source is None:
            return None
        return self.source.function(function.first, function.last, function.name)

    def _in_question(self) -> Iterator[tuple[Scope, Governed]]:
        """The functions that have an owner and that by their summaries may lose a handle.

        Nested ones are followed by themselves, lambdas with the function around them.
        """
        waiting = [*self._governed()]
        waiting.reverse()
        while waiting:
            scope, governed = waiting.pop()
            if self._may_lose(scope, governed):
                yield scope, governed
            for nested in scope.functions[-1].nested.values():
                if nested.last:
                    inner = Scope(scope.module, scope.cls, (*scope.functions, nested))
                    waiting.append((inner, governed))

    def _governed(self) -> Iterator[tuple[Scope, Governed]]:
        """The functions and methods of the module that have an owner."""
        module = self.module
        for function in dict.fromkeys(module.functions.values()):
            if governed := self._governed_function(function.name):
                yield Scope(module, None, (function,)), governed
            yield from self._wrappers(function)
        for name in module.classes:
            cls = self.project.linker.class_of(module, name)
            if (governed := self._governed_class(cls)) is not None:
                for method in dict.fromkeys(cls.summary.methods.values()):
                    if not method.is_static and not _is_class_method(method):
                        yield Scope(module, cls, (method,)), governed

    def _wrappers(self, function: FunctionSummary) -> Iterator[tuple[Scope, Governed]]:
        """Functions that a decorator puts in a method's place: nested ones with a typed `self`."""
        for nested in function.nested.values():
            cls = self._wrapped(nested)
            governed = self._governed_class(cls) if cls is not None else None
            node = self.node(nested) if governed is not None else None
            if node is not None and governed is not None:
                method = summarize_function(node, in_class=True)
                yield Scope(self.module, cls, (method,)), governed

    def _wrapped(self, nested: FunctionSummary) -> Class | None:
        """The class whose method a nested function is meant to be."""
        if nested.params[:1] != ("self",):
            return None
        scope = Scope(self.module)
        symbol = self.project.linker.annotation(nested.annotations.get("self", ""), scope)
        return symbol if isinstance(symbol, Class) else None

    # --- owners -----------------------------------------------------------------------------

    def _governed_class(self, cls: Class) -> Governed | None:
        linker = self.project.linker
        strict = linker.strict_base(cls)
        if strict is not None:
            return Governed(cls.summary.name, strict.methods["shutdown"], "", strict)
        owner = linker.owner(cls)
        if owner is None or (
            owner.name == cls.name and self.project.lifetimes.is_process_lived(cls)
        ):
            return self._unowned(cls.summary.name)
        remedy = owner.remedy or f"keep it and release it in {owner.ends_with}()"
        by_profile = owner.name != cls.name
        return Governed(cls.summary.name, owner.ends_with, remedy, None, by_profile)

    def _governed_function(self, name: str) -> Governed | None:
        profile = self.project.linker.profile
        owner = profile.function_owners.get(name)
        if owner is None or profile.is_process_lived(name) or not self._has_end(owner):
            return self._unowned(f"{name}()")
        return Governed(f"{name}()", owner.ends_with, owner.remedy, None, True)

    def _unowned(self, name: str) -> Governed | None:
        if self._tasks_go_to:
            return Governed(name, "", f"use {self._tasks_go_to}", only_dropped_tasks=True)
        return None

    @cached_property
    def _tasks_go_to(self) -> str:
        """What owns tasks in the framework that the module uses, if a profile says so."""
        packages = self.module.packages()
        goes_to = self.project.linker.profile.tasks_go_to
        return next((owner for package, owner in goes_to.items() if package in packages), "")

    def _has_end(self, owner: Owner) -> bool:
        if owner.ends_with in self.module.functions:
            return True
        package = self.module.name.rpartition(".")[0]
        found = self.project.load(package, self.module.path) if package else None
        return found is not None and owner.ends_with in found.functions

    # --- flow -------------------------------------------------------------------------------

    def _follow(self, node: FunctionNode, scope: Scope, governed: Governed) -> Iterator[OwnedLeak]:
        linker = self.project.linker
        summary = scope.functions[-1]
        repetition = self.project.repetition

        def may_repeat(cls: Class, place: str, handle: Obligation) -> bool:
            field = place.removeprefix("self.")
            return repetition.may_repeat(cls, summary.name, field) or (
                handle.kind != "task"  # which may have ended by now
                and repetition.is_armed_before(cls, summary, field)
            )

        def may_rearm(cls: Class, place: str, handle: Obligation) -> bool:
            field = place.removeprefix("self.")
            return handle.kind != "task" and repetition.may_rearm(cls, summary, field)

        flow = FunctionFlow(
            node,
            scope,
            linker,
            self.project.ownership,
            strict=governed.strict is not None,
            may_repeat=may_repeat,
            may_rearm=may_rearm,
            infer=self._infer,
            follow_exceptions=self.project.config.is_on(_EXCEPTIONS),
        )
        for leak in flow.run():
            if leak.obligation.acquire.once and not governed.by_profile:
                continue
            if governed.only_dropped_tasks and not _is_dropped_task(leak):
                continue
            yield OwnedLeak(leak, governed, scope)

    def _may_lose(self, scope: Scope, governed: Governed) -> bool:
        """Whether a function acquires what it does not hand straight to a registrar."""
        function = scope.functions[-1]
        return any(
            self._may_acquire(call, scope, governed)
            and not self._is_registered(call, function.handed.get(call, ()), scope)
            for call in function.calls
        )

    def _is_registered(self, call: str, takers: tuple[str, ...], scope: Scope) -> bool:
        linker = self.project.linker
        if self._infer is not None or not takers:
            return False
        if not all(linker.callee(taker, scope).registers for taker in takers):
            return False
        by_name = linker.profile.acquires.get(call.rpartition(".")[2])
        acquire = linker.callee(call, scope).acquire or by_name
        return acquire is None or not acquire.undone_by  # of a pair only the undo is registered

    def _may_acquire(self, call: str, scope: Scope, governed: Governed) -> bool:
        if governed.only_dropped_tasks and call.rpartition(".")[2] not in _RAW_TASKS:
            return False
        callee = self.project.linker.callee(call, scope)
        if callee.acquire is not None:
            return not callee.acquire.owned
        if callee.function is not None and self.project.linker.filled(callee.function):
            return True
        if self._infer is not None and callee.function is None:
            return True  # only inference can tell
        # A call that nothing is known of may be known by the type of the field it goes to.
        return callee.function is None and may_subscribe(call)

    # --- findings ---------------------------------------------------------------------------

    def of_kind(self, code: str, symbol: str, kind: Kind) -> Iterator[Finding]:
        """The findings on handles of one kind that nothing releases."""
        for owned in self.all:
            leak = owned.leak
            if leak.obligation.kind == kind and leak.reason not in _OTHER_RULES:
                yield self._finding(code, symbol, owned, leak.obligation.node)

    def of_reason(self, code: str, symbol: str, reason: Reason) -> Iterator[Finding]:
        """The findings on handles of any kind that are lost (or kept) in one way."""
        for owned in self.all:
            leak = owned.leak
            if leak.reason == reason:
                yield self._finding(code, symbol, owned, leak.node or leak.obligation.node)

    def _finding(self, code: str, symbol: str, owned: OwnedLeak, node: ast.expr) -> Finding:
        source = self.source
        assert source is not None
        end_line = node.end_lineno or node.lineno
        return Finding(
            code=code,
            symbol=symbol,
            path=source.path,
            line=node.lineno,
            column=source.column(node.lineno, node.col_offset),
            end_line=end_line,
            end_column=source.column(end_line, node.end_col_offset or node.col_offset),
            message=_message(owned),
            confidence=owned.leak.obligation.confidence,
            trace=tuple(self._trace(owned)),
        )

    def _trace(self, owned: OwnedLeak) -> Iterator[Step]:
        leak, path = owned.leak, self.module.path
        call = _call_text(leak.obligation.text)
        yield Step(path, leak.obligation.node.lineno, f"{call} acquires the handle here")
        if leak.reason in ("path", "overwritten", "exception"):
            for branch in leak.branches[:_STEPS]:
                yield Step(path, branch.line, f"this branch {branch.text}")
        if leak.reason == "overwritten":
            yield Step(path, leak.line, f"{leak.place} is assigned again while it holds the handle")
        elif leak.reason == "pair":
            undone_by = leak.obligation.acquire.undone_by
            yield from self._searched(owned, f"does not call {undone_by}() for it")
        elif leak.reason == "dropped":
            yield Step(path, leak.line, "nothing holds the handle any more")
        elif leak.reason == "exception":
            held = f" with the handle still in {leak.place}" if leak.place else ""
            yield Step(
                path, leak.line, f"the exception leaves {owned.scope.functions[-1].name}(){held}"
            )
        elif leak.reason == "path":
            yield Step(path, leak.line, f"the path ends here with the handle still in {leak.place}")
        else:
            yield Step(path, leak.line, f"the handle stays in {leak.place}")
            if leak.reason == "field":
                yield from self._searched(owned, "does not release it")

    def _searched(self, owned: OwnedLeak, words: str) -> Iterator[Step]:
        """The end-of-life methods that were searched in vain."""
        if owned.scope.cls is not None:
            end = self.project.ownership.end_of_life(owned.scope.cls)
            for where, line, name in end.searched[:_STEPS]:
                yield Step(where, line, f"{name}() was searched and {words}")


_OTHER_RULES = ("overwritten", "hand", "exception")
_RAW_TASKS = ("create_task", "ensure_future", "create_eager_task")


def _is_dropped_task(leak: Leak) -> bool:
    acquire = leak.obligation.acquire
    return (
        leak.reason == "dropped"
        and acquire.kind == "task"
        and leak.obligation.confidence == "resolved"
        and acquire.name.rpartition(".")[2] in _RAW_TASKS
    )


def _is_class_method(method: FunctionSummary) -> bool:
    return any(name.endswith("classmethod") for name in method.decorators)


def _call_text(text: str) -> str:
    return (text.replace(".()", "()").replace(".[]", "[]") or "the call") + "()"


def _message(owned: OwnedLeak) -> str:
    leak, governed = owned.leak, owned.governed
    kind = leak.obligation.kind
    call = _call_text(leak.obligation.text)
    noun = _NOUNS[kind]
    if leak.reason == "dropped":
        what = f"drops the handle of {call}"
    elif leak.reason == "path":
        what = f"leaves the handle of {call} in '{leak.place}' on a path that ends"
    elif leak.reason == "exception":
        what = f"loses the handle of {call} if line {leak.line} raises"
    elif leak.obligation.paired is not None:
        return _pair_message(owned, call)
    else:
        what = f"keeps the handle of {call} in {leak.place} and never releases it"
    if governed.only_dropped_tasks:
        lost = "nothing can await or cancel it, and the event loop holds it weakly"
        return f"{governed.name} {what}, so {lost}; {governed.remedy}"
    if leak.reason == "overwritten":
        return (
            f"{governed.name} assigns {leak.place} again while it may hold the handle of {call}, "
            f"so the {noun} is lost; release it first"
        )
    if governed.strict is not None:
        method = governed.strict.methods[_REGISTRARS[kind]]
        if kind == "subscription":
            remedy = f"pass it to self.{method}(...)"
        else:
            remedy = f"use self.{method}(...)"
    else:
        remedy = governed.remedy
    if leak.reason == "hand":
        what = f"keeps the handle of {call} in {leak.place} and releases it by hand"
        return f"{governed.name} {what}; {remedy} instead, and shutdown releases it"
    return f"{governed.name} {what}, so the {noun} outlives {governed.ends_with}(); {remedy}"


def _pair_message(owned: OwnedLeak, call: str) -> str:
    leak, governed = owned.leak, owned.governed
    assert leak.obligation.paired is not None
    undoing = f"{leak.obligation.acquire.undone_by}()"
    receiver = _call_text(leak.obligation.text).rpartition(".")[0]
    if governed.strict is not None:
        method = governed.strict.methods["register-subscription"]
        remedy = f"pass a function that calls {receiver}.{undoing} to self.{method}(...)"
    else:
        remedy = f"call {undoing} with the same arguments in {governed.ends_with}()"
    if leak.reason == "hand":
        return f"{governed.name} undoes {call} by hand; {remedy} instead, and shutdown undoes it"
    if any(text == LAMBDA for _, text in leak.obligation.paired.args):
        remedy += "; a lambda or partial is a new object each time: keep the one that was given"
    return (
        f"{governed.name} never undoes {call} with {undoing}, so the "
        f"{_NOUNS[leak.obligation.kind]} outlives {governed.ends_with}(); {remedy}"
    )
