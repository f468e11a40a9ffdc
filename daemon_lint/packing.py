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
_LATER = (
    "uses self_refs writes reads emptied loop_tests loop_awaits callbacks finals armed again "
    "receivers"
).split()
"""What is asked of few functions."""
_FIRST = [name for name in FunctionSummary.__slots__ if name not in _LATER]
_NESTED = _FIRST.index("nested")


class Packed(FunctionSummary):
    """A function of which the rest is decoded when somebody first asks for it."""

    __slots__ = ("_rest",)
    _rest: bytes

    def __getattr__(self, name: str) -> Any:
        # A slot that is not filled leads here.
        if name not in _LATER:
            raise AttributeError(name)
        _fill(self, _LATER, marshal.loads(self._rest))
        self._rest = b""
        return getattr(self, name)


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
        """As of any dict; what is not there is known without decoding."""
        if self._data is not None and name not in self._names:
            return default
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


def _pack_function(item: FunctionSummary) -> list[Any]:
    first = _rows(item, _FIRST)
    if item.nested:
        first[_NESTED] = {key: _pack_function(inner) for key, inner in item.nested.items()}
    return [*first, marshal.dumps(_rows(item, _LATER))]


def _rows(item: FunctionSummary, names: list[str]) -> list[Any]:
    values = [getattr(item, name) for name in names]
    for index, name in enumerate(names):
        if name in _ROWS and values[index]:
            values[index] = tuple(map(tuple, values[index]))
    return values


def _unpack_function(row: list[Any]) -> FunctionSummary:
    out = Packed.__new__(Packed)
    out._rest = row.pop()
    _fill(out, _FIRST, row)
    nested: Any = out.nested
    if nested:
        out.nested = {key: _unpack_function(inner) for key, inner in nested.items()}
    return out


def _fill(out: FunctionSummary, names: list[str], values: list[Any]) -> None:
    for name, value in zip(names, values, strict=True):
        kind = _ROWS.get(name) if value else None
        setattr(out, name, value if kind is None else tuple(kind(*item) for item in value))
