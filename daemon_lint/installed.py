"""Bases outside the project: read as text from where Python finds them, never imported.

The standard library and what is installed beside the linter. A class that is not found there, or
is not written in Python, says nothing.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from functools import cache

from daemon_lint.source import Broken, deep_recursion, parse
from daemon_lint.summarize import summarize
from daemon_lint.summary import FunctionSummary, ModuleSummary

_LARGEST = 1_000_000
"""Bytes of a file; longer ones are generated, and no base class of a daemon."""
_DEEPEST = 8


@cache
def find_method(cls: str, method: str) -> FunctionSummary | None:
    """A method of a class outside the project, by full name, looked for in its bases too."""
    return _method(cls, method, 0)


def _method(cls: str, method: str, depth: int) -> FunctionSummary | None:
    module, _, name = cls.rpartition(".")
    if not module or depth > _DEEPEST or cls == "builtins.object":
        return None
    known = _module(module)
    if known is None:
        return None
    names = _names(module)
    if name not in known.classes:
        elsewhere = [names[name]] if name in names else [f"{star}.{name}" for star in known.stars]
        return _first(elsewhere, method, depth)
    summary = known.classes[name]
    if method in summary.methods:
        return summary.methods[method]
    bases = []
    for base in summary.bases:
        head, _, rest = base.partition(".")
        origin = names.get(head, f"{module}.{head}")
        bases.append(f"{origin}.{rest}" if rest else origin)
    return _first(bases, method, depth)


def _first(classes: list[str], method: str, depth: int) -> FunctionSummary | None:
    found = (_method(cls, method, depth + 1) for cls in classes)
    return next((item for item in found if item is not None), None)


@cache
def _module(name: str) -> ModuleSummary | None:
    path = _path(name)
    if path is None:
        return None
    try:
        if os.path.getsize(path) > _LARGEST:
            return None
        with open(path, "rb") as file:
            source = parse(file.read(), path)
        if isinstance(source, Broken):
            return None
        with deep_recursion():
            return summarize(source.tree, name, path, path.endswith("__init__.py"))
    except (OSError, RecursionError):
        return None


def _path(module: str) -> str | None:
    """The file of a module on the import path; importing it would run it."""
    parts = module.split(".")
    for folder in sys.path:
        if folder in ("", os.getcwd()):
            continue  # where the user stands is no place of installed packages
        stem = os.path.join(folder, *parts)
        for path in (os.path.join(stem, "__init__.py"), f"{stem}.py"):
            if os.path.isfile(path):
                return path
    return None


@cache
def _names(module: str) -> dict[str, str]:
    """What the imports of a module call things, by full name."""
    return dict(_imported(module))


def _imported(module: str) -> Iterator[tuple[str, str]]:
    known = _module(module)
    origins = {} if known is None else known.imports
    for origin in origins.values():
        # Some packages import what they offer under another name, and only when it is asked for.
        yield origin.rpartition(":")[2].rpartition(".")[2], origin.replace(":", ".")
    for name, origin in origins.items():
        yield name, origin.replace(":", ".")
