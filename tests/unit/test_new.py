"""What `daemon-lint new` writes lints clean, and its test passes."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from daemon_lint import Config, check_paths
from daemon_lint.cli import main

COMBINATIONS = {
    "bare": ["data"],
    "events": ["user", "--subscribes", "user:created", "user:deleted"],
    "intervals": ["user", "--interval", "user-monitoring:5", "state-reconciliation:0.5"],
    "waiting": ["room-membership", "--waits-for", "data", "user"],
    "all": [
        "TrainingDaemon",
        "--subscribes",
        "chat:message-created",
        "--interval",
        "train:30",
        "--waits-for",
        "data",
    ],
}


@pytest.mark.parametrize("arguments", COMBINATIONS.values(), ids=COMBINATIONS.keys())
def test_what_it_writes_is_clean_and_passes(arguments: list[str], tmp_path: Path) -> None:
    pytest.importorskip("daemonbase", reason="the runtime is not installed")
    assert main(["new", *arguments, "--directory", str(tmp_path)]) == 0
    assert len(list(tmp_path.iterdir())) == 2
    config = Config(root=tmp_path, project_roots=(tmp_path,))
    assert check_paths([tmp_path], config, jobs=1, cache=False).findings == []
    for tool in (
        ["pytest", "-q", "-p", "no:cacheprovider", str(tmp_path)],
        ["ruff", "check", "--isolated", "--line-length", "100", str(tmp_path)],
    ):
        done = subprocess.run(
            [sys.executable, "-m", *tool], cwd=tmp_path, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0 or "No module named ruff" in done.stderr, done.stdout


def test_never_over_an_existing_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    mine = tmp_path / "user_daemon.py"
    mine.write_text("precious")
    assert main(["new", "user", "--directory", str(tmp_path)]) == 2
    assert mine.read_text() == "precious"
    assert list(tmp_path.iterdir()) == [mine]
    assert "exists" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (["3 users"], "'3 users'"),
        (["class"], None),
        (['a"b'], "makes no Python name"),
        (["user", "--interval", "tick"], "NAME:SECONDS"),
        (["user", "--interval", "tick:0"], "above zero"),
        (["user", "--interval", "tick:nan"], "above zero"),
        (["user", "--subscribes", "a:b", "a-b"], "one name"),
        (["user", "--directory", "nowhere"], "no such folder"),
    ],
)
def test_wrong_arguments_are_one_sentence(
    arguments: list[str],
    word: str | None,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    status = main(["new", *arguments])
    error = capsys.readouterr().err
    if word is None:  # `class` alone is no name, but class_daemon is
        assert status == 2
        return
    assert status == 2
    assert word in error
    assert error.count("\n") == 1
    assert not list(tmp_path.iterdir())
