"""Which files have something to check, told by the words in their bytes.

Most files of a project neither acquire anything nor define an end of life. They explain names to
the others and are not checked themselves.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from daemon_lint.contracts import Profile

_PARTS = (b"subscri", b"listen", b"Unsubscribe", b"CALLBACK_TYPE", b"_track_")
"""What the words that subscribing functions commonly have are made of."""
_ADDERS = re.compile(rb"add_\w*(?:callback|observer|handler)")
_DEFINED = re.compile(rb"def ([\w\x80-\xff]+)")
_IN_WORDS = re.compile(rb"[\w\x80-\xff]")
_SPACES = bytes(byte if _IN_WORDS.match(bytes((byte,))) else 32 for byte in range(256))
"""Translates all that is in no word to spaces, so that `split` gives the words: fast."""


@dataclass(frozen=True)
class Prefilter:
    """The words of profiles: of acquires, and the names of methods that end or cooperate."""

    words: frozenset[bytes]
    defined: frozenset[bytes]

    @classmethod
    def of(cls, profiles: Iterable[Profile]) -> Prefilter:
        """What to look for in a project with these profiles."""
        words: set[str] = set()
        methods: set[str] = set()
        for profile in profiles:
            words.update(name.rpartition(".")[2] for name in profile.bases)
            # What a decorator makes is an owner's to end: the word for that is in the file.
            made = {kind for name, kind in profile.types.items() if name[:1] == "@"}
            words.update(
                name.rpartition(".")[2]
                for name, item in profile.acquires.items()
                if not item.owned and name.rpartition(".")[0] not in made
            )
            methods.update(name.rpartition(".")[2] for name in profile.cooperative)
            methods.update(profile.end_of_life)
            for base in profile.bases.values():
                methods.update(base.methods.values())
        methods.discard("__init__")
        return cls(_encoded(words), _encoded(methods))

    def passes(self, data: bytes) -> bool:
        """Whether the bytes of a file show anything to check. A word in a comment counts too."""
        return (
            any(part in data for part in _PARTS)
            or not self.defined.isdisjoint(_DEFINED.findall(data))
            or _ADDERS.search(data) is not None
            or not self.words.isdisjoint(data.translate(_SPACES).split())
        )

    def key(self) -> str:
        """A text that differs where two prefilters do."""
        return repr((sorted(self.words), sorted(self.defined)))


def _encoded(words: Iterable[str]) -> frozenset[bytes]:
    return frozenset(word.encode() for word in words if "*" not in word)
