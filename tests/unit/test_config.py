"""Configuration: every key works, every mistake names the key and the nearest right one."""

from __future__ import annotations

from pathlib import Path

import pytest

from daemon_lint import check_paths
from daemon_lint.config import load_config
from daemon_lint.contracts import ConfigError

LEAKY = """from daemonbase import DaemonBase


class Leaky(DaemonBase):
    async def initialize(self) -> None:
        self.bus.subscribe("tick", print)
"""
OWN_BASE = """class Daemon:
    def track(self, handle):
        print(handle)

    def every(self, name, callback, seconds):
        print(name)

    def begin(self):
        print("begin")

    def stop(self):
        print("stop")
"""
OWN_USE = """import asyncio

from base import Daemon


class Mine(Daemon):
    def begin(self):
        asyncio.get_running_loop().call_later(5, print)
        self.track(asyncio.get_running_loop().call_later(5, print))
"""


def lint(folder: Path, path: str = ".") -> list[tuple[str, int, str]]:
    found = check_paths([folder / path], cache=False).findings
    return [(Path(item.path).name, item.line, item.code) for item in found]


def configure(folder: Path, text: str) -> None:
    (folder / "pyproject.toml").write_text(f"[tool.daemon-lint]\n{text}\n")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "leaky.py").write_text(LEAKY)
    (tmp_path / "vendor").mkdir()
    (tmp_path / "vendor" / "other.py").write_text(LEAKY)
    return tmp_path


BOTH = [("leaky.py", 6, "DMN101"), ("other.py", 6, "DMN101")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", BOTH),
        ('select = ["DMN2"]', []),
        ('select = ["DMN1"]', BOTH),
        ('ignore = ["DMN101"]', []),
        ('ignore = ["unregistered-subscription"]', []),
        ('exclude = ["vendor"]', BOTH[:1]),
        ('exclude = ["vendor/"]', BOTH[:1]),
        ('exclude = ["vendor/**"]', BOTH[:1]),
        ('exclude = ["lea*.py"]', BOTH[1:]),
        ('profiles = ["asyncio"]', []),
        ('profiles = ["asyncio", "daemonbase"]', BOTH),
        ('[tool.daemon-lint.per-file-ignores]\n"vendor/*" = ["DMN1"]', BOTH[:1]),
        ('[tool.daemon-lint.per-file-ignores]\n"leaky.py" = ["DMN101"]', BOTH[1:]),
        ('[tool.daemon-lint.per-file-ignores]\n"leaky.py" = ["DMN102"]', BOTH),
    ],
)
def test_keys(folder: Path, text: str, expected: list[tuple[str, int, str]]) -> None:
    configure(folder, text)
    assert lint(folder) == expected


def test_project_roots_say_what_is_indexed(tmp_path: Path) -> None:
    (tmp_path / "src").mkdir()
    (tmp_path / "lib").mkdir()
    (tmp_path / "src" / "mine.py").write_text(LEAKY.replace("daemonbase", "base"))
    (tmp_path / "lib" / "base.py").write_text("from daemonbase import DaemonBase\n")
    configure(tmp_path, 'project-roots = ["src"]')
    assert lint(tmp_path, "src") == []
    configure(tmp_path, 'project-roots = ["src", "lib"]')
    assert lint(tmp_path, "src") == [("mine.py", 6, "DMN101")]


def test_a_base_of_ones_own_with_its_own_method_names(tmp_path: Path) -> None:
    (tmp_path / "base.py").write_text(OWN_BASE)
    (tmp_path / "mine.py").write_text(OWN_USE)
    names = 'register-subscription = "track"\nregister-interval = "every"\nshutdown = "stop"'
    configure(tmp_path, f'[[tool.daemon-lint.bases]]\nclass = "base.Daemon"\n{names}')
    (found,) = check_paths([tmp_path / "mine.py"], cache=False).findings
    assert (found.line, found.code) == (8, "DMN102")
    assert "outlives stop(); use self.every(...)" in found.message


