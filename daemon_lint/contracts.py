"""The vocabulary of contracts, and the profiles (TOML) that carry them.

A contract is one fact about a function, method or class: it acquires, registers or releases a
handle, it is cooperative, it ends its owner's life. A profile collects the contracts of one
framework. Names are fully qualified (`asyncio.create_task`,
`homeassistant.core.EventBus.async_listen`).
"""

from __future__ import annotations

import difflib
import functools
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fnmatch import translate
from pathlib import Path
from typing import Any, Literal

Kind = Literal["subscription", "interval", "task"]
KINDS: tuple[Kind, ...] = ("subscription", "interval", "task")

PROFILE_FOLDER = Path(__file__).with_name("profiles")


class ConfigError(Exception):
    """A configuration or profile is wrong; the message says what, where and what to do."""


@dataclass(frozen=True, slots=True)
class Acquire:
    """A call that makes a live handle of `kind`.

    `owned` marks calls whose handle the framework already owns: nothing to do for the caller.
    `once` marks one-shot subscriptions that remove themselves after firing, `one_shot` timers that
    fire once. `undone_by` names the method that undoes a paired acquire, which gives no handle.
    """

    name: str
    kind: Kind
    owned: bool = False
    once: bool = False
    one_shot: bool = False
    undone_by: str = ""
    from_elsewhere: bool = False
    """A method that hands out what another object gave it: not the method's own object's."""


@dataclass(frozen=True, slots=True)
class Owner:
    """Something that acquires and ends: a class, or what a set-up function sets up.

    A class (full name) ends with its method `ends_with`. A function (bare name, at module level)
    acquires for something that ends if `ends_with` is defined in the function's module or in the
    package the module lies in, as a config entry does. `remedy` says where its handles go.
    """

    name: str
    ends_with: str
    remedy: str = ""
    repeated: tuple[str, ...] = ()
    """Patterns of the methods that anybody may call, any number of times."""

    def may_repeat(self, method: str) -> bool:
        """Whether a method is one that anybody may call, any number of times."""
        return _matches(self.repeated, method)


@dataclass(frozen=True, slots=True)
class Base:
    """A class that is strict: `daemonbase.DaemonBase`, or one equal to it by its own names."""

    name: str
    methods: Mapping[str, str]
    registry: tuple[str, ...] = ()
    """Patterns of the attributes in which it keeps what is registered."""


@dataclass(frozen=True, slots=True)
class Profile:
    """The contracts of one framework, or several profiles merged."""

    name: str
    packages: tuple[str, ...] = ()
    always: bool = False
    acquires: Mapping[str, Acquire] = field(default_factory=dict)
    registers: frozenset[str] = frozenset()
    releases: frozenset[str] = frozenset()
    cooperative: frozenset[str] = frozenset()
    not_cooperative: frozenset[str] = frozenset()
    final: frozenset[str] = frozenset()
    end_of_life: tuple[str, ...] = ()
    process_lived: tuple[str, ...] = ()
    function_owners: Mapping[str, Owner] = field(default_factory=dict)
    class_owners: Mapping[str, Owner] = field(default_factory=dict)
    handle_types: frozenset[str] = frozenset()
    types: Mapping[str, str] = field(default_factory=dict)
    """What an attribute, a call (`f()`) or a method under a decorator (`@f`) is an instance of."""
    class_bases: Mapping[str, str] = field(default_factory=dict)
    bases: Mapping[str, Base] = field(default_factory=dict)
    tasks_go_to: Mapping[str, str] = field(default_factory=dict)
    """Package -> what owns tasks there; in any function that uses the package, a raw task that is
    dropped is a leak, since the event loop itself holds tasks by weak references only."""

    def ends_life(self, method: str) -> bool:
        """Whether a method of this name is an end-of-life method."""
        return _matches(self.end_of_life, method)

    def is_process_lived(self, function: str) -> bool:
        """Whether what a function of this name acquires lives as long as the process."""
        return _matches(self.process_lived, function)

    def registrars(self, base: Base) -> frozenset[str]:
        """The methods of a strict base that register something with it."""
        others = (name.rpartition(".") for name in self.registers)
        return frozenset(base.methods[role] for role in REGISTRARS) | {
            last for owner, _, last in others if owner == base.name
        }

    def base_of(self, cls: str) -> str:
        """The base of a class outside the project, by the profile's patterns; or ''."""
        for pattern, base in self.class_bases.items():
            if base != cls and _matches((pattern,), cls):
                return base
        return ""


@functools.cache
def _pattern(globs: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(translate(glob) for glob in globs) or r"(?!)")


@functools.lru_cache(maxsize=65536)
def _matches(globs: tuple[str, ...], name: str) -> bool:
    return _pattern(globs).match(name) is not None


