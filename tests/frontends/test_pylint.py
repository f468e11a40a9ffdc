"""pylint: ids and symbols, options, workers, and defects that must not end the run."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("pylint", reason="pylint is not installed")

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
ONLY = ("--disable=all", "--enable=unregistered-subscription,override-skips-super,internal-error")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "leaky.py").write_text(LEAKY)
    (tmp_path / "daemon-lint.toml").write_text("")
    return tmp_path


def pylint(
    folder: Path, *arguments: str, text: str | None = None, rcfile: str = os.devnull
) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(folder), "PYLINTHOME": str(folder / ".home")}
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "pylint",
            f"--rcfile={rcfile}",
            "--load-plugins=daemon_lint.pylint",
            *arguments,
        ],
        cwd=folder,
        env=environment,
        input=text,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert "Traceback" not in done.stderr, done.stderr
    return done


def messages(done: subprocess.CompletedProcess[str]) -> list[dict[str, Any]]:
    return sorted(json.loads(done.stdout)["messages"], key=lambda row: row["path"])


def lint(folder: Path, *arguments: str, **options: Any) -> list[dict[str, Any]]:
    return messages(pylint(folder, "--output-format=json2", *ONLY, *arguments, **options))


def test_ids_symbols_and_columns(folder: Path) -> None:
    (folder / "leaky.py").write_text(LEAKY.replace("self.bus", '"é😀"; self.bus'))
    (row,) = lint(folder, "leaky.py")
    assert (row["messageId"], row["symbol"]) == ("W7101", "unregistered-subscription")
    assert (row["line"], row["column"]) == (6, 14)
    assert (row["endLine"], row["endColumn"]) == (6, 14 + 33)
    assert row["confidence"] == "HIGH"
    assert row["message"].startswith("Leaky drops the handle of self.bus.subscribe()")


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_workers_agree(folder: Path, jobs: str) -> None:
    (folder / "base.py").write_text("class Base:\n    def close(self):\n        print(1)\n")
    for number in range(4):
        (folder / f"child{number}.py").write_text(CHILD)
    rows = lint(folder, "-j", jobs, "--recursive=y", ".")
    assert [(row["path"], row["line"], row["messageId"]) for row in rows] == [
        *((f"child{number}.py", 5, "W7201") for number in range(4)),
        ("leaky.py", 6, "W7101"),
    ]


@pytest.mark.parametrize("name", ["W7101", "unregistered-subscription", "daemon-lint-100"])
def test_disable(folder: Path, name: str) -> None:
    assert lint(folder, f"--disable={name}", "leaky.py") == []


@pytest.mark.parametrize(("profile", "count"), [("asyncio", 0), ("asyncio,daemonbase", 1)])
def test_the_profile_option(folder: Path, profile: str, count: int) -> None:
    assert len(lint(folder, f"--daemon-lint-profile={profile}", "leaky.py")) == count
    (folder / "rc").write_text(f"[MAIN]\ndaemon-lint-profile={profile}\n")
    assert len(lint(folder, "leaky.py", rcfile="rc")) == count


def test_the_configuration_is_found_as_the_cli_finds_it(folder: Path) -> None:
    (folder / "daemon-lint.toml").write_text('ignore = ["DMN101"]\n')
    assert lint(folder, "leaky.py") == []


def test_standard_input(folder: Path) -> None:
    (row,) = lint(folder, "--from-stdin", "clean.py", text=LEAKY)
    assert (row["path"], row["line"]) == ("clean.py", 6)


@pytest.mark.parametrize(
    ("option", "configuration", "words"),
    [
        (
            "--daemon-lint-profile=asincio",
            "",
            "unknown profile 'asincio' (did you mean 'asyncio'?)",
        ),
        ("--score=n", "selct = []", "unknown key 'selct' (did you mean 'select'?)"),
    ],
)
def test_a_mistake_is_one_clear_sentence(
    folder: Path, option: str, configuration: str, words: str
) -> None:
    (folder / "daemon-lint.toml").write_text(configuration)
    done = pylint(folder, *ONLY, option, "leaky.py")
    assert done.returncode != 0
    assert words in done.stdout + done.stderr


def test_a_defect_is_a_finding(folder: Path) -> None:
    (folder / "breaking.py").write_text(
        "import daemon_lint.pylint\n\n\ndef fail(*_):\n    raise RuntimeError('a defect')\n\n\n"
        "def register(linter):\n    daemon_lint.pylint.check_source = fail\n"
    )
    (row,) = lint(folder, "--load-plugins=breaking", "leaky.py")
    assert row["symbol"] == "internal-error"
    assert "daemon-lint failed on this file (RuntimeError: a defect)" in row["message"]


def test_the_messages_explain_themselves(folder: Path) -> None:
    done = pylint(folder, "--help-msg=W7101")
    assert ":unregistered-subscription (W7101)" in done.stdout
    assert "DMN101" in done.stdout


INFERRED = """import asyncio


class Bus:
    def tap(self, ear):
        return asyncio.get_running_loop().call_later(1, ear)


class Holder:
    bus = [Bus()][0]


class Owner:
    def start(self):
        Holder.bus.tap(print)

    def stop(self):
        print("stop")
"""


def test_inference_is_asked_only_on_demand(folder: Path) -> None:
    (folder / "inferred.py").write_text(INFERRED)
    only = ("--disable=all", "--enable=unregistered-interval", "--output-format=json2")
    assert "unregistered-interval" not in pylint(folder, *only, "inferred.py").stdout
    done = pylint(folder, *only, "--daemon-lint-inference=y", "inferred.py")
    (message,) = json.loads(done.stdout)["messages"]
    assert (message["line"], message["confidence"]) == (15, "INFERENCE")
