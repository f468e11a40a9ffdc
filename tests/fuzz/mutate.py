"""Seeded mutations of source files: every number gives the same broken file on every run."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence

Mutator = Callable[[random.Random, bytes, Sequence[bytes]], bytes]

TOKEN = re.compile(rb"\w+|\s+|[^\w\s]")
NOISE = (
    b"\x00", b"\xff", b"\xef\xbb\xbf", b"\x0c", b"\r", b"\r\n", b"\n", b"\t", b"\\\n", b"\x1a",
    b"\xed\xa0\x80", b"\xc3\xa9", b"\xf0\x9f\x98\x80", b"\xe2\x80\xa8", b"\xc2\x85", b"'''",
    b"#", b"(", b")", b"[", b"{", b":", b"@", b"*", b"**", b"...", b'"', b" await ", b" yield ",
    b" if x else ", b" := ", b" and ", b" not ", b"_ = ", b"del ", b"return\n", b"lambda: ",
    b"global self\n", b"async ", b"f'{", b"# noqa", b"# noqa: DMN101", b"# daemon-lint: ignore[",
    b"# pylint: disable=",
)  # fmt: skip
COOKIES = (b"latin-1", b"utf-8", b"utf-16", b"ascii", b"cp1252", b"nonsense", b"utf-7", b"rot13")


def _lines(data: bytes) -> list[bytes]:
    return data.splitlines(keepends=True)


def _delete_lines(rng: random.Random, data: bytes, _: Sequence[bytes]) -> bytes:
    lines = _lines(data)
    at = rng.randrange(len(lines) + 1)
    return b"".join(lines[:at] + lines[at + rng.randint(1, 3) :])


def _repeat_lines(rng: random.Random, data: bytes, _: Sequence[bytes]) -> bytes:
    lines = _lines(data)
    at = rng.randrange(len(lines) + 1)
    return b"".join(lines[:at] + lines[at : at + 3] * rng.randint(2, 4) + lines[at + 3 :])


def _swap_lines(rng: random.Random, data: bytes, _: Sequence[bytes]) -> bytes:
    lines = _lines(data)
    if len(lines) > 1:
        one, two = rng.sample(range(len(lines)), 2)
        lines[one], lines[two] = lines[two], lines[one]
    return b"".join(lines)


def _indent(rng: random.Random, data: bytes, _: Sequence[bytes]) -> bytes:
    lines = _lines(data)
    for _unused in range(rng.randint(1, 3)):
        at = rng.randrange(len(lines) + 1)
        lines[at : at + 1] = [b"    " + line for line in lines[at : at + 1]]
    return b"".join(lines)


def _dedent(rng: random.Random, data: bytes, _: Sequence[bytes]) -> bytes:
    lines = _lines(data)
    at = rng.randrange(len(lines) + 1)
    end = at + rng.randint(1, 8)
    lines[at:end] = [line.removeprefix(b"    ") for line in lines[at:end]]
    return b"".join(lines)


def _swap_tokens(rng: random.Random, data: bytes, _: Sequence[bytes]) -> bytes:
    tokens = TOKEN.findall(data)
    if len(tokens) > 1:
        one, two = rng.sample(range(len(tokens)), 2)
        tokens[one], tokens[two] = tokens[two], tokens[one]
    return b"".join(tokens)


def _rename(rng: random.Random, data: bytes, _: Sequence[bytes]) -> bytes:
    """One name becomes another name of the file, everywhere: cyclic bases, shadowed imports."""
    names = sorted(set(re.findall(rb"[A-Za-z_]\w*", data)))
    if len(names) < 2:
        return data
    old, new = rng.sample(names, 2)
    return re.sub(rb"\b" + old + rb"\b", new, data)


def _remove_tokens(rng: random.Random, data: bytes, _: Sequence[bytes]) -> bytes:
    tokens = TOKEN.findall(data)
    at = rng.randrange(len(tokens) + 1)
    return b"".join(tokens[:at] + tokens[at + rng.randint(1, 3) :])


def _insert(rng: random.Random, data: bytes, _: Sequence[bytes]) -> bytes:
    for _unused in range(rng.randint(1, 3)):
        at = rng.randrange(len(data) + 1)
        data = data[:at] + rng.choice(NOISE) + data[at:]
    return data


def _insert_at_token(rng: random.Random, data: bytes, _: Sequence[bytes]) -> bytes:
    tokens = TOKEN.findall(data)
    tokens.insert(rng.randrange(len(tokens) + 1), rng.choice(NOISE))
    return b"".join(tokens)


def _flip(rng: random.Random, data: bytes, _: Sequence[bytes]) -> bytes:
    changed = bytearray(data)
    for _unused in range(rng.randint(1, 4)):
        if changed:
            changed[rng.randrange(len(changed))] = rng.randrange(256)
    return bytes(changed)


def _cut(rng: random.Random, data: bytes, _: Sequence[bytes]) -> bytes:
    return data[: rng.randrange(len(data) + 1)]


def _splice(rng: random.Random, data: bytes, others: Sequence[bytes]) -> bytes:
    """A part of another file in the middle of this one."""
    mine, theirs = _lines(data), _lines(rng.choice(others))
    at, start = rng.randrange(len(mine) + 1), rng.randrange(len(theirs) + 1)
    return b"".join(mine[:at] + theirs[start : start + rng.randint(1, 20)] + mine[at:])


def _line_ends(rng: random.Random, data: bytes, _: Sequence[bytes]) -> bytes:
    return data.replace(b"\n", rng.choice((b"\r\n", b"\r", b"\n\x0c", b"\n\n", b" \\\n")))


def _cookie(rng: random.Random, data: bytes, _: Sequence[bytes]) -> bytes:
    mark = rng.choice((b"", b"", b"\xef\xbb\xbf"))
    return mark + b"# -*- coding: " + rng.choice(COOKIES) + b" -*-\n" + data


def _foreign(rng: random.Random, data: bytes, _: Sequence[bytes]) -> bytes:
    """Wide characters before the code of a line, so that byte and character columns differ."""
    word = rng.choice(("é", "😀", "ß漢", "\u2028"))
    return re.sub(rb"(?m)^( +)(\w)", rb"\1'" + word.encode() + rb"'; \2", data)


MUTATORS: tuple[Mutator, ...] = (
    _delete_lines, _repeat_lines, _swap_lines, _indent, _dedent, _swap_tokens, _rename,
    _remove_tokens, _insert, _insert_at_token, _flip, _cut, _splice, _line_ends, _cookie, _foreign,
)  # fmt: skip


def mutated(number: int, seeds: Sequence[bytes]) -> bytes:
    """The broken file of that number: one of the seeds after one to four mutations."""
    rng = random.Random(number)
    data = rng.choice(seeds)
    for mutate in rng.choices(MUTATORS, k=rng.choice((1, 1, 1, 2, 2, 3, 4))):
        data = mutate(rng, data, seeds)
    return data
