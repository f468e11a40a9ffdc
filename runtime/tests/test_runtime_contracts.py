"""The linter's profile for this package says what the markers in its source say, and no more."""

from __future__ import annotations

import ast
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

import daemonbase

contracts = pytest.importorskip("daemon_lint.contracts", reason="the linter is not installed")
SOURCE = Path(daemonbase.__file__).parent
PUBLIC = ("DaemonBase", "EventBus")


def marked() -> dict[str, dict[str, ast.Call | None]]:
    """Marker -> full name of each method that bears it -> the marker's call, if it is one."""
    found: dict[str, dict[str, ast.Call | None]] = {}
    for path in SOURCE.glob("*.py"):
        for cls in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(cls, ast.ClassDef) or cls.name not in PUBLIC:
                continue
            for method in cls.body:
                if not isinstance(method, (ast.FunctionDef, ast.AsyncFunctionDef)):
                    continue
                for item in method.decorator_list:
                    call = item if isinstance(item, ast.Call) else None
                    name = call.func if call is not None else item
                    if isinstance(name, ast.Name):
                        full = f"daemonbase.{cls.name}.{method.name}"
                        found.setdefault(name.id, {})[full] = call
    return found


@pytest.fixture(scope="module")
def profile() -> Any:
    return contracts.load_profile("daemonbase", Path())


def full_names(names: Iterable[str]) -> set[str]:
    return {name for name in names if name.startswith("daemonbase.")}


@pytest.mark.parametrize("word", ["registers", "releases", "cooperative", "final"])
def test_markers_and_profile_agree(word: str, profile: Any) -> None:
    assert set(marked()[word]) == full_names(getattr(profile, word))


def test_acquires_and_profile_agree(profile: Any) -> None:
    in_source = {}
    for name, call in marked()["acquires"].items():
        assert call is not None and isinstance(call.args[0], ast.Constant)
        owned = any(key.arg == "owned" for key in call.keywords)
        in_source[name] = (call.args[0].value, owned)
    acquires = profile.acquires
    in_profile = {
        name: (item.kind, item.owned) for name, item in acquires.items() if "daemonbase." in name
    }
    assert in_source == in_profile


def test_every_public_method_that_takes_or_gives_handles_is_marked() -> None:
    markers = marked()
    names = {name.rpartition(".")[2] for word in markers.values() for name in word}
    acting = {
        name
        for name in dir(daemonbase.DaemonBase)
        if name.startswith(("register_", "unregister_", "subscribe", "on_", "defer_", "clear"))
    }
    assert acting <= names


def test_the_linter_reads_owned_from_the_source() -> None:
    """A base of one's own, marked as this package's is, needs no profile."""
    check_source = pytest.importorskip(
        "daemon_lint", reason="the linter is not installed"
    ).check_source
    source = """
from daemonbase import acquires


class Base:
    @acquires("task", owned={owned})
    def spawn(self): ...

    def close(self): ...


class Sub(Base):
    def begin(self):
        self.spawn()
"""
    owned = check_source(source.format(owned=True), "owned.py")
    free = check_source(source.format(owned=False), "free.py")
    assert [finding.code for finding in owned] == []
    assert [finding.code for finding in free] == ["DMN103"]
