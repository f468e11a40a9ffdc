"""The pages are true: their code is run, their commands give what they say."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from daemon_lint.rules import all_rules

ROOT = Path(__file__).resolve().parents[2]
FILE_BLOCK = re.compile(r"```python file=(\S+)\n(.*?)```", re.S)
COMMANDS = re.compile(r"```console\n(.*?)```", re.S)


def shell(command: str, folder: Path) -> subprocess.CompletedProcess[str]:
    words = command.split()
    words[:1] = {
        "daemon-lint": [sys.executable, "-m", "daemon_lint"],
        "python": [sys.executable],
    }[words[0]]
    return subprocess.run(words, cwd=folder, capture_output=True, text=True, check=False)


def test_creating_a_daemon(tmp_path: Path) -> None:
    pytest.importorskip("daemonbase", reason="the runtime is not installed")
    page = (ROOT / "docs" / "creating-a-daemon.md").read_text(encoding="utf-8")
    for part in re.split(r"(?m)^## ", page):
        for block in COMMANDS.findall(part):
            command, *expected = block.strip().splitlines()
            done = shell(command.removeprefix("$ "), tmp_path)
            assert done.returncode == 0, done.stdout + done.stderr
            for line in expected:
                assert line in done.stdout
        for name, code in FILE_BLOCK.findall(part):
            assert (tmp_path / name).exists(), f"{name} is not one of the template's files"
            (tmp_path / name).write_text(code, encoding="utf-8")
    assert shell("python -m pytest -q", tmp_path).returncode == 0


def test_readme_shows_a_real_finding() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    match = re.search(r"```\n\$ (daemon-lint check [^\n]+)\n(.*?)```", readme, re.S)
    assert match is not None
    done = shell(match[1], ROOT)
    assert match[2].strip() in done.stdout


@pytest.mark.parametrize("rule", all_rules(), ids=lambda rule: rule.code)
def test_each_rule_is_documented(rule: type) -> None:
    for page in ("README.md", "CHANGELOG.md"):
        assert rule.code in (ROOT / page).read_text(encoding="utf-8"), page
    if rule.wrong:
        assert f"**{rule.code}**" in (ROOT / "docs/architecture-rules.md").read_text("utf-8")


def test_links_lead_somewhere() -> None:
    for page in [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").rglob("*.md")]:
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text("utf-8")):
            assert (page.parent / target).exists(), f"{page.name}: {target}"


def test_architecture_names_each_module() -> None:
    page = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    table = page[page.index("| module |") : page.index("## Why it is cut")]
    named = set(re.findall(r"`(\w+)`", table))
    modules = {path.stem for path in (ROOT / "daemon_lint").glob("*.py")}
    assert {name for name in modules if not name.startswith("__")} <= named
