"""Contracts that decorators state: `@acquires`, `@registers`, `@releases`, `@cooperative`."""

from __future__ import annotations

import ast
from collections.abc import Mapping

from daemon_lint.refs import FunctionNode, ref

_CONTRACTS = ("acquires", "registers", "releases", "cooperative")
WORDS = frozenset((*_CONTRACTS, "final", "overload", "abstractmethod", "property", "override"))
"""Decorators that mean the same by whatever name they are imported."""


def contract(node: FunctionNode, renamed: Mapping[str, str]) -> tuple[str, ...]:
    """The contract that a decorator states: its word, and for `acquires` the kind and undoing.

    `renamed` tells what imports call by another name.
    """
    for item in node.decorator_list:
        call = item if isinstance(item, ast.Call) else None
        name = ref(call.func if call else item)
        word = renamed.get(name, name).rpartition(".")[2]
        if word not in _CONTRACTS:
            continue
        given = [*call.args[:1], *(key.value for key in call.keywords)] if call else []
        names = ["kind", *(key.arg or "" for key in call.keywords)] if call else []
        if call and not call.args:
            names = names[1:]
        known = {
            name: value.value
            for name, value in zip(names, given, strict=False)
            if isinstance(value, ast.Constant) and isinstance(value.value, str)
        }
        owned = call is not None and any(
            key.arg == "owned" and isinstance(key.value, ast.Constant) and key.value.value is True
            for key in call.keywords
        )
        contract = (word, known.get("kind", "subscription"), known.get("undone_by", ""))
        return (*contract, "owned") if owned else contract
    return ()
