"""Constructors of daemons that register before the base has made its registry."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import TYPE_CHECKING

from daemon_lint.contracts import Base
from daemon_lint.linking import Linker
from daemon_lint.overrides import Override, base_calls, overrides
from daemon_lint.reaching import Answer, Reaching
from daemon_lint.refs import FunctionNode, ref
from daemon_lint.summary import FunctionSummary
from daemon_lint.symbols import Class

if TYPE_CHECKING:
    from daemon_lint.rules.base import ModuleCheck


def registers_too_early(module: ModuleCheck) -> Iterator[tuple[Class, FunctionSummary]]:
    """The constructors that register something on a path before they call the base's."""
    linker = module.project.linker
    for cls in module.classes():
        strict = linker.strict_base(cls)
        if strict is None or "__init__" not in cls.summary.methods:
            continue
        for override in overrides(linker, cls):
            node = module.node(override.summary)
            if override.name != "__init__" or node is None:
                continue
            if _first_registers(linker, override, strict, node):
                yield cls, override.summary


def _first_registers(linker: Linker, override: Override, strict: Base, node: FunctionNode) -> bool:
    names = linker.profile.registrars(strict)
    if not any(_registers(linker, override.cls, name, names, set()) for name in _calls(override)):
        return False
    calls = {id(call.node) for call in base_calls(linker, override, node)}
    early = [
        item.lineno
        for item in ast.walk(node)
        if isinstance(item, ast.Call)
        and isinstance(item.func, ast.Attribute)
        and ref(item.func.value) == override.me
        and _registers(linker, override.cls, item.func.attr, names, set())
    ]
    for line in early:
        # Cut behind the registration: does some path come to it without the base's call?
        def reaches(item: ast.expr) -> Answer:
            return Answer.YES if id(item) in calls else Answer.NO

        before = Reaching(node, override.me, reaches, lambda _: False)
        if any(not way.reached for way in before.ways_at(line)):
            return True
    return False


def _calls(override: Override) -> Iterator[str]:
    head = f"{override.me}."
    for call in override.summary.calls:
        if call.startswith(head) and "." not in call[len(head) :]:
            yield call[len(head) :]


def _registers(
    linker: Linker, cls: Class, name: str, names: frozenset[str], seen: set[str]
) -> bool:
    """Whether a method of the object is a registrar, or calls one."""
    if name in names:
        return True
    found = linker.method(cls, name)
    if found is None or found.cls is None or name in seen or found.summary.is_async:
        return False
    seen.add(name)
    inner = Override(found.cls, name, found.summary, ())
    return any(_registers(linker, cls, call, names, seen) for call in _calls(inner))
