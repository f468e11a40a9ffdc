"""Reads where one method acquires: each call that makes a handle, with its kind.

What counts as an acquire is what the analysis of paths opens an obligation for, and what a strict
class gives its base by a registrar that makes the handle itself (`self.register_interval(…)`).
"""

from __future__ import annotations

import ast
import contextlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from daemon_lint.constants import Place
from daemon_lint.contracts import Base
from daemon_lint.fates import everything
from daemon_lint.flow import FunctionFlow, TooManyPaths
from daemon_lint.function_reader import summarize_function
from daemon_lint.ready_subscriptions import READY
from daemon_lint.refs import FunctionNode, own_nodes, ref
from daemon_lint.states import Obligation
from daemon_lint.summary import FunctionSummary
from daemon_lint.symbols import Class, Function, Scope

if TYPE_CHECKING:
    from daemon_lint.sites import Sites

SiteKind = Literal["subscription", "interval", "timer", "task", "wait"]
SITE_KINDS: tuple[SiteKind, ...] = ("subscription", "interval", "timer", "task", "wait")
_LONGEST = 160
_BY_REGISTRAR: dict[str, SiteKind] = {
    "subscribe": "subscription",
    "register-subscription": "subscription",
    "register-interval": "interval",
    "register-task": "task",
    "on-ready": "wait",
    "defer": "timer",
}
_TAKES_HANDLES = ("register-subscription", "register-task")


@dataclass(frozen=True, slots=True)
class Site:
    """One call that acquires: its kind, its text, where it stands.

    `registered` says that the base class (or another owner) releases the handle; `waits_for` are
    the names of the daemons that a wait is for, as far as they are known.
    """

    kind: SiteKind
    text: str
    path: str
    line: int
    registered: bool = False
    waits_for: tuple[str, ...] = ()