def merge(profiles: Iterable[Profile]) -> Profile:
    """Combine profiles into one; later acquires of the same name win."""
    parts = list(profiles)

    def union(attribute: str) -> frozenset[str]:
        return frozenset().union(*(getattr(part, attribute) for part in parts))

    def chain(attribute: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys(item for part in parts for item in getattr(part, attribute)))

    def table(attribute: str) -> dict[str, Any]:
        return {key: value for part in parts for key, value in getattr(part, attribute).items()}

    return Profile(
        name="+".join(part.name for part in parts),
        acquires=table("acquires"),
        registers=union("registers"),
        releases=union("releases"),
        cooperative=union("cooperative"),
        not_cooperative=union("not_cooperative"),
        final=union("final"),
        end_of_life=chain("end_of_life"),
        process_lived=chain("process_lived"),
        function_owners=table("function_owners"),
        class_owners=table("class_owners"),
        handle_types=union("handle_types"),
        types=table("types"),
        class_bases=table("class_bases"),
        bases=table("bases"),
        tasks_go_to=table("tasks_go_to"),
    )


# --- reading and validating ---------------------------------------------------------------


def nearest(word: str, words: Iterable[str]) -> str:
    """A ` (did you mean …?)` suffix for a wrong word, or an empty string."""
    close = difflib.get_close_matches(word, list(words), n=1, cutoff=0.5)
    return f" (did you mean '{close[0]}'?)" if close else ""


_TYPE_WORDS = {str: "a string", bool: "true or false", int: "a whole number", list: "a list"}


def check_table(table: Any, allowed: Mapping[str, Any], where: str) -> None:
    """Check the keys and value types of a TOML table.

    `allowed` maps each key to `str`, `bool`, `int`, `list` (of strings), `[dict]` (a list of
    tables) or `dict`. Raises ConfigError naming the key, the place and the nearest right key.
    """
    if not isinstance(table, dict):
        raise ConfigError(f"{where}: expected a table, got {_shown(table)}.")
    for key, value in table.items():
        if key not in allowed:
            raise ConfigError(
                f"{where}: unknown key '{key}'{nearest(key, allowed)}; "
                f"known keys: {', '.join(sorted(allowed))}."
            )
        wanted = allowed[key]
        if wanted is list:
            good = isinstance(value, list) and all(isinstance(item, str) for item in value)
            words = "a list of strings"
        elif isinstance(wanted, list):
            good = isinstance(value, list) and all(isinstance(item, dict) for item in value)
            words = f"a list of tables ([[{key}]])"
        elif wanted is dict:
            good, words = isinstance(value, dict), "a table"
        else:
            good = isinstance(value, wanted) and (wanted is not int or value is not True)
            words = _TYPE_WORDS.get(wanted, wanted.__name__)
        if not good:
            raise ConfigError(f"{where}: '{key}' must be {words}, got {_shown(value)}.")


