"""flake8: the option, the configuration, standard input, and defects that must not end the run."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("flake8", reason="flake8 is not installed")

from daemon_lint.flake8 import Plugin

LEAKY = """from daemonbase import DaemonBase


class Leaky(DaemonBase):
    async def initialize(self) -> None:
        self.bus.subscribe("tick", print)
"""
CHILD = """from base import Base


class Child(Base):
    def close(self):
        print("child")
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "leaky.py").write_text(LEAKY)
    (tmp_path / "daemon-lint.toml").write_text("")
    return tmp_path


def flake8(
    folder: Path, *arguments: str, isolated: bool = True, text: str | None = None
) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": ""}
    first = ["--isolated"] if isolated else []
    return subprocess.run(
        [sys.executable, "-m", "flake8", *first, "--select", "DMN", *arguments],
        cwd=folder,
        env=environment,
        input=text,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def places(done: subprocess.CompletedProcess[str]) -> list[tuple[str, int, int, str]]:
    assert "Traceback" not in done.stderr + done.stdout
    found = re.findall(r"^(?:\./)?(.+?):(\d+):(\d+): (DMN\d+) ", done.stdout, re.M)
    return sorted((path, int(line), int(column), code) for path, line, column, code in found)


FOUND = [("leaky.py", 6, 9, "DMN101")]


def test_it_is_found_by_its_entry_point(folder: Path) -> None:
    assert "daemon-lint" in flake8(folder, "--version").stdout
    assert places(flake8(folder, "leaky.py")) == FOUND


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_workers_share_the_index(folder: Path, jobs: str) -> None:
    (folder / "base.py").write_text("class Base:\n    def close(self):\n        print(1)\n")
    for number in range(6):
        (folder / f"child{number}.py").write_text(CHILD)
    expected = [(f"child{number}.py", 5, 5, "DMN201") for number in range(6)]
    assert places(flake8(folder, "-j", jobs, ".")) == sorted([*expected, *FOUND])


@pytest.mark.parametrize(("profile", "expected"), [("asyncio", []), ("asyncio,daemonbase", FOUND)])
def test_the_profile_option(
    folder: Path, profile: str, expected: list[tuple[str, int, int, str]]
) -> None:
    assert places(flake8(folder, "--daemon-lint-profile", profile, "leaky.py")) == expected
    (folder / "setup.cfg").write_text(f"[flake8]\ndaemon-lint-profile = {profile}\n")
    assert places(flake8(folder, "leaky.py", isolated=False)) == expected


def test_the_configuration_is_found_as_the_cli_finds_it(folder: Path) -> None:
    (folder / "daemon-lint.toml").unlink()
    (folder / "pyproject.toml").write_text('[tool.daemon-lint]\nignore = ["DMN101"]\n')
    assert places(flake8(folder, "leaky.py")) == []
    assert places(flake8(folder.parent, f"{folder.name}/leaky.py")) == []


def test_a_wrong_profile_is_one_clear_sentence(folder: Path) -> None:
    done = flake8(folder, "--daemon-lint-profile", "asincio", "leaky.py")
    assert done.returncode != 0
    assert "unknown profile 'asincio' (did you mean 'asyncio'?)" in done.stderr + done.stdout
    assert "Traceback" not in done.stderr


def test_a_broken_configuration_is_one_clear_sentence(folder: Path) -> None:
    (folder / "daemon-lint.toml").write_text("selct = []\n")
    done = flake8(folder, "leaky.py")
    assert done.returncode != 0
    assert "unknown key 'selct' (did you mean 'select'?)" in done.stderr + done.stdout
    assert "Traceback" not in done.stderr


def test_standard_input(folder: Path) -> None:
    done = flake8(folder, "--stdin-display-name", "clean.py", "-", text=LEAKY)
    assert places(done) == [("clean.py", 6, 9, "DMN101")]
    assert places(flake8(folder, "-", text=LEAKY)) == [("stdin", 6, 9, "DMN101")]


def test_columns_count_characters(folder: Path) -> None:
    (folder / "leaky.py").write_text(LEAKY.replace("self.bus", '"é😀"; self.bus'))
    assert places(flake8(folder, "leaky.py")) == [("leaky.py", 6, 15, "DMN101")]


def test_a_defect_is_a_finding(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("a defect")

    monkeypatch.setattr("daemon_lint.flake8.check_source", fail)
    plugin = Plugin(ast.parse(""), str(folder / "leaky.py"), LEAKY.splitlines(keepends=True))
    ((line, column, text, kind),) = plugin.run()
    assert (line, column, kind) == (1, 0, Plugin)
    assert text.startswith("DMN001 daemon-lint failed on this file (RuntimeError: a defect)")