class MethodReader:
    """Reads the sites of one method."""

    def __init__(
        self,
        sites: Sites,
        cls: Class,
        method: FunctionSummary,
        node: FunctionNode,
        strict: Base | None,
    ) -> None:
        self.sites, self.cls, self.method, self.node = sites, cls, method, node
        self.strict = strict
        self.linker = sites.linker
        self.scope = Scope(cls.module, cls, (method,))
        self.raw: dict[int, tuple[Obligation, Site]] = {}
        self.origins: dict[str, list[ast.expr]] = {}

    def read(self) -> list[Site]:
        function = Function(
            f"{self.cls.name}.{self.method.name}",
            self.cls.module,
            self.method,
            self.cls,
            self.cls,
        )
        # What a method hands to its caller counts where it is called.
        if self.linker.returned_handle(function) is None:
            for obligation, functions in self._obligations(self.node, self.scope):
                if not self._is_for_the_caller(obligation, functions):
                    site = self._raw_site(obligation, functions)
                    self.raw[id(obligation.node)] = (obligation, site)
        self._note_origins()
        extra = [
            site
            for call in ast.walk(self.node)
            if isinstance(call, ast.Call) and id(call) not in self.raw
            for site in self._of_call(call)
        ]
        return [*(site for _, site in self.raw.values()), *extra]

    # --- raw acquires -----------------------------------------------------------------------

    def _obligations(
        self, node: FunctionNode, scope: Scope
    ) -> Iterator[tuple[Obligation, tuple[FunctionSummary, ...]]]:
        project = self.sites.project
        flow = FunctionFlow(
            node,
            scope,
            self.linker,
            project.ownership,
            strict=self.strict is not None,
            may_repeat=lambda cls, place, handle: False,
            may_rearm=lambda cls, place, handle: False,
        )
        with contextlib.suppress(RecursionError, TooManyPaths):
            flow.run()  # else what it has seen so far is the best there is
        seen: set[int] = set()
        for obligation in flow.obligations.values():
            if id(obligation.node) not in seen:
                seen.add(id(obligation.node))
                yield obligation, scope.functions
        for item in own_nodes(node):
            if isinstance(item, (ast.FunctionDef, ast.AsyncFunctionDef)):
                known = scope.functions[-1].nested.get(item.name)
                if known is None or known.line != item.lineno:
                    known = summarize_function(item, scope.me)
                inner = Scope(scope.module, scope.cls, (*scope.functions, known))
                yield from self._obligations(item, inner)

    def _is_for_the_caller(
        self, obligation: Obligation, functions: tuple[FunctionSummary, ...]
    ) -> bool:
        """Whether the method runs what its caller gives it, so that its calls count instead."""
        given = {name for function in functions for name in function.params[1:]}
        passed = {item.id for item in obligation.node.args if isinstance(item, ast.Name)}
        function = Function(self.method.name, self.cls.module, self.method, self.cls, self.cls)
        return bool(passed & given) and self.sites.helper_kind(function) is not None

    def _raw_site(self, obligation: Obligation, functions: tuple[FunctionSummary, ...]) -> Site:
        kind: SiteKind = obligation.kind
        waits: tuple[str, ...] = ()
        if kind == "subscription" and (waits := self._hand_rolled_wait(obligation.node)):
            kind = "wait"
        elif obligation.acquire.one_shot and not self._is_rearmed(obligation, functions):
            kind = "timer"
        return self._site(kind, obligation.node, waits_for=waits)

    def _is_rearmed(self, obligation: Obligation, functions: tuple[FunctionSummary, ...]) -> bool:
        """Whether what a one-shot timer runs comes back to the call that arms it."""
        worker = obligation.worker
        if worker is None:
            return False
        if functions[-1] in everything(worker.summary):
            return True
        seen: set[str] = set()
        queue = [worker.summary]
        while queue:
            for name in {name for part in everything(queue.pop()) for name in part.self_refs}:
                if name == self.method.name:
                    return True
                found = self.linker.method(self.cls, name) if name not in seen else None
                seen.add(name)
                if found is not None:
                    queue.append(found.summary)
        return False

    def _hand_rolled_wait(self, call: ast.Call) -> tuple[str, ...]:
        """The daemons that a subscription to `system:ready` picks out by hand."""
        if len(call.args) < 2:
            return ()
        event, given = call.args[:2]
        if self._text(event) != READY and ref(event) != "SYSTEM_READY":
            return ()
        handler: ast.AST | None = given if isinstance(given, ast.Lambda) else None
        if isinstance(given, ast.Attribute) and given.attr in self.cls.summary.methods:
            handler = self.sites.node(self.cls, self.cls.summary.methods[given.attr])
        elif isinstance(given, ast.Name):
            handler = next(
                (
                    item
                    for item in ast.walk(self.node)
                    if isinstance(item, (ast.FunctionDef, ast.AsyncFunctionDef))
                    and item.name == given.id
                ),
                None,
            )
        names: dict[str, None] = {}
        for item in ast.walk(handler) if handler is not None else ():
            if isinstance(item, ast.Compare):
                parts = [item.left, *item.comparators]
                if any(_is_daemon_key(part) for part in parts):
                    names.update((name, None) for part in parts if (name := self._text(part)))
        return tuple(names)

    def _text(self, node: ast.expr) -> str | None:
        place = Place(self.cls.module, self.cls, self.cls, (self.node,), self.scope.me)
        return self.sites.project.daemons.constants.text(node, place)

    # --- registrars and helpers -------------------------------------------------------------

    def _of_call(self, call: ast.Call) -> Iterator[Site]:
        """The sites that a call is which is no raw acquire; marks those that it registers."""
        reference = ref(call.func)
        receiver, _, name = reference.rpartition(".")
        on_self = bool(receiver) and receiver in (self.scope.me, "super.()")
        key = ""
        if on_self and self.strict is not None:
            key = next((key for key, own in self.strict.methods.items() if own == name), "")
        callee = self.linker.callee(reference, self.scope)
        if key in _BY_REGISTRAR:
            if key in _TAKES_HANDLES and self._registers(call):
                return
            kind = _BY_REGISTRAR[key]
            waits: tuple[str, ...] = ()
            if kind == "wait" and call.args:
                waits = (self._text(call.args[0]) or "?",)
            yield self._site(kind, call, registered=True, waits_for=waits)
        elif callee.registers:
            if not self._registers(call) and on_self and self.strict is not None:
                yield self._site("subscription", call, registered=True)
        elif on_self and call.args and callee.acquire is None and callee.function is not None:
            helper = self.sites.helper_kind(callee.function)
            if helper is not None and not self._passes_on(call):
                yield self._site(helper, call)

    def _passes_on(self, call: ast.Call) -> bool:
        """Whether a call of a helper stands in a helper, and passes on what that is given."""
        passed = {item.id for item in call.args if isinstance(item, ast.Name)}
        function = Function(self.method.name, self.cls.module, self.method, self.cls, self.cls)
        return bool(passed & {*self.method.params[1:]}) and bool(self.sites.helper_kind(function))

    def _registers(self, call: ast.Call) -> bool:
        """Mark the raw acquires whose handles a call is given; whether there are any."""
        given = [*call.args, *(item.value for item in call.keywords)]
        queue: list[ast.AST] = [item for part in given for item in ast.walk(part)]
        seen: set[str] = set()
        attributes: set[str] = set()
        marked = False
        while queue:
            item = queue.pop()
            if isinstance(item, ast.Attribute):
                attributes.add(item.attr)
            if id(item) in self.raw:
                marked |= self._mark(id(item))
            elif isinstance(item, (ast.Name, ast.Attribute)):
                name = ref(item)
                if name not in seen:
                    seen.add(name)
                    queue += (
                        inner for value in self.origins.get(name, ()) for inner in ast.walk(value)
                    )
        for number, (obligation, site) in self.raw.items():
            if obligation.acquire.undone_by in attributes and not site.registered:
                marked |= self._mark(number)
        return marked

    def _mark(self, number: int) -> bool:
        obligation, site = self.raw[number]
        self.raw[number] = (obligation, replace(site, registered=True))
        return True

    def _note_origins(self) -> None:
        """What names and fields are given anywhere in the method, loops and containers included."""
        for item in ast.walk(self.node):
            if isinstance(item, ast.Assign):
                for target in item.targets:
                    self._note(target, item.value)
            elif isinstance(item, (ast.AnnAssign, ast.NamedExpr)) and item.value is not None:
                self._note(item.target, item.value)
            elif isinstance(item, (ast.For, ast.AsyncFor, ast.comprehension)):
                self._note(item.target, item.iter)
            elif (
                isinstance(item, ast.Call)
                and isinstance(item.func, ast.Attribute)
                and item.func.attr in ("append", "add", "extend")
            ):
                for value in item.args:
                    self._note(item.func.value, value)

    def _note(self, target: ast.expr, value: ast.expr) -> None:
        if isinstance(target, (ast.Tuple, ast.List)):
            for part in target.elts:
                self._note(part, value)
        elif name := ref(target).removesuffix(".[]"):
            self.origins.setdefault(name, []).append(value)

    def _site(
        self,
        kind: SiteKind,
        call: ast.Call,
        registered: bool = False,
        waits_for: tuple[str, ...] = (),
    ) -> Site:
        text = " ".join(ast.unparse(call).split())
        if len(text) > _LONGEST:
            text = text[: _LONGEST - 1] + "…"
        return Site(kind, text, self.cls.module.path, call.lineno, registered, waits_for)


def _is_daemon_key(node: ast.expr) -> bool:
    """Whether an expression reads the daemon's name out of a payload."""
    if isinstance(node, ast.Subscript):
        return isinstance(node.slice, ast.Constant) and node.slice.value == "daemon"
    if isinstance(node, ast.Attribute):
        return node.attr == "daemon"
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "get"
        and bool(node.args)
        and isinstance(node.args[0], ast.Constant)
        and node.args[0].value == "daemon"
    )