def test_contracts_of_ones_own(tmp_path: Path) -> None:
    (tmp_path / "mine.py").write_text(
        "import lib\n\n\nclass A:\n    def go(self, keeper: lib.Keeper, client: lib.Client):\n"
        "        client.listen(print)\n"
        "        keeper.take(client.listen(print))\n"
        "        handle = client.listen(print)\n"
        "        len(handle)\n"
        "        other = client.listen(print)\n"
        "        lib.drop(other)\n"
        "        self.kept = client.listen(print)\n\n"
        "    def close(self):\n        pass\n"
    )
    configure(
        tmp_path,
        '[[tool.daemon-lint.acquires]]\nname = "lib.Client.listen"\nkind = "interval"\n'
        '[[tool.daemon-lint.registers]]\nname = "lib.Keeper.take"\n'
        '[[tool.daemon-lint.releases]]\nname = "lib.drop"\n',
    )
    assert lint(tmp_path) == [("mine.py", line, "DMN102") for line in (6, 8, 12)]


def test_a_profile_file_is_found_from_the_configuration(tmp_path: Path) -> None:
    (tmp_path / "conf").mkdir()
    (tmp_path / "conf" / "lib.toml").write_text('end-of-life = ["finish"]\n')
    (tmp_path / "mine.py").write_text(
        "import asyncio\n\n\nclass A:\n    def go(self):\n"
        "        asyncio.get_running_loop().call_later(5, print)\n\n"
        "    def finish(self):\n        pass\n"
    )
    assert lint(tmp_path) == []
    configure(tmp_path, 'profiles = ["auto", "conf/lib.toml"]')
    assert lint(tmp_path) == [("mine.py", 6, "DMN102")]


def test_the_nearest_configuration_counts(folder: Path) -> None:
    configure(folder, 'ignore = ["DMN101"]')
    assert lint(folder, "vendor") == []
    (folder / "vendor" / "daemon-lint.toml").write_text("")
    assert lint(folder, "vendor") == BOTH[1:]
    (folder / "vendor" / "pyproject.toml").write_text('[tool.daemon-lint]\nignore = ["DMN1"]\n')
    assert load_config(folder / "vendor").ignore == (), "daemon-lint.toml goes first"


def test_a_pyproject_without_our_table_is_passed_by(folder: Path) -> None:
    configure(folder, 'ignore = ["DMN101"]')
    (folder / "vendor" / "pyproject.toml").write_text("[project]\nname = 'x'\n")
    assert lint(folder, "vendor") == []


MISTAKES = {
    'selct = ["DMN101"]': "unknown key 'selct' (did you mean 'select'?)",
    'select = "DMN101"': "'select' must be a list of strings, got 'DMN101'",
    "ignore = [101]": "'ignore' must be a list of strings, got [101]",
    'select = ["DMN901"]': "there is no rule 'DMN901'",
    'ignore = ["unregistered-tasks"]': "(did you mean 'unregistered-task'?)",
    'profiles = ["asincio"]': "unknown profile 'asincio' (did you mean 'asyncio'?)",
    'profiles = ["no.toml"]': "no.toml: cannot be read (No such file or directory)",
    'project-roots = ["nowhere"]': "nowhere' is not a folder",
    "per-file-ignores = []": "'per-file-ignores' must be a table",
    '[tool.daemon-lint.per-file-ignores]\n"a.py" = "DMN101"': "'a.py' must be a list of strings",
    '[tool.daemon-lint.per-file-ignores]\n"a.py" = ["DMN9"]': "per-file-ignores 'a.py'",
    '[[tool.daemon-lint.bases]]\nclas = "a.B"': "unknown key 'clas' (did you mean 'class'?)",
    '[[tool.daemon-lint.bases]]\nshutdown = "stop"': "an entry of [[bases]] has no 'class'",
    '[[tool.daemon-lint.bases]]\nclass = "a.B"\nshutdwn = "stop"': "(did you mean 'shutdown'?)",
    '[[tool.daemon-lint.acquires]]\nname = "a.b"\nkind = "subscribtion"': (
        "unknown kind 'subscribtion' (did you mean 'subscription'?)"
    ),
    '[[tool.daemon-lint.acquires]]\nkind = "task"': "an entry of [[acquires]] has no 'name'",
    '[[tool.daemon-lint.acquires]]\nname = "a.b"\nowned = "yes"': "'owned' must be true or false",
    '[tool.daemon-lint.registers]\nname = "a.b"': "'registers' must be a list of tables",
}


@pytest.mark.parametrize("text", MISTAKES)
def test_mistakes(folder: Path, text: str) -> None:
    configure(folder, text)
    with pytest.raises(ConfigError) as raised:
        lint(folder)
    message = str(raised.value)
    assert MISTAKES[text] in message
    assert "pyproject.toml" in message or "profile" in message
    assert message.count("\n") == 0
