"""Configuration: `[tool.daemon-lint]` in pyproject.toml, or daemon-lint.toml."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from daemon_lint.contracts import (
    ConfigError,
    Profile,
    check_table,
    nearest,
    profile_from_table,
)

FILE = "daemon-lint.toml"
_OWN = ("bases", "acquires", "registers", "releases")
_KEYS: Mapping[str, Any] = {
    "profiles": list,
    "select": list,
    "extend-select": list,
    "ignore": list,
    "exclude": list,
    "project-roots": list,
    "per-file-ignores": dict,
    **{key: [dict] for key in _OWN},
}


@dataclass(frozen=True)
class Config:
    """What the user configured; `root` is the folder that relative paths and globs start from."""

    root: Path
    profiles: tuple[str, ...] = ("auto",)
    select: tuple[str, ...] = ()
    extend_select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    per_file_ignores: tuple[tuple[str, tuple[str, ...]], ...] = ()
    exclude: tuple[str, ...] = ()
    project_roots: tuple[Path, ...] = ()
    own: Profile | None = None

    def is_on(self, code: str, symbol: str = "") -> bool:
        """Whether a rule that is off by default was asked for, by its whole code or its symbol."""
        return not {code, symbol}.isdisjoint((*self.select, *self.extend_select))


def load_config(start: Path) -> Config:
    """The nearest configuration from `start` (a file or folder) upwards, or the defaults.

    Raises ConfigError for a file that cannot be read or is not valid.
    """
    start = Path(start).absolute()
    folder = start if start.is_dir() else start.parent
    for candidate in (folder, *folder.parents):
        if (candidate / FILE).is_file():
            return read_config(candidate / FILE)
        project = candidate / "pyproject.toml"
        if project.is_file():
            table = _parse(project).get("tool", {})
            if isinstance(table, dict) and "daemon-lint" in table:
                return _config(table["daemon-lint"], project, f"{project}, [tool.daemon-lint]")
    return Config(root=folder)


def read_config(path: Path) -> Config:
    """The configuration in one file. Raises ConfigError."""
    table = _parse(path)
    where = str(path)
    if path.name == "pyproject.toml":
        table = table.get("tool", {}).get("daemon-lint", {})
        where = f"{path}, [tool.daemon-lint]"
    return _config(table, path, where)


def _parse(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read ({error.strerror}).") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path}: not valid TOML ({error}).") from None


def _config(table: Any, path: Path, where: str) -> Config:
    check_table(table, _KEYS, where)
    root = path.parent.absolute()
    ignores: dict[str, Any] = table.get("per-file-ignores", {})
    check_table(ignores, dict.fromkeys(ignores, list), f"{where}, per-file-ignores")
    roots = tuple(root / folder for folder in table.get("project-roots", ()))
    for folder in roots:
        if not folder.is_dir():
            raise ConfigError(f"{where}: project root '{folder}' is not a folder; mend the path.")
    check_codes(tuple(table.get("select", ())), f"{where}, select")
    check_codes(tuple(table.get("ignore", ())), f"{where}, ignore")
    check_codes(tuple(table.get("extend-select", ())), f"{where}, extend-select")
    for glob, codes in ignores.items():
        check_codes(tuple(codes), f"{where}, per-file-ignores '{glob}'")
    own = {key: table[key] for key in _OWN if key in table}
    return Config(
        root=root,
        profiles=tuple(table.get("profiles", ("auto",))),
        select=tuple(table.get("select", ())),
        extend_select=tuple(table.get("extend-select", ())),
        ignore=tuple(table.get("ignore", ())),
        per_file_ignores=tuple((glob, tuple(codes)) for glob, codes in ignores.items()),
        exclude=tuple(table.get("exclude", ())),
        project_roots=roots,
        own=profile_from_table(own, where) if own else None,
    )


def check_codes(codes: tuple[str, ...], where: str) -> None:
    """Check that each code is a rule's code, a prefix of some, or a symbol.

    Raises ConfigError naming the nearest right one.
    """
    from daemon_lint.rules import all_rules

    rules = all_rules()
    known = [rule.code for rule in rules] + [rule.symbol for rule in rules]
    for code in codes:
        if code in known or (code[:3] == "DMN" and any(name.startswith(code) for name in known)):
            continue
        raise ConfigError(f"{where}: there is no rule '{code}'{nearest(code, known)}.")
