"""Which calls a function takes: its parameters as text, and whether a call fits them."""

from __future__ import annotations

import ast
from collections.abc import Collection
from dataclasses import dataclass

from daemon_lint.summary import FunctionSummary


def signature(arguments: ast.arguments) -> str:
    """The parameters behind the first, or '' when all are positional and must be given."""
    named = [*arguments.posonlyargs, *arguments.args][1:]
    count = len(arguments.defaults)
    if not (
        count
        or arguments.kwonlyargs
        or arguments.vararg
        or arguments.kwarg
        or len(arguments.posonlyargs) > 1
    ):
        return ""
    first_default = len(named) - count
    parts = [item.arg + ("=" if index >= first_default else "") for index, item in enumerate(named)]
    if len(arguments.posonlyargs) > 1:
        parts.insert(len(arguments.posonlyargs) - 1, "/")
    if arguments.vararg is not None:
        parts.append("*" + arguments.vararg.arg)
    elif arguments.kwonlyargs:
        parts.append("*")
    for item, default in zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True):
        parts.append(item.arg + ("=" if default is not None else ""))
    if arguments.kwarg is not None:
        parts.append("**" + arguments.kwarg.arg)
    return ",".join(parts)


@dataclass(frozen=True, slots=True)
class Signature:
    """The parameters behind the instance's own."""

    positional: tuple[str, ...]
    only_positional: int
    optional: frozenset[str]
    keywords: frozenset[str]
    """Those that may only be given by name."""
    star: bool
    double_star: bool

    @classmethod
    def of(cls, summary: FunctionSummary) -> Signature:
        """What a method takes besides its instance."""
        text, params = summary.signature, summary.params
        if not text:
            return cls(params[1:], 0, frozenset(), frozenset(), False, False)
        positional: list[str] = []
        keywords: list[str] = []
        optional: set[str] = set()
        only_positional, star, double_star, behind = 0, False, False, False
        for part in text.split(","):
            name = part.rstrip("=").lstrip("*")
            if part == "/":
                only_positional = len(positional)
            elif part[:2] == "**":
                double_star = True
            elif part[:1] == "*":
                star, behind = bool(name), True
            else:
                (keywords if behind else positional).append(name)
                if part[-1:] == "=":
                    optional.add(name)
        return cls(
            tuple(positional),
            only_positional,
            frozenset(optional),
            frozenset(keywords),
            star,
            double_star,
        )

    def needed(self) -> tuple[int, tuple[str, ...]]:
        """The least that a caller gives: how many by position, which by name."""
        count = sum(name not in self.optional for name in self.positional)
        return count, tuple(sorted(self.keywords - self.optional))

    def refuses(self, positional: int, keywords: Collection[str]) -> str:
        """Why a call fails, in words; an empty string where it fits or nothing can be said.

        `positional` is -1 where a starred argument hides the number, and `keywords` holds `**`
        where more may come.
        """
        unknown = positional < 0 or "**" in keywords
        if positional > len(self.positional) and not self.star:
            most = len(self.positional)
            return f"takes {most or 'no'} positional argument{'' if most == 1 else 's'}"
        given = set(self.positional[: max(positional, 0)])
        by_name = set(self.positional[self.only_positional :]) | self.keywords
        for name in keywords:
            if name in given:
                return f"is given '{name}' twice"
            if name not in by_name and name != "**" and not self.double_star:
                return f"takes no '{name}'"
        if unknown:
            return ""
        missing = [
            name
            for name in (*self.positional, *sorted(self.keywords))
            if name not in self.optional and name not in given and name not in keywords
        ]
        return f"needs '{missing[0]}'" if missing else ""
