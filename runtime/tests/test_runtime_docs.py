"""The code in docs/runtime.md runs; its guarantees have tests of their names."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

REPO = Path(__file__).resolve().parents[2]
PAGE = (REPO / "docs" / "runtime.md").read_text("utf-8")
RECIPES = dict(re.findall(r"```python recipe=(\S+)\n(.*?)```", PAGE, re.DOTALL))
NEEDS = {"opentelemetry": "opentelemetry.sdk", "prometheus": "prometheus_client"}


@pytest.mark.parametrize("name", RECIPES)
@pytest.mark.no_daemon_leaks
@pytest.mark.allow_leaks("subscription")  # a page need not end what its bus takes along
def test_the_recipe_runs(name: str) -> None:
    if name in ("blinker", "pyee", *NEEDS):
        pytest.importorskip(NEEDS.get(name, name), reason=f"{name} is not installed")
    exec(compile(RECIPES[name], f"docs/runtime.md ({name})", "exec"), {"__name__": name})


def test_all_python_of_the_page_is_run() -> None:
    assert len(RECIPES) == len(re.findall(r"```python", PAGE)) == 6


def test_every_guarantee_is_on_the_page_and_has_a_test_of_its_name() -> None:
    listed = re.findall(r"^\| P(\d+) \|", PAGE, re.MULTILINE)
    assert listed == [str(number) for number in range(1, 27)]
    tests = "".join(path.read_text("utf-8") for path in Path(__file__).parent.glob("test_*.py"))
    named = set(re.findall(r"def test_[a-z0-9_]*?p(\d\d)(?=_)", tests))
    assert {f"{number:02}" for number in range(1, 27)} <= named


def test_the_page_names_all_leak_kinds() -> None:
    from daemonbase.leaks import KINDS

    assert f"the kinds are {', '.join(KINDS[:-1])}".replace("\n", " ") in " ".join(PAGE.split())
