"""The index: what is cached, what is read anew, and what an unsaved buffer changes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from daemon_lint import Config, cache, check_paths, check_source
from daemon_lint.findings import Finding
from daemon_lint.project import Project

BASE = """class Base:
    def close(self):
        print("closing")
"""
CHILD = """from base import Base


class Child(Base):
    def close(self):
        print("mine")
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("DAEMON_LINT_CACHE", str(tmp_path / "cache"))
    project = tmp_path / "project"
    project.mkdir()
    (project / "base.py").write_text(BASE)
    (project / "child.py").write_text(CHILD)
    (project / "daemon-lint.toml").write_text("")
    return project


def lint(folder: Path) -> list[Finding]:
    return check_paths([folder], jobs=1).findings


def test_the_cache_changes_nothing(folder: Path) -> None:
    cold = lint(folder)
    assert [item.code for item in cold] == ["DMN201"]
    assert lint(folder) == cold == check_paths([folder], cache=False, jobs=1).findings


def test_what_has_not_changed_is_not_read_again(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lint(folder)
    read = []
    monkeypatch.setattr("daemon_lint.project._read_one", lambda task: read.append(task[0]))
    lint(folder)
    assert read == []
    (folder / "base.py").write_text(BASE + "\n")
    lint(folder)
    assert read == [str(folder / "base.py")]


def test_a_change_is_noticed(folder: Path) -> None:
    lint(folder)
    (folder / "base.py").write_text("class Base:\n    def close(self):\n        pass\n")
    assert lint(folder) == []


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: b"",
        lambda data: data[:-7],
        lambda data: data[:60] + b"\xff" + data[61:],
        lambda data: b"something else",
    ],
)
def test_a_damaged_cache_is_rebuilt(folder: Path, damage: Callable[[bytes], bytes]) -> None:
    found = lint(folder)
    (file,) = (folder.parent / "cache").iterdir()
    intact = file.read_bytes()
    file.write_bytes(damage(intact))
    assert lint(folder) == found
    assert cache.read(file).keys() == {str(folder / "base.py"), str(folder / "child.py")}


def test_a_cache_that_cannot_be_written_is_no_error(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder.parent / "file").write_text("")
    monkeypatch.setenv("DAEMON_LINT_CACHE", str(folder.parent / "file" / "cache"))
    assert len(lint(folder)) == 1


def test_the_cache_lies_outside_of_what_is_linted(folder: Path) -> None:
    before = set(folder.rglob("*"))
    lint(folder)
    assert set(folder.rglob("*")) == before


def test_an_unsaved_buffer_counts(folder: Path) -> None:
    project = Project.build([folder], Config(root=folder), cache=False)
    child = folder / "child.py"
    fixed = CHILD + "        super().close()\n"
    assert [item.line for item in check_source(CHILD, child, project)] == [5]
    assert check_source(fixed, child, project) == []
    assert [item.line for item in check_source("\n" + CHILD, child, project)] == [6]


def test_an_unsaved_base_counts_for_its_subclasses(folder: Path) -> None:
    project = Project.build([folder], Config(root=folder), cache=False)
    assert len(check_source(CHILD, folder / "child.py", project)) == 1
    check_source("class Base:\n    def close(self):\n        pass\n", folder / "base.py", project)
    assert check_source(CHILD, folder / "child.py", project) == []


def test_a_file_that_is_not_on_disk(folder: Path) -> None:
    project = Project.build([folder], Config(root=folder), cache=False)
    found = check_source(CHILD, folder / "new.py", project)
    assert [(Path(item.path).name, item.line) for item in found] == [("new.py", 5)]


def test_two_files_of_one_name_are_two_modules(tmp_path: Path) -> None:
    for name, body in (("one", BASE), ("two", "class Base:\n    def close(self):\n        pass\n")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "base.py").write_text(body)
        (tmp_path / name / "child.py").write_text(CHILD)
    config = Config(root=tmp_path, project_roots=(tmp_path,))
    found = check_paths([tmp_path], config, cache=False, jobs=1).findings
    assert [Path(item.path).parent.name for item in found] == ["one"]
