"""Stubs (`.pyi`) beside a module: they tell the types that the module itself leaves out."""

from __future__ import annotations

from daemon_lint.summary import FunctionSummary, ModuleSummary


def overlay(module: ModuleSummary, stub: ModuleSummary) -> None:
    """Add to a module's summary what its stub knows better: types and contracts, never bodies."""
    for name, origin in stub.imports.items():
        module.imports.setdefault(name, origin)
    for name, value in stub.values.items():
        module.values.setdefault(name, value)
    _functions(module.functions, stub.functions)
    for name, cls in stub.classes.items():
        known = module.classes.get(name)
        if known is None:
            module.classes[name] = cls
            continue
        _functions(known.methods, cls.methods)
        known.fields = {**known.fields, **cls.fields}
        known.bases = known.bases or cls.bases


def _functions(known: dict[str, FunctionSummary], stubs: dict[str, FunctionSummary]) -> None:
    for name, stub in stubs.items():
        function = known.get(name)
        if function is None:
            known[name] = stub
            continue
        function.returns = function.returns or stub.returns
        function.annotations = {**stub.annotations, **function.annotations}
        function.contract = function.contract or stub.contract
