"""The programs that are compared, each as the command that checks one folder."""

from __future__ import annotations

import importlib.metadata
import importlib.util
import shutil
import sys
import sysconfig
from dataclasses import dataclass
from pathlib import Path

PARSE = """
import ast, pathlib, sys
for path in sorted(pathlib.Path(sys.argv[1]).rglob("*.py")):
    ast.parse(path.read_bytes())
"""

# flake8 runs every plugin that is installed; only the one to be measured may be seen.
FLAKE8 = """
import importlib.metadata as metadata, sys
wanted = set(sys.argv.pop(1).split(","))
seen = metadata.distributions
def distributions(**options):
    for found in seen(**options):
        plugin = any(entry.group.startswith("flake8.") for entry in found.entry_points)
        if not plugin or found.metadata["Name"].lower() in wanted:
            yield found
metadata.distributions = distributions
from flake8.main.cli import main
sys.exit(main(sys.argv[1:]))
"""


@dataclass(frozen=True)
class Tool:
    """One program: `command` checks the folder appended to it; `missing` says what is absent."""

    name: str
    command: tuple[str, ...]
    missing: str = ""
    warm: bool = False


def _version(distribution: str) -> str:
    try:
        return importlib.metadata.version(distribution)
    except importlib.metadata.PackageNotFoundError:
        return ""


def _flake8(title: str, plugin: str, select: str) -> Tool:
    command = (sys.executable, "-c", FLAKE8, f"flake8,{plugin}", "--isolated", "--jobs=1")
    missing = ", ".join(name for name in ("flake8", plugin) if name and not _version(name))
    name = f"{title} {_version(plugin or 'flake8')}".strip()
    return Tool(name, (*command, f"--select={select}"), missing)


def _ruff() -> Tool:
    beside = Path(sysconfig.get_path("scripts")) / "ruff"
    ruff = str(beside) if beside.exists() else shutil.which("ruff")
    command = (ruff or "ruff", "check", "--isolated", "--no-cache", "--quiet", "--exit-zero")
    rules = "--select=B,ASYNC,RUF006"
    return Tool(f"ruff {_version('ruff')}".strip(), (*command, rules), "" if ruff else "ruff")


def tools() -> list[Tool]:
    """All programs, the yardstick first."""
    here = (sys.executable, "-m", "daemon_lint", "check", "--jobs=1")
    pylint = (sys.executable, "-m", "pylint", "--rcfile=", "--jobs=1", "--recursive=y")
    return [
        Tool("ast.parse", (sys.executable, "-c", PARSE)),
        Tool("daemon-lint cold", (*here, "--no-cache")),
        Tool("daemon-lint warm", here, warm=True),
        _ruff(),
        _flake8("flake8", "", "E9,F"),
        _flake8("flake8-bugbear", "flake8-bugbear", "B"),
        _flake8("flake8-async", "flake8-async", "ASYNC"),
        Tool(
            f"pylint {_version('pylint')}".strip(),
            (*pylint, "--persistent=n", "--score=n"),
            "" if importlib.util.find_spec("pylint") else "pylint",
        ),
    ]
