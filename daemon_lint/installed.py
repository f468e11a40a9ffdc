"""Bases outside the project: read as text from where Python finds them, never imported.

The standard library and what is installed beside the linter. A class that is not found there, or
is not written in Python, says nothing.
"""

from __future__ import annotations

import ast
import os
import sys
from functools import cache

from daemon_lint.function_reader import summarize_function
from daemon_lint.refs import FunctionNode, ref
from daemon_lint.summarize import import_origin
from daemon_lint.summary import FunctionSummary

_LARGEST = 1_000_000
"""Bytes of a file; longer ones are generated, and no base class of a daemon."""
_DEEPEST = 8


@cache
def find_method(cls: str, method: str) -> FunctionNode | None:
    """The definition of a method of a class outside the project, looked for in its bases too."""
    return _method(cls, method, 0)


@cache
def find_summary(cls: str, method: str) -> FunctionSummary | None:
    """The same, as a summary."""
    found = find_method(cls, method)
    return summarize_function(found, in_class=True) if found is not None else None


def _method(cls: str, method: str, depth: int) -> FunctionNode | None:
    module, _, name = cls.rpartition(".")
    if not module or depth > _DEEPEST or cls == "builtins.object":
        return None
    tree = _tree(module)
    if tree is None:
        return None
    names = _names(module)
    node = next(
        (item for item in tree.body if isinstance(item, ast.ClassDef) and item.name == name), None
    )
    if node is None:
        origin = names.get(name, "")
        if origin:
            return _method(origin, method, depth + 1)
        starred = (_method(f"{star}.{name}", method, depth + 1) for star in _stars(tree, module))
        return next((item for item in starred if item is not None), None)
    for item in node.body:
        if isinstance(item, (ast.FunctionDef, ast.AsyncFunctionDef)) and item.name == method:
            return item
    for base in node.bases:
        head, _, rest = ref(base).partition(".")
        origin = names.get(head, f"{module}.{head}")
        found = _method(f"{origin}.{rest}" if rest else origin, method, depth + 1)
        if found is not None:
            return found
    return None


@cache
def _tree(module: str) -> ast.Module | None:
    path = _path(module)
    if path is None:
        return None
    try:
        if os.path.getsize(path) > _LARGEST:
            return None
        with open(path, "rb") as file:
            return ast.parse(file.read())
    except (OSError, SyntaxError, ValueError, RecursionError, MemoryError):
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


def _stars(tree: ast.Module, module: str) -> list[str]:
    """The modules of which a module imports everything."""
    return [
        _origin(item, module)
        for item in tree.body
        if isinstance(item, ast.ImportFrom) and item.names[0].name == "*"
    ]


def _origin(node: ast.ImportFrom, module: str) -> str:
    """The absolute module that a `from … import` names."""
    is_package = (path := _path(module)) is not None and path.endswith("__init__.py")
    return import_origin(node, module, is_package)


@cache
def _names(module: str) -> dict[str, str]:
    """What the imports of a module call things, by full name."""
    tree, found = _tree(module), dict[str, str]()
    # Inside functions too: some packages import what they offer when it is first asked for.
    for item in ast.walk(tree) if tree is not None else ():
        if isinstance(item, ast.Import):
            for alias in item.names:
                head = alias.name.partition(".")[0]
                found[alias.asname or head] = alias.name if alias.asname else head
        elif isinstance(item, ast.ImportFrom):
            origin = _origin(item, module)
            for alias in item.names:
                found[alias.asname or alias.name] = f"{origin}.{alias.name}"
                found.setdefault(alias.name, f"{origin}.{alias.name}")
    return found
