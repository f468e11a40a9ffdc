"""Contracts that decorators state: `@acquires`, `@registers`, `@releases`, `@cooperative`."""

from __future__ import annotations

import ast

from daemon_lint.refs import FunctionNode, ref

_CONTRACTS = ("acquires", "registers", "releases", "cooperative")


def contract(node: FunctionNode) -> tuple[str, ...]:
    """The contract that a decorator states: its word, and for `acquires` the kind and undoing."""
    for item in node.decorator_list:
        call = item if isinstance(item, ast.Call) else None
        word = ref(call.func if call else item).rpartition(".")[2]
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
