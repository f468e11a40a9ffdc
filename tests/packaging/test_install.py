"""Both distributions install alone, with what they must carry and nothing else."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

REPO = Path(__file__).parents[2]
LEAKY = """from daemonbase import DaemonBase


class Leaky(DaemonBase):
    async def initialize(self) -> None:
        self.bus.subscribe("tick", print)
"""

pytestmark = pytest.mark.xdist_group("packaging")


def run(*command: object, cwd: Path | None = None, status: int | None = 0) -> str:
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
    done = subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env=environment,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert status is None or done.returncode == status, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def clone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What git knows of this repository, as somebody else would get it."""
    if not (REPO / ".git").exists():
        pytest.skip("this is no git checkout")
    folder = tmp_path_factory.mktemp("clone") / "repo"
    run("git", "clone", "--quiet", REPO, folder)
    return folder


@pytest.fixture(scope="module")
def wheels(clone: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheels")
    for source in (clone, clone / "runtime"):
        run(sys.executable, "-m", "build", "--no-isolation", "--wheel", "--outdir", folder, source)
    return folder


def environment(folder: Path, *packages: object) -> Path:
    run(sys.executable, "-m", "venv", folder)
    python = folder / "bin" / "python"
    run(python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *packages)
    return folder / "bin"


def names(wheels: Path, distribution: str) -> set[str]:
    (wheel,) = wheels.glob(f"{distribution}-*.whl")
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


def test_what_the_wheels_carry(wheels: Path) -> None:
    linter, runtime = names(wheels, "daemon_lint"), names(wheels, "daemonbase")
    for name in (
        "daemon_lint/profiles/asyncio.toml",
        "daemon_lint/templates/daemon.py.txt",
        "daemon_lint/py.typed",
    ):
        assert name in linter
    assert "daemonbase/py.typed" in runtime
    packages = {name.partition("/")[0].partition("-")[0] for name in linter | runtime}
    assert packages == {"daemon_lint", "daemonbase"}


def test_the_linter_alone(wheels: Path, tmp_path: Path) -> None:
    (wheel,) = wheels.glob("daemon_lint-*.whl")
    scripts = environment(tmp_path / "env", "--no-index", wheel)
    (tmp_path / "leaky.py").write_text(LEAKY)
    assert run(scripts / "daemon-lint", "--version").startswith("daemon-lint ")
    found = run(scripts / "daemon-lint", "check", "leaky.py", cwd=tmp_path, status=1)
    assert "leaky.py:6:9: DMN101" in found
    installed = run(scripts / "python", "-m", "pip", "list", "--format=freeze")
    assert {line.partition("=")[0] for line in installed.split()} <= {
        "daemon-lint",
        "pip",
        "setuptools",
    }


def test_the_runtime_alone(wheels: Path, tmp_path: Path) -> None:
    (wheel,) = wheels.glob("daemonbase-*.whl")
    scripts = environment(tmp_path / "env", "--no-index", wheel)
    code = "import daemonbase, importlib.util as u; print(u.find_spec('daemon_lint'))"
    assert run(scripts / "python", "-I", "-c", code).strip() == "None"


@pytest.mark.slow
@pytest.mark.parametrize(("source", "module"), [(".", "daemon_lint"), ("runtime", "daemonbase")])
def test_pip_install_from_a_clone(clone: Path, tmp_path: Path, source: str, module: str) -> None:
    scripts = environment(tmp_path / "env", clone / source)
    assert run(scripts / "python", "-I", "-c", f"import {module}; print({module}.__name__)").strip()


@pytest.mark.slow
def test_uv_sync(clone: Path, tmp_path: Path) -> None:
    uv = shutil.which("uv") or environment(tmp_path / "uv", "uv") / "uv"
    copy = tmp_path / "repo"
    run("git", "clone", "--quiet", clone, copy)
    run(uv, "sync", "--quiet", "--python", sys.executable, cwd=copy)
    assert run(uv, "run", "--quiet", "daemon-lint", "--version", cwd=copy).startswith("daemon-lint")
    code = "import daemonbase, pytest; print('both')"
    assert run(uv, "run", "--quiet", "python", "-c", code, cwd=copy).strip() == "both"
