"""The pre-commit hooks, run by pre-commit itself in a repository of somebody else."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("pre_commit", reason="pre-commit is not installed")

REPO = Path(__file__).parents[2]
LEAKY = """from daemonbase import DaemonBase


class Leaky(DaemonBase):
    async def initialize(self) -> None:
        self.bus.subscribe("tick", print)
"""

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("packaging")]


def git(folder: Path, *arguments: str) -> None:
    name = ("-c", "user.name=test", "-c", "user.email=test@example.org")
    subprocess.run(["git", *name, *arguments], cwd=folder, check=True, capture_output=True)


@pytest.fixture(scope="module")
def hooks(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if not (REPO / ".git").exists():
        pytest.skip("this is no git checkout")
    folder = tmp_path_factory.mktemp("hooks")
    git(folder, "clone", "--quiet", str(REPO), "hooks")
    return folder / "hooks"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("home")


@pytest.fixture
def user(tmp_path: Path) -> Path:
    (tmp_path / "leaky.py").write_text(LEAKY)
    (tmp_path / "clean.py").write_text(LEAKY.replace("self.bus.", "self."))
    git(tmp_path, "init", "--quiet")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "--quiet", "-m", "begin")
    return tmp_path


@pytest.mark.parametrize(
    ("hook", "arguments", "status"),
    [
        ("daemon-lint", ["--all-files"], 1),
        ("daemon-lint", ["--files", "leaky.py"], 1),
        ("daemon-lint", ["--files", "clean.py"], 0),
        ("daemon-lint-project", ["--files", "clean.py"], 1),
    ],
)
def test_try_repo(
    hooks: Path, home: Path, user: Path, hook: str, arguments: list[str], status: int
) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "pre_commit", "try-repo", str(hooks), hook, *arguments],
        cwd=user,
        env={**os.environ, "PRE_COMMIT_HOME": str(home)},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == status, done.stdout + done.stderr
    assert ("leaky.py:6:9: DMN101" in done.stdout) is bool(status)
