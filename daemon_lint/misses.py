"""Where overrides miss the work of a base: never reached, skipped, or not on every path."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from daemon_lint.cooperation import UNKNOWN, Cooperation
from daemon_lint.fates import everything
from daemon_lint.findings import Step
from daemon_lint.linking import never_returns
from daemon_lint.overrides import BaseCall, Override, base_calls, overrides
from daemon_lint.reaching import Answer, Reaching, Way
from daemon_lint.refs import FunctionNode, ref
from daemon_lint.summary import FunctionSummary, Super
from daemon_lint.symbols import Class, Function, Scope

if TYPE_CHECKING:
    from daemon_lint.rules.base import ModuleCheck

_HELPERS = 4


@dataclass(frozen=True, slots=True)
class Miss:
    """An override that misses the work of `lost` in instances of `concrete`."""

    override: Override
    lost: Class | str
    concrete: Class
    call: BaseCall | None = None
    """The call that begins behind `lost`, where one does."""
    way: Way | None = None
    """The path that misses it, where others do not; None if all do."""
    line: int = 0
    """Where that path ends."""

    def lost_step(self) -> list[Step]:
        """Where the work is that is missed, if that is in the project."""
        lost, name = self.lost, self.override.name
        if isinstance(lost, str):
            return []
        words = f"{lost.summary.name}.{name}() does the work that is lost"
        return [Step(lost.module.path, lost.summary.methods[name].line, words)]


def misses(module: ModuleCheck) -> Iterator[Miss]:
    """All misses of a module, one for each override at most."""
    for cls in module.classes():
        for override in overrides(module.project.linker, cls):
            found = _Judge(module, override).miss()
            if found is not None:
                yield found


class _Judge:
    """Judges one override."""

    def __init__(self, module: ModuleCheck, override: Override) -> None:
        self.module = module
        self.linker = module.project.linker
        self.cooperation: Cooperation = module.project.cooperation
        self.override = override
        self.cls, self.name, self.summary = override.cls, override.name, override.summary

    def miss(self) -> Miss | None:
        if self.cooperation.may_cooperate(self.cls, self.name):
            found = self._in_own_order()
            if found is not None:
                return found
        return self._in_mixed_order()

    # --- in the class itself ----------------------------------------------------------------

    def _in_own_order(self) -> Miss | None:
        rest = self.override.rest
        working = self.cooperation.working_bases(self.cls, self.name, self.summary, rest)
        if self._goes_on(self.cls):
            first = next(working, None)  # whom that one leads to is its own affair
            return self._on_paths(first) if first is not None else None
        for base in working:
            reached = self.cooperation.reached(self.cls, self.summary, self.cls)
            if UNKNOWN not in reached and self.cooperation.implementation(base, self.name) not in (
                reached
            ):
                return self._never(base, self.cls)
            found = self._on_paths(base)
            if found is not None:
                return found
        return None

    def _goes_on(self, concrete: Class) -> bool:
        """Whether the method, or a helper of its class, calls the next base by super()."""
        waiting, seen = [self.summary], {self.summary}
        while waiting:
            part = waiting.pop()
            for call in part.supers:
                if call.method in (self.name, self.summary.name) and (
                    not call.base
                    or (
                        call.base.startswith("super(")
                        and self.cooperation.begins_behind(call.base, self.cls, self.summary)
                        is self.cls
                    )
                ):
                    return True
            waiting += part.nested.values()
            for helper in part.self_refs:
                found = self.linker.method(concrete, helper)
                if found is not None and found.cls is self.cls and found.summary not in seen:
                    seen.add(found.summary)
                    waiting.append(found.summary)
        return False

    def _never(self, lost: Class | str, concrete: Class) -> Miss | None:
        if self._is_on_purpose():
            return None
        call = self._call_behind(lost, concrete)
        return Miss(self.override, lost, concrete, call)

    def _is_on_purpose(self) -> bool:
        if self.summary.never_returns or self._fails():
            return True
        if self._is_wrapped() or self._is_shut_down():
            return True
        is_empty = not (self.summary.does_work or self.summary.supers or self.summary.calls)
        if is_empty and self.linker.strict_base(self.cls) is None:
            return True  # an empty override says that it replaces the base
        return self.cooperation.delegates(self.cls, self.summary, self.name)

    def _is_wrapped(self) -> bool:
        """Whether a decorator of the project calls the base in the method's place."""
        symbols = (
            self.linker.resolve(name.removesuffix(".()"), Scope(self.cls.module, self.cls))
            for name in self.summary.decorators
        )
        return any(
            isinstance(symbol, Function) and any(part.supers for part in everything(symbol.summary))
            for symbol in symbols
        )

    def _is_shut_down(self) -> bool:
        """Whether another end of a strict class shuts it down, as the base's own does."""
        strict = self.linker.strict_base(self.cls)
        if strict is None or self.name in strict.methods.values():
            return False
        last = strict.methods["shutdown"]
        return self.linker.profile.ends_life(self.name) and last in self.summary.self_refs

    def _fails(self) -> bool:
        """Whether all paths end in an exception, or a call of super() is of another's class."""
        for call in self.summary.supers:
            target = self.cooperation.begins_behind(call.base, self.cls, self.summary)
            if call.base.startswith("super(") and isinstance(target, Class):
                orders = map(self.linker.mro, (self.cls, *self.linker.subclasses(self.cls)))
                if not any(target in mro for mro in orders):
                    return True  # DMN204 says so
        node = self.node(self.summary)
        return node is not None and not self.reaching(node, self.summary, self.cls).paths()

    def _call_behind(self, lost: Class | str, concrete: Class) -> BaseCall | None:
        """The call of a base's method that begins behind `lost` in the order of classes."""
        calls = (call for part in everything(self.summary) for call in part.supers)
        if not any(call.base and call.method == self.name for call in calls):
            return None
        node = self.node(self.summary)
        order: list[Class | str | None] = [*self.linker.mro(concrete)]
        for call in base_calls(self.linker, self.override, node) if node is not None else ():
            if call.target not in order or call.method != self.name:
                continue
            start = order.index(call.target) - (0 if call.by_super else 1)
            if order.index(lost) <= start:
                return call
        return None

    # --- in subclasses whose bases branch ---------------------------------------------------

    def _in_mixed_order(self) -> Miss | None:
        if not self.cooperation.is_possible(self.name):
            return None
        for concrete, rest in self.linker.mixed_orders(self.cls, self.name):
            if not self.cooperation.may_cooperate(self.cls, self.name, concrete):
                continue
            if self._goes_on(concrete):
                continue
            working = self.cooperation.working_bases(concrete, self.name, self.summary, rest)
            lost = next(working, None)
            if lost is None or self.linker.is_abstract(concrete):
                continue
            for base in (lost, *working):
                if self._is_lost_in(concrete, base):
                    found = self._never(base, concrete)
                    if found is not None and (found.call is not None or not self._by_hand()):
                        return found
        return None

    def _is_lost_in(self, concrete: Class, lost: Class | str) -> bool:
        """Whether an instance runs this method, and nothing on the way runs that of `lost`."""
        first = self.linker.method(concrete, self.name)
        if first is None or first.cls is None:
            return False
        if first.summary is not self.summary and any(
            call.base and call.method == self.name for call in first.summary.supers
        ):
            return False  # that one puts its bases together by hand, and answers for it
        reached = self.cooperation.reached(first.cls, first.summary, concrete)
        if UNKNOWN in reached or self.cooperation.implementation(lost, self.name) in reached:
            return False
        return first.summary is self.summary or self.summary in reached

    def _by_hand(self) -> bool:
        """Whether the method calls bases by name: it knows its own, and no others."""
        return any(call.base and call.method == self.name for call in self.summary.supers)

    # --- path by path -----------------------------------------------------------------------

    def _on_paths(self, lost: Class | str) -> Miss | None:
        direct = any(call.method == self.name for call in self.summary.supers)
        if direct and not self.summary.branches and not self.summary.nested:
            return None
        node = self.node(self.summary)
        if node is None:
            return None
        reaching = self.reaching(node, self.summary, lost, 0)
        if not reaching.is_reached():
            # All paths end in an exception, or the call stands where it never runs.
            return self._never(lost, self.cls) if reaching.paths() else None
        found = reaching.missing()
        if found is None:
            return None
        return Miss(self.override, lost, self.cls, None, *found)

    def reaching(
        self, node: FunctionNode, method: FunctionSummary, lost: Class | str, depth: int = 0
    ) -> Reaching:
        question = _Question(self, node, method, lost, depth)
        return Reaching(node, question.me, question.reaches, question.ends, question.flags())

    def node(self, summary: FunctionSummary) -> FunctionNode | None:
        return self.module.node(summary)


