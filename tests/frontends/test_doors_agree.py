"""Every front end reports the same places: each runs once over all case files."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from case_files import CASES, Case, Place, discover
from daemon_lint.rules import all_rules

ALL = discover()
CODES = {rule.symbol: rule.code for rule in all_rules()}


def run(*arguments: str) -> str:
    environment = {**os.environ, "PYTHONPATH": "", "NO_COLOR": "1"}
    done = subprocess.run(
        [sys.executable, "-m", *arguments],
        cwd=CASES,
        env=environment,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode in (0, 1) or "pylint" in arguments[0], done.stderr
    return done.stdout


@cache
def cli() -> frozenset[Place]:
    rows = json.loads(run("daemon_lint", "check", ".", "--format", "json"))
    return frozenset((row["path"], row["line"], row["code"]) for row in rows)


@cache
def flake8() -> frozenset[Place]:
    pytest.importorskip("flake8", reason="flake8 is not installed")
    text = run("flake8", "--isolated", "--select", "DMN", "-j2", ".")
    found = re.findall(r"^\./(.+?):(\d+):\d+: (DMN\d+) ", text, re.M)
    return frozenset((path, int(line), code) for path, line, code in found)


@cache
def pylint() -> frozenset[Place]:
    pytest.importorskip("pylint", reason="pylint is not installed")
    text = run(
        "pylint",
        "--rcfile=" + os.devnull,
        "--load-plugins=daemon_lint.pylint",
        "--disable=all",
        "--enable=" + ",".join(CODES),
        "--output-format=json2",
        "--recursive=y",
        ".",
    )
    rows = json.loads(text)["messages"]
    return frozenset((row["path"], row["line"], CODES[row["symbol"]]) for row in rows)


DOORS: dict[str, Callable[[], frozenset[Place]]] = {
    "cli": cli,
    "flake8": flake8,
    "pylint": pylint,
}


@pytest.mark.xdist_group("doors")
@pytest.mark.parametrize("case", ALL, ids=lambda case: case.id)
@pytest.mark.parametrize("door", DOORS)
def test_doors_agree(door: str, case: Case) -> None:
    folder = case.path.relative_to(CASES).as_posix()
    found = {
        place for place in DOORS[door]() if place[0] == folder or place[0].startswith(f"{folder}/")
    }
    # A rule that is off by default is switched on for all cases, and judged in its own.
    off = {rule.code for rule in all_rules() if not rule.default_on} - case.rules
    assert {place for place in found if place[2] not in off} == case.expected


def test_paths_are_below_the_cases() -> None:
    assert all((CASES / path).is_file() for path, _, _ in cli())
    assert Path(CASES / "daemonbase").is_dir()
