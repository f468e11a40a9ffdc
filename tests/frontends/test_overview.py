"""`daemon-lint inventory` and `daemon-lint graph` on the command line."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from daemon_lint.cli import main

DAEMON = """from daemonbase import DaemonBase


class Feed(DaemonBase):
    name = "feed"

    async def initialize(self) -> None:
        self.bus.subscribe("tick", print)
        self.on_daemon_ready("data", print)
"""
COMMANDS = ("inventory", "graph")
FORMATS = [("inventory", name) for name in ("text", "markdown", "json", "csv")]
FORMATS += [("graph", name) for name in ("mermaid", "dot", "html")]


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "daemon-lint.toml").write_text("")
    (tmp_path / "feed.py").write_text(DAEMON)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DAEMON_LINT_CACHE", str(tmp_path / "cache"))
    return tmp_path


@pytest.mark.parametrize(("command", "name"), FORMATS)
def test_formats(
    project: Path, capsys: pytest.CaptureFixture[str], command: str, name: str
) -> None:
    assert main([command, ".", "--format", name]) == 0
    out = capsys.readouterr().out
    assert "Feed" in out and "feed.py" in out
    assert main([command, ".", "--format", name, "--output", "out.txt"]) == 0
    assert capsys.readouterr().out == ""
    assert (project / "out.txt").read_text(encoding="utf-8") == out


def test_the_table(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["inventory", "feed.py"]) == 0
    head, row, _, closing = capsys.readouterr().out.splitlines()
    assert head.split()[:3] == ["daemon", "place", "base"]
    assert row.split() == [
        *("Feed", "feed.py:4", "DaemonBase", "no", "1", "0", "0", "0", "data", "1"),
        *("pattern", "match"),
    ]
    assert closing == (
        "1 daemon in 1 file; 1 (100%) takes something. Left to migrate: 1 pattern match."
    )


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["nowhere"], "nowhere: there is no such file or folder."),
        (["-"], "reads files and folders, not standard input."),
        ([".", "--format", "pdf"], "invalid choice: 'pdf'"),
        ([".", "--output", "no/such/folder"], "no/such/folder: cannot be written"),
        ([".", "--config", "none.toml"], "there is no such file."),
        ([".", "--profile", "nope"], "unknown profile 'nope'"),
        ([], "the following arguments are required: PATH"),
    ],
)
def test_wrong_calls(
    project: Path,
    capsys: pytest.CaptureFixture[str],
    command: str,
    arguments: list[str],
    words: str,
) -> None:
    status: str | int | None
    try:
        status = main([command, *arguments])
    except SystemExit as error:
        status = error.code
    captured = capsys.readouterr()
    assert status == 2
    assert words in captured.err and captured.err.count("\n") == 1
    assert captured.out == ""


@pytest.mark.parametrize("command", COMMANDS)
def test_no_daemons(project: Path, capsys: pytest.CaptureFixture[str], command: str) -> None:
    (project / "feed.py").write_text("x = 1\n")
    assert main([command, "."]) == 0
    captured = capsys.readouterr()
    assert "o daemons in 1 file" in captured.out + captured.err


def test_no_daemons_as_data(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "empty").mkdir()
    assert main(["inventory", "empty", "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out) == []
    assert main(["inventory", "empty", "--format", "csv"]) == 0
    assert capsys.readouterr().out.count("\n") == 1


@pytest.mark.parametrize("command", COMMANDS)
def test_broken_files_are_left_out(
    project: Path, capsys: pytest.CaptureFixture[str], command: str
) -> None:
    (project / "broken.py").write_text("class A(:\n")
    (project / "binary.py").write_bytes(b"\xff\xfe\x00class")
    os.symlink("nowhere.py", project / "dangling.py")
    assert main([command, ".", "dangling.py"]) == 2  # it was named, and there is none
    capsys.readouterr()
    assert main([command, "."]) == 0
    captured = capsys.readouterr()
    assert "Feed" in captured.out
    assert "daemon-lint: broken.py is left out: line 1: " in captured.err
    assert "binary.py is left out" in captured.err


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_unreadable_files_are_left_out(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "locked.py").write_text(DAEMON)
    (project / "locked.py").chmod(0)
    assert main(["inventory", "."]) == 0
    assert "locked.py is left out: it cannot be read." in capsys.readouterr().err


def test_a_folder_named_like_a_module(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "thing.py").mkdir()
    assert main(["inventory", "."]) == 0
    assert "1 daemon in 1 file" in capsys.readouterr().out


def test_only_the_given_files_have_rows(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "data.py").write_text(DAEMON.replace("Feed", "Data").replace('"feed"', '"data"'))
    main(["inventory", "feed.py"])
    assert "Data" not in capsys.readouterr().out.replace("DataBase", "")


def test_output_of_any_encoding(project: Path) -> None:
    (project / "feed.py").write_text(DAEMON.replace('"data"', '"dätä"'), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "daemon_lint", "inventory", "."],
        capture_output=True,
        env={**os.environ, "PYTHONIOENCODING": "ascii"},
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "dätä" in done.stdout.decode("utf-8")


@pytest.mark.parametrize("command", COMMANDS)
def test_help(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as error:
        main([command, "--help"])
    assert error.value.code == 0
    out = capsys.readouterr().out
    assert "--format" in out and "--output FILE" in out