class _Question:
    """Whether expressions of one method lead to the work of one base."""

    def __init__(
        self,
        judge: _Judge,
        node: FunctionNode,
        method: FunctionSummary,
        lost: Class | str,
        depth: int,
    ) -> None:
        self.judge, self.method, self.lost, self.depth = judge, method, lost, depth
        self.linker, self.cooperation = judge.linker, judge.cooperation
        self.cls = judge.cls
        self.me = method.params[0] if method.params and not method.is_static else ""
        self.scope = Scope(self.cls.module, self.cls, (method,))
        self.wanted = self.cooperation.implementation(lost, judge.name)
        self.calls: dict[tuple[int, str], list[Super]] = {}
        for part in everything(method):
            for call in part.supers:
                self.calls.setdefault((call.line, call.method), []).append(call)
        self.never_run = {
            id(item.value.func)
            for item in ast.walk(node)
            if isinstance(item, ast.Expr)
            and isinstance(item.value, ast.Call)
            and self._is_own_coroutine(item.value.func)
        }
        """Own coroutine functions whose coroutine nobody awaits."""

    def _is_own_coroutine(self, function: ast.expr) -> bool:
        if not (isinstance(function, ast.Attribute) and ref(function.value) == self.me != ""):
            return False
        found = self.linker.method(self.cls, function.attr)
        return found is not None and found.summary.is_async and not found.summary.decorators

    def reaches(self, item: ast.expr) -> Answer:
        """The answer for an expression by itself."""
        if isinstance(item, ast.Call) and ref(item.func) == "super":
            return Answer.YES if (item.lineno, "*") in self.calls else Answer.NO
        if isinstance(item, ast.Call) and any(ref(given) == self.me != "" for given in item.args):
            handed = self.cooperation.handed_on(ref(item.func), self.scope, self.cls)
            if any(target is self.wanted for _, target in handed):
                return Answer.YES  # `_close(self)`, a function that calls the base
        if not isinstance(item, ast.Attribute):
            return Answer.NO
        if item.attr in ("__mro__", "__bases__"):
            return Answer.YES
        if any(map(self._leads, self.calls.get((item.lineno, item.attr), ()))):
            return Answer.YES
        if ref(item.value) == self.me != "" and id(item) not in self.never_run:
            return self._helper(item.attr)
        return Answer.NO

    def _leads(self, call: Super) -> bool:
        for owner, target in self.cooperation.targets(call, self.cls, self.method, self.cls):
            if target in (self.wanted, UNKNOWN):
                return True
            if isinstance(target, FunctionSummary):
                further = self.cooperation.reached(owner, target, self.cls)
                if self.wanted in further or UNKNOWN in further:
                    return True
                if not call.base and call.method == self.judge.name:
                    return True  # where a base breaks the chain, it is that base's fault
        return False

    def _helper(self, name: str) -> Answer:
        """Of a method of the object that this one mentions."""
        found = self.linker.method(self.cls, name)
        if found is None or found.cls is None:
            named = {target for _, target in self.cooperation.aliases(name, self.cls)}
            return Answer.YES if self.wanted in named else Answer.NO
        if found.summary in (self.method, self.judge.summary):
            return Answer.NO
        reached = self.cooperation.reached(found.cls, found.summary, self.cls)
        if self.wanted is not found.summary and reached.isdisjoint((self.wanted, UNKNOWN)):
            return Answer.NO
        node = self.judge.node(found.summary) if found.cls is self.cls else None
        if node is None or found.summary is self.wanted or self.depth >= _HELPERS:
            return Answer.YES
        further = self.judge.reaching(node, found.summary, self.lost, self.depth + 1)
        if not further.is_reached():
            return Answer.NO
        return Answer.YES if further.missing() is None else Answer.SOMETIMES

    def ends(self, item: ast.expr) -> bool:
        """Whether a statement of this expression never returns."""
        call = item.value if isinstance(item, ast.Await) else item
        if not isinstance(call, ast.Call):
            return False
        reference = ref(call.func)
        return never_returns(self.linker.callee(reference, self.scope), reference)

    def flags(self) -> set[str]:
        """The fields that the base assigns or empties: a test of them asks whether it ran."""
        by_base: set[str] = set()
        if isinstance(self.wanted, FunctionSummary):
            by_base.update((*self.wanted.writes, *self.wanted.emptied))
        found = {name[5:] for name in by_base if name[:5] == "self." and "." not in name[5:]}
        written = {*by_base, *self.method.writes}
        for base in self.linker.mro(self.cls):
            for name, method in base.summary.methods.items() if isinstance(base, Class) else ():
                if any(field in method.truth_of for field in written):
                    found.add(name)  # `connected`, which looks at the socket
        return found
