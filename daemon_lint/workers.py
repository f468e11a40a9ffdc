"""Tasks and threads that end by themselves when the end of life tells them to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from daemon_lint.fates import everything
from daemon_lint.ownership import Ownership
from daemon_lint.symbols import Class, External, Function, Scope

_DEPTH = 3


def sleeps_in_loop(ownership: Ownership, worker: Function) -> bool:
    """Whether a worker loops over `sleep`: a timer by another name."""
    for reference in worker.summary.loop_awaits:
        if reference.rpartition(".")[2] == "sleep":
            return True
        symbol = ownership.linker.resolve(reference, Scope(worker.module, worker.cls))
        if isinstance(symbol, External) and symbol.name.rpartition(".")[2] == "sleep":
            return True
    return False


def ends_by_condition(ownership: Ownership, cls: Class, condition: Function) -> bool:
    """Whether a function does nothing but look at a field that the end of life writes."""
    summary = condition.summary
    written = ownership.end_of_life(cls).written
    return not (summary.writes or summary.calls) and not written.isdisjoint(summary.reads)


def ends_by_flag(
    ownership: Ownership, cls: Class, worker: Function, given: Iterable[str] = ()
) -> bool:
    """Whether a worker loops or waits until something changes that the end of life writes.

    Or as long as a field is filled that the end of life empties. `given` are the fields that the
    worker gets as arguments.
    """
    if worker.cls is not None and worker.cls not in ownership.universe(cls):
        return False
    end = ownership.end_of_life(cls)
    looked_at = _looked_at(ownership, cls, worker, frozenset(given))
    return any(name in end.written or name in end.emptied for name in looked_at)


def made_workers(ownership: Ownership, maker: Function) -> list[tuple[Function, set[str]]]:
    """What the tasks run that a function makes for its callers, with the fields given to them."""
    linker, found = ownership.linker, []
    scope = linker.scope_of(maker)
    for part in everything(maker.summary):
        for callback in part.callbacks:
            acquire = linker.callee(callback.target, scope).acquire
            worker = linker.resolve(callback.ref, scope)
            if acquire is not None and acquire.kind == "task" and isinstance(worker, Function):
                given = {
                    use.subject
                    for use in part.uses
                    if use.verb == "pass" and use.target == callback.target
                }
                found.append((worker, given))
    return found


def _looping(ownership: Ownership, cls: Class, worker: Function, depth: int) -> Iterator[Function]:
    if any(part.loops or part.loop_tests for part in everything(worker.summary)):
        yield worker
    elif depth < _DEPTH:
        for name in worker.summary.self_refs:
            found = ownership.linker.method(cls, name)
            if found is not None and not found.summary.is_property:
                yield from _looping(ownership, cls, found, depth + 1)


def _looked_at(
    ownership: Ownership, cls: Class, worker: Function, given: frozenset[str]
) -> Iterator[str]:
    """The fields that decide whether the loops of a worker go on."""
    for looping in _looping(ownership, cls, worker, 0):
        me = ownership.linker.scope_of(looping).me
        for part in everything(looping.summary):
            for name in part.loop_tests:
                yield from _behind(ownership, cls, name, 0)
                if name in part.params and name != me:
                    yield from given
                elif looping.parent is not None and "." not in name:
                    # `stop = self._stop = Event()` around the worker.
                    for outer in looping.parent.functions:
                        for use in outer.uses:
                            if use.verb == "store" and use.subject == name:
                                yield use.target


def _behind(ownership: Ownership, cls: Class, name: str, depth: int) -> Iterator[str]:
    """A field itself, or the fields that a property or method of that name looks at."""
    yield name
    method = ownership.linker.method(cls, name.removeprefix("self.")) if depth < _DEPTH else None
    if method is not None and name.startswith("self."):
        for field in method.summary.reads:
            yield from _behind(ownership, cls, field, depth + 1)