def _shown(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 60 else text[:57] + "..."


_NAME: Mapping[str, Any] = {"name": str}
_PROFILE_KEYS: Mapping[str, Any] = {
    "name": str,
    "packages": list,
    "always": bool,
    "acquires": [dict],
    "registers": [dict],
    "releases": [dict],
    "cooperative": [dict],
    "final": [dict],
    "owners": [dict],
    "bases": [dict],
    "end-of-life": list,
    "process-lived": list,
    "handle-types": list,
    "types": dict,
    "class-bases": dict,
    "tasks-go-to": str,
}
BASE_METHODS: Mapping[str, str] = {
    "subscribe": "subscribe",
    "register-subscription": "register_subscription",
    "register-interval": "register_interval",
    "register-task": "register_task",
    "on-ready": "on_daemon_ready",
    "defer": "defer_initialization",
    "initialize": "initialize",
    "cleanup": "cleanup",
    "start": "start",
    "shutdown": "shutdown",
}
"""The methods of DaemonBase, by the keys under which an equal base gives its own names."""
REGISTRARS = (
    "subscribe", "register-subscription", "register-interval", "register-task", "on-ready", "defer",
)  # fmt: skip
"""Those that need the registry."""


def profile_from_table(table: Any, where: str) -> Profile:
    """Turn a parsed TOML table into a Profile.

    `where` names the file (and section) in error messages. Raises ConfigError.
    """
    check_table(table, _PROFILE_KEYS, where)
    acquires: dict[str, Acquire] = {}
    keys: Mapping[str, Any] = {
        "name": str,
        "kind": str,
        "owned": bool,
        "once": bool,
        "one-shot": bool,
        "undone-by": str,
    }
    for row in _rows(table, "acquires", keys, where):
        kind = row.get("kind", "subscription")
        if kind not in KINDS:
            raise ConfigError(
                f"{where}: acquires '{row['name']}' has the unknown kind '{kind}'"
                f"{nearest(kind, KINDS)}; use one of {', '.join(KINDS)}."
            )
        acquires[row["name"]] = Acquire(
            row["name"],
            kind,
            row.get("owned", False),
            row.get("once", False),
            row.get("one-shot", False),
            row.get("undone-by", ""),
        )
    cooperative = _rows(table, "cooperative", {"name": str, "cooperative": bool}, where)
    bases = {row["class"]: _base(row) for row in _base_rows(table, where)}
    registers = set(_names(table, "registers", where))
    final = set(_names(table, "final", where))
    works = {row["name"] for row in cooperative if row.get("cooperative", True)}
    ends = list(table.get("end-of-life", ()))
    for base in bases.values():
        names = {key: f"{base.name}.{method}" for key, method in base.methods.items()}
        registers.add(names["register-subscription"])
        for key, kind in _OWNED.items():
            acquires[names[key]] = Acquire(names[key], kind, owned=True)
        final.update((names["start"], names["shutdown"]))
        works.update((names["start"], names["shutdown"], f"{base.name}.__init__"))
        ends += [base.methods["cleanup"], base.methods["shutdown"]]
    return Profile(
        name=table.get("name", where),
        packages=tuple(table.get("packages", ())),
        always=table.get("always", False),
        acquires=acquires,
        registers=frozenset(registers),
        releases=_names(table, "releases", where),
        cooperative=frozenset(works),
        not_cooperative=frozenset(r["name"] for r in cooperative if not r.get("cooperative", True)),
        final=frozenset(final),
        end_of_life=tuple(ends),
        process_lived=tuple(table.get("process-lived", ())),
        function_owners=_owners(table, "function", where),
        class_owners=_owners(table, "class", where),
        handle_types=frozenset(table.get("handle-types", ())),
        types=_strings(table, "types", where),
        class_bases=_strings(table, "class-bases", where),
        bases=bases,
        tasks_go_to={
            package: table["tasks-go-to"]
            for package in table.get("packages", ())
            if "tasks-go-to" in table
        },
    )


_OWNED: Mapping[str, Kind] = {
    "subscribe": "subscription",
    "register-interval": "interval",
    "register-task": "task",
    "on-ready": "subscription",
    "defer": "interval",
}


def _owners(table: Any, key: str, where: str) -> dict[str, Owner]:
    keys = {"function": str, "class": str, "ends-with": str, "remedy": str, "repeated": list}
    rows = _rows(table, "owners", keys, where, required=("ends-with",))
    return {
        row[key]: Owner(
            row[key], row["ends-with"], row.get("remedy", ""), tuple(row.get("repeated", ()))
        )
        for row in rows
        if key in row
    }


def _strings(table: Any, section: str, where: str) -> dict[str, str]:
    found: dict[str, str] = table.get(section, {})
    for key, value in found.items():
        if not isinstance(value, str):
            raise ConfigError(f"{where}: {section} '{key}' must be a string, got {_shown(value)}.")
    return found


def _rows(
    table: Any,
    section: str,
    keys: Mapping[str, Any],
    where: str,
    required: tuple[str, ...] = ("name",),
) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = table.get(section, [])
    for row in rows:
        check_table(row, keys, f"{where}, [[{section}]]")
        for key in required:
            if key not in row:
                raise ConfigError(f"{where}: an entry of [[{section}]] has no '{key}'; add it.")
    return rows


def _names(table: Any, section: str, where: str) -> frozenset[str]:
    return frozenset(row["name"] for row in _rows(table, section, _NAME, where))


def _base_rows(table: Any, where: str) -> list[dict[str, Any]]:
    keys = {"class": str, "registry": list, **dict.fromkeys(BASE_METHODS, str)}
    return _rows(table, "bases", keys, where, required=("class",))


def _base(row: Mapping[str, Any]) -> Base:
    methods = {key: row.get(key, name) for key, name in BASE_METHODS.items()}
    return Base(row["class"], methods, tuple(row.get("registry", ())))


def builtin_names() -> list[str]:
    """The names of the profiles that come with the linter."""
    return sorted(path.stem for path in PROFILE_FOLDER.glob("*.toml"))


def load_profile(name: str | Path, base: Path) -> Profile:
    """Load a built-in profile by name, or a profile file (relative to `base`).

    Raises ConfigError when there is no such profile or the file is not valid.
    """
    text = str(name)
    path = PROFILE_FOLDER / f"{text}.toml"
    if not re.fullmatch(r"[a-z0-9_]+", text) or not path.is_file():
        path = base / text
        if not text.endswith(".toml"):
            known = builtin_names()
            raise ConfigError(
                f"unknown profile '{text}'{nearest(text, known)}; use one of "
                f"{', '.join(['auto', *known])}, or the path of a .toml file."
            )
    return _read(path)


@functools.lru_cache(maxsize=64)
def _read(path: Path) -> Profile:
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ConfigError(f"profile {path}: cannot be read ({error.strerror}).") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"profile {path}: not valid TOML ({error}).") from None
    return profile_from_table(table, f"profile {path}")
