"""Comments that silence findings count at every door alike, on any line of the call."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from daemon_lint import Config, check_source
from daemon_lint.project import Project

SILENT = [
    "# noqa",
    "# NOQA",
    "# noqa: DMN101",
    "# noqa:DMN101,E501",
    "# noqa: DMN1",
    "# daemon-lint: ignore",
    "# daemon-lint: ignore[DMN101]",
    "# daemon-lint: ignore[DMN102, DMN101]",
    "# daemon-lint: ignore[unregistered-subscription]",
    "# pylint: disable=unregistered-subscription",
    "# pylint: disable=W7101",
    "# type: ignore  # noqa: DMN101",
]
LOUD = [
    "# noqa: E501",
    "# noqa: DMN102",
    "# daemon-lint: ignore[DMN102]",
    "# pylint: disable=unregistered-interval",
    "# nothing: noqa101",
    "",
]
HEAD = "from daemonbase import DaemonBase\n\n\nclass Leaky(DaemonBase):\n"
NOQA_NEXT = "        # pylint: disable-next=unregistered-subscription\n"


def module() -> tuple[str, set[int]]:
    """One module with every comment on each line of a call, and the lines that stay loud."""
    lines = HEAD.splitlines()
    loud = set()
    for number, comment in enumerate([*SILENT, *LOUD]):
        for place in range(3):
            marks = [comment if index == place else "" for index in range(3)]
            lines.append(f"    def method{number}_{place}(self) -> None:")
            lines.append(f"        self.bus.subscribe(  {marks[0]}".rstrip())
            if comment not in SILENT:
                loud.add(len(lines))
            lines.append(f'            "tick", print,  {marks[1]}'.rstrip())
            lines.append(f"        )  {marks[2]}".rstrip())
    lines.append("    def next_line(self) -> None:")
    lines.append(NOQA_NEXT.rstrip())
    lines.append('        self.bus.subscribe("tick", print)')
    return "\n".join(lines) + "\n", loud


def run(folder: Path, *arguments: str) -> str:
    environment = {**os.environ, "PYTHONPATH": "", "NO_COLOR": "1"}
    return subprocess.run(
        [sys.executable, "-m", *arguments],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    ).stdout


def cli(folder: Path) -> set[int]:
    return {
        row["line"]
        for row in json.loads(run(folder, "daemon_lint", "check", "a.py", "--format", "json"))
    }


def flake8(folder: Path) -> set[int]:
    text = run(folder, "flake8", "--isolated", "--select", "DMN", "a.py")
    return {int(line) for line in re.findall(r"^a\.py:(\d+):\d+: DMN101", text, re.M)}


def pylint(folder: Path) -> set[int]:
    text = run(
        folder,
        "pylint",
        f"--rcfile={os.devnull}",
        "--load-plugins=daemon_lint.pylint",
        "--disable=all",
        "--enable=unregistered-subscription",
        "--output-format=json2",
        "a.py",
    )
    return {row["line"] for row in json.loads(text)["messages"]}


@pytest.mark.parametrize("door", [cli, flake8, pylint])
def test_comments_count_at_every_door(door: Callable[[Path], set[int]], tmp_path: Path) -> None:
    text, loud = module()
    (tmp_path / "a.py").write_text(text)
    (tmp_path / "daemon-lint.toml").write_text("")
    found = door(tmp_path)
    lines = text.splitlines()
    assert {line: lines[line - 1 : line + 2] for line in found ^ loud} == {}


BLOCKS = {
    "above the class, to the end of the module": (
        "# pylint: disable=unregistered-subscription\n" + HEAD,
        False,
    ),
    "in the class": (HEAD + "    # pylint: disable=unregistered-subscription\n", False),
    "for another symbol": (HEAD + "    # pylint: disable=unregistered-task\n", True),
    "the whole file": ("# pylint: skip-file\n" + HEAD, False),
    "the whole file for flake8": ("# flake8: noqa\n" + HEAD, False),
    "the whole file, whatever the code": ("# flake8: noqa: DMN102\n" + HEAD, False),
    "all, which is the whole file": ("# pylint: disable=all\n" + HEAD, False),
    "on the line of the class": (
        HEAD.replace(":\n", ":  # pylint: disable=unregistered-subscription\n"),
        False,
    ),
    "switched on again": (
        "# pylint: disable=unregistered-subscription\n"
        + HEAD
        + "    # pylint: enable=unregistered-subscription\n",
        True,
    ),
    "below another function's last statement, which is outside of it": (
        HEAD + "    def other(self) -> None:\n        pass\n"
        "        # pylint: disable=unregistered-subscription\n\n",
        False,
    ),
    "in another function": (
        HEAD + "    def other(self) -> None:\n"
        "        # pylint: disable=unregistered-subscription\n        pass\n\n",
        True,
    ),
}


@pytest.mark.parametrize("name", BLOCKS)
@pytest.mark.parametrize("door", [cli, flake8, pylint])
def test_comments_for_more_than_a_line(
    name: str, door: Callable[[Path], set[int]], tmp_path: Path
) -> None:
    head, loud = BLOCKS[name]
    text = head + '    def method(self) -> None:\n        self.bus.subscribe("tick", print)\n'
    (tmp_path / "a.py").write_text(text)
    (tmp_path / "daemon-lint.toml").write_text("")
    assert door(tmp_path) == ({text.count("\n")} if loud else set())


def test_a_string_is_no_comment(tmp_path: Path) -> None:
    project = Project.build([tmp_path], Config(root=tmp_path), cache=False)
    text = HEAD + '    def method(self) -> None:\n        self.bus.subscribe("# noqa", print)\n'
    assert [item.line for item in check_source(text, tmp_path / "a.py", project)] == [6]


def test_unfinished_source_is_no_error(tmp_path: Path) -> None:
    project = Project.build([tmp_path], Config(root=tmp_path), cache=False)
    (found,) = check_source("x = (  # noqa: DMN101\n'''", tmp_path / "a.py", project)
    assert found.code == "DMN002"
