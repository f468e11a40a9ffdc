"""Summaries as bytes, for the cache and for other processes.

What names mean is decoded at once; what functions do only when somebody asks: most of the
functions of a project nobody asks about, and decoded they would take ten times the room.
"""

from __future__ import annotations

import marshal
from collections.abc import Iterator
from typing import Any

from daemon_lint.pairs import Undo
from daemon_lint.summary import (
    Callback,
    ClassSummary,
    Final,
    FunctionSummary,
    ModuleSummary,
    Returned,
    SelfCall,
    Super,
    Use,
)

_ROWS: dict[str, Any] = {
    "uses": Use,
    "supers": Super,
    "self_calls": SelfCall,
    "callbacks": Callback,
    "finals": Final,
    "undos": Undo,
    "returned": Returned,
}


class Functions(dict[str, FunctionSummary]):
    """Functions by name, decoded together when the first is asked for."""

    __slots__ = ("_data", "_names")

    def __init__(self, names: tuple[str, ...], data: bytes) -> None:
        super().__init__()
        self._names = names
        self._data: bytes | None = data

    def _decode(self) -> None:
        if self._data is not None:
            rows, self._data = marshal.loads(self._data), None
            for name, row in zip(self._names, rows, strict=True):
                function = _unpack_function(row)
                known: FunctionSummary | None = super().get(
                    function.name
                )  # `stop = close` is one function
                if known is not None and known.line == function.line:
                    function = known
                super().__setitem__(name, function)

    def __contains__(self, name: object) -> bool:
        return super().__contains__(name) if self._data is None else name in self._names

    def __iter__(self) -> Iterator[str]:
        return super().__iter__() if self._data is None else iter(self._names)

    def __len__(self) -> int:
        return super().__len__() if self._data is None else len(self._names)

    def __getitem__(self, name: str) -> FunctionSummary:
        self._decode()
        return super().__getitem__(name)

    def __setitem__(self, name: str, function: FunctionSummary) -> None:
        self._decode()
        super().__setitem__(name, function)

    def get(self, name: str, default: Any = None) -> Any:
        """As of any dict."""
        self._decode()
        return super().get(name, default)

    def keys(self) -> Any:
        """As of any dict."""
        self._decode()
        return super().keys()

    def values(self) -> Any:
        """As of any dict."""
        self._decode()
        return super().values()

    def items(self) -> Any:
        """As of any dict."""
        self._decode()
        return super().items()


def pack(summary: ModuleSummary) -> bytes:
    """A summary as bytes."""
    values = []
    for name in ModuleSummary.__slots__:
        value = getattr(summary, name)
        if name == "functions":
            value = _pack_functions(value)
        elif name == "classes":
            value = {key: _pack_class(item) for key, item in value.items()}
        values.append(value)
    return marshal.dumps(tuple(values))


def unpack(data: bytes) -> ModuleSummary:
    """The inverse of `pack`. Raises TypeError or ValueError on data of another shape."""
    out = ModuleSummary(*marshal.loads(data))
    functions: Any = out.functions
    out.functions = Functions(*functions)
    out.classes = {key: _unpack_class(row) for key, row in out.classes.items()}
    return out


def _pack_functions(functions: dict[str, FunctionSummary]) -> tuple[tuple[str, ...], bytes]:
    rows = [_pack_function(item) for item in functions.values()]
    return tuple(functions), marshal.dumps(rows)


def _pack_class(item: ClassSummary) -> tuple[Any, ...]:
    return tuple(
        _pack_functions(item.methods) if name == "methods" else getattr(item, name)
        for name in ClassSummary.__slots__
    )


def _unpack_class(row: Any) -> ClassSummary:
    out = ClassSummary(*row)
    methods: Any = out.methods
    out.methods = Functions(*methods)
    return out


def _pack_function(item: FunctionSummary) -> tuple[Any, ...]:
    values = [getattr(item, name) for name in FunctionSummary.__slots__]
    for index, name in enumerate(FunctionSummary.__slots__):
        if name in _ROWS:
            values[index] = tuple(tuple(row) for row in values[index])
        elif name == "nested":
            values[index] = {key: _pack_function(inner) for key, inner in values[index].items()}
    return tuple(values)


def _unpack_function(row: Any) -> FunctionSummary:
    out = FunctionSummary(*row)
    for name, kind in _ROWS.items():
        rows = getattr(out, name)
        if rows:
            setattr(out, name, tuple(kind(*item) for item in rows))
    if out.nested:
        out.nested = {key: _unpack_function(item) for key, item in out.nested.items()}
    return out
