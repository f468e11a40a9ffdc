"""The labelled rows of Home Assistant hold the linter to its promises (slow; needs the corpus).

`make corpus` fetches the packages and prints the whole table.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from corpus import fetch, rows, run

PACKAGES = [p for p in rows.packages_of(rows.load_rows(), rows.load_fixed()) if "home" in p.name]
CACHE = fetch.cache_folder()
HAVE_PYTHON = sys.version_info >= run.NEEDED or run.find_python() is not None

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        not os.environ.get("DAEMON_LINT_CORPUS") and not fetch.is_cached(PACKAGES, CACHE),
        reason="the labelled packages are not in the cache folder: run `make corpus` once",
    ),
    pytest.mark.skipif(not HAVE_PYTHON, reason="no Python 3.13 or newer to parse the packages"),
]


@pytest.fixture(scope="module")
def measured(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """What `run.py --only ha` writes."""
    target = tmp_path_factory.mktemp("corpus") / "result.json"
    command = [sys.executable, str(Path(run.__file__)), "--only", "ha", "--json", str(target)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(target.read_text(encoding="utf-8"))


def test_finds_most_leaks(measured: Any) -> None:
    summary = measured["summary"]["ha"]
    assert summary["leak_rows"] >= 50
    assert summary["recall"] >= 0.70


def test_leaves_clean_code_alone(measured: Any) -> None:
    summary = measured["summary"]["ha"]
    assert summary["clean_rows"] >= 200
    assert summary["clean_flagged"] <= 0.05


def test_whole_tree_without_internal_error(measured: Any) -> None:
    tree = measured["packages"]["homeassistant 2025.12.5"]
    assert tree["files"] > 8000
    assert tree["internal_errors"] == 0
