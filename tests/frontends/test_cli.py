"""The command line: what it prints, in which format, and with which exit status."""

from __future__ import annotations

import io
import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from case_files import CASES
from daemon_lint.cli import main
from daemon_lint.progress import Bar

LEAKY = """from daemonbase import DaemonBase


class Leaky(DaemonBase):
    async def initialize(self) -> None:
        self.bus.subscribe("tick", print)
"""
CLEAN = LEAKY.replace('self.bus.subscribe("tick", print)', 'self.subscribe("tick", print)')
KEYS = {
    "code", "symbol", "path", "line", "column", "end_line", "end_column", "message", "confidence",
    "trace", "fixable",
}  # fmt: skip


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "daemon-lint.toml").write_text("")
    (tmp_path / "leaky.py").write_text(LEAKY)
    (tmp_path / "clean.py").write_text(CLEAN)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DAEMON_LINT_CACHE", str(tmp_path / "cache"))
    monkeypatch.delenv("NO_COLOR", raising=False)
    return tmp_path


def cli(*arguments: str, **options: Any) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "daemon_lint", *arguments],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        **options,
    )


# --- status and text ------------------------------------------------------------------------


def test_findings_give_one(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "."]) == 1
    out = capsys.readouterr().out
    assert out.startswith("leaky.py:6:9: DMN101 Leaky drops the handle of self.bus.subscribe()")
    assert '  6 |         self.bus.subscribe("tick", print)\n' in out
    assert "    |         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^\n" in out
    assert re.search(r"\n1 finding in 2 files in \d+\.\d\d s: DMN101 1\.\n$", out)
    assert "\x1b" not in out


def test_clean_gives_zero(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "clean.py"]) == 0
    assert re.fullmatch(r"No findings in 1 file in \d+\.\d\d s\.\n", capsys.readouterr().out)


def test_the_message_names_owner_origin_and_remedy(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["check", "leaky.py"])
    line = capsys.readouterr().out.splitlines()[0]
    for words in ("Leaky", "self.bus.subscribe()", "shutdown()", "self.register_subscription(...)"):
        assert words in line
    assert line.endswith("[unregistered-subscription]")


def test_show_trace_prints_the_steps(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["check", "leaky.py", "--show-trace"])
    out = capsys.readouterr().out
    assert "    1. leaky.py:6: self.bus.subscribe() acquires the handle here\n" in out
    assert "    2. leaky.py:6: nothing holds the handle any more\n" in out


@pytest.mark.parametrize(
    ("arguments", "coloured"),
    [([], False), (["--color", "always"], True), (["--color", "never"], False)],
)
def test_colour(
    project: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], coloured: bool
) -> None:
    main(["check", "leaky.py", *arguments])
    assert ("\x1b[" in capsys.readouterr().out) is coloured


@pytest.mark.parametrize(
    ("before", "width"), [("ascii", 5), ("é", 1), ("日本", 4), ("e\u0301", 1), ("a\tb", 3)]
)
def test_carets_stand_below_the_call(
    project: Path, capsys: pytest.CaptureFixture[str], before: str, width: int
) -> None:
    text = LEAKY.replace("        self.bus", f'        "{before}"; self.bus')
    (project / "wide.py").write_text(text)
    main(["check", "wide.py"])
    carets = next(line for line in capsys.readouterr().out.splitlines() if "^" in line)
    assert carets.index("^") == len("    | ") + 8 + width + len('""; ')
    assert carets.count("^") == len('self.bus.subscribe("tick", print)')


# --- JSON -----------------------------------------------------------------------------------


def test_json_is_a_list_of_objects(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "leaky.py").write_text(LEAKY.replace("        self.bus", '        "é😀"; self.bus'))
    assert main(["check", ".", "--format", "json"]) == 1
    (row,) = json.loads(capsys.readouterr().out)
    assert set(row) == KEYS
    assert (row["path"], row["line"], row["column"]) == ("leaky.py", 6, 15)
    assert (row["end_line"], row["end_column"]) == (6, 15 + 33)
    assert (row["code"], row["symbol"]) == ("DMN101", "unregistered-subscription")
    assert row["confidence"] == "resolved" and row["fixable"] is False
    assert [set(step) for step in row["trace"]] == [{"path", "line", "message"}] * 2
    assert row["trace"][0]["path"] == "leaky.py"


def test_json_of_nothing_is_an_empty_list(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", "clean.py", "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out) == []


def test_paths_are_relative_to_the_working_directory(
    project: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    inner = project / "inner"
    inner.mkdir()
    monkeypatch.chdir(inner)
    main(["check", str(project / "leaky.py"), "--format", "json"])
    (row,) = json.loads(capsys.readouterr().out)
    assert row["path"] == "../leaky.py"


# --- options --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (["--select", "DMN101"], 1),
        (["--select", "DMN1"], 1),
        (["--select", "unregistered-subscription"], 1),
        (["--select", "DMN201,DMN102"], 0),
        (["--select", "DMN201", "--select", "DMN101"], 1),
        (["--ignore", "DMN101"], 0),
        (["--ignore", "unregistered-subscription"], 0),
        (["--ignore", "DMN2"], 1),
        (["--profile", "asyncio"], 0),
        (["--profile", "asyncio", "--profile", "daemonbase"], 1),
        (["--profile", "auto"], 1),
        (["--jobs", "1"], 1),
        (["--jobs", "2"], 1),
    ],
)
def test_options(project: Path, arguments: list[str], status: int) -> None:
    assert main(["check", "leaky.py", *arguments]) == status


def test_a_profile_file(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "ours.toml").write_text(
        'name = "ours"\n[[acquires]]\nname = "lib.listen"\nkind = "task"\n'
    )
    (project / "own.py").write_text(
        "import lib\n\n\nclass A:\n    def run(self):\n        lib.listen()\n\n"
        "    def close(self):\n        pass\n"
    )
    arguments = ["check", "own.py", "--profile", "ours.toml", "--profile", "asyncio"]
    assert main(arguments) == 1
    assert "own.py:6:9: DMN103" in capsys.readouterr().out


def test_the_cache(project: Path) -> None:
    assert main(["check", ".", "--no-cache"]) == 1
    assert not (project / "cache").exists()
    assert main(["check", "."]) == 1
    assert list((project / "cache").iterdir())


def test_many_files_say_the_same_with_any_number_of_jobs(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for number in range(230):
        (project / f"leaky{number}.py").write_text(LEAKY)
    main(["check", ".", "--format", "json", "--jobs", "1", "--no-cache"])
    alone = capsys.readouterr().out
    main(["check", ".", "--format", "json", "--jobs", "2", "--no-cache"])
    assert capsys.readouterr().out == alone
    assert len(json.loads(alone)) == 231


def test_every_run_says_the_same() -> None:
    """Traces too, whatever order the hashes of this run give to sets."""
    said = {
        cli("check", ".", "--format", "json", "--no-cache", cwd=CASES, env=seeded).stdout
        for seeded in ({**os.environ, "PYTHONHASHSEED": seed} for seed in "123")
    }
    assert len(said) == 1 and len(json.loads(said.pop())) > 500


# --- standard input -------------------------------------------------------------------------


def test_standard_input(project: Path) -> None:
    done = cli("check", "-", "--stdin-filename", "clean.py", input=LEAKY, cwd=project)
    assert done.returncode == 1, done.stderr
    assert done.stdout.startswith("clean.py:6:9: DMN101")
    assert '  6 |         self.bus.subscribe("tick", print)' in done.stdout


def test_standard_input_has_a_name_of_its_own(project: Path) -> None:
    done = cli("check", "-", "--format", "json", input=LEAKY, cwd=project)
    assert done.returncode == 1, done.stderr
    (row,) = json.loads(done.stdout)
    assert row["path"] == "<stdin>"


def test_standard_input_may_be_any_bytes(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"\xff\xfe\x00def")))
    assert main(["check", "-"]) == 1
    assert "DMN002 cannot parse this file" in capsys.readouterr().out


# --- mistakes -------------------------------------------------------------------------------

MISTAKES = {
    "no path": (["check"], "PATH"),
    "no such file": (["check", "nope.py"], "nope.py: there is no such file or folder."),
    "unknown format": (["check", ".", "--format", "xml"], "xml"),
    "unknown profile": (["check", ".", "--profile", "asincio"], "did you mean 'asyncio'?"),
    "profile file missing": (["check", ".", "--profile", "x.toml"], "x.toml: cannot be read"),
    "profile not TOML": (["check", ".", "--profile", "broken.toml"], "not valid TOML"),
    "profile with an unknown key": (
        ["check", ".", "--profile", "odd.toml"],
        "unknown key 'aquires' (did you mean 'acquires'?)",
    ),
    "profile with an unknown kind": (
        ["check", ".", "--profile", "kind.toml"],
        "unknown kind 'tusk' (did you mean 'task'?)",
    ),
    "unknown code": (["check", ".", "--select", "DMN1O1"], "no rule 'DMN1O1'"),
    "unknown symbol": (
        ["check", ".", "--ignore", "unregistered-subscriptions"],
        "did you mean 'unregistered-subscription'?",
    ),
    "no jobs": (["check", ".", "--jobs", "0"], "'0' is not a number of processes from 1 up"),
    "negative jobs": (["check", ".", "--jobs", "-1"], "--jobs"),
    "jobs in words": (["check", ".", "--jobs", "two"], "'two' is not a number of processes"),
    "config missing": (["check", ".", "--config", "no.toml"], "no.toml: there is no such file."),
    "config broken": (["check", ".", "--config", "broken.toml"], "not valid TOML"),
    "stdin with others": (["check", "-", "."], "cannot be checked together"),
    "stdin name alone": (["check", ".", "--stdin-filename", "a.py"], "give '-' as the only path"),
    "unknown command": (["chek", "."], "chek"),
    "unknown option": (["check", ".", "--frmat", "json"], "--frmat"),
    "new: no name": (["new"], "NAME"),
    "new: a bad name": (["new", "1st"], "'1st' makes no Python name"),
    "new: a bad interval": (["new", "user", "--interval", "tick"], "is not NAME:SECONDS"),
    "new: no folder": (["new", "user", "--directory", "nope"], "there is no such folder"),
}


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_is_one_clear_sentence(
    name: str, project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (project / "broken.toml").write_text("a = = 1\n")
    (project / "odd.toml").write_text('[[aquires]]\nname = "a.b"\n')
    (project / "kind.toml").write_text('[[acquires]]\nname = "a.b"\nkind = "tusk"\n')
    arguments, words = MISTAKES[name]
    try:
        status = main(arguments)
    except SystemExit as stop:  # argparse leaves this way
        status = int(str(stop.code))
    shown = capsys.readouterr()
    assert status == 2
    assert shown.out == ""
    assert words in shown.err
    assert shown.err.startswith("daemon-lint") and len(shown.err.splitlines()) == 1


@pytest.mark.parametrize("file", ["pyproject.toml", "daemon-lint.toml"])
def test_a_broken_configuration_is_a_wrong_call(
    file: str, project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (project / "daemon-lint.toml").unlink()
    (project / file).write_text("[tool\n")
    assert main(["check", "."]) == 2
    assert f"{project / file}: not valid TOML" in capsys.readouterr().err


def test_a_file_that_cannot_be_read_is_a_finding(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    os.mkfifo(project / "pipe.py")
    (project / "dangling.py").symlink_to("nowhere.py")
    assert main(["check", "dangling.py"]) == 2
    assert "there is no such file" in capsys.readouterr().err
    assert main(["check", "clean.py"]) == 0  # the pipe beside it is no regular file


# --- terminals and pipes --------------------------------------------------------------------


def test_a_reader_that_goes_away_is_no_error(project: Path) -> None:
    for number in range(60):
        (project / f"leaky{number}.py").write_text(LEAKY * 40)
    command = f"{sys.executable} -m daemon_lint check . --format json | head -c 1"
    done = subprocess.run(
        command, shell=True, cwd=project, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.stdout == "["
    assert done.stderr == ""


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_progress_is_shown_on_a_terminal_only(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [0.0]
    monkeypatch.setattr("time.monotonic", lambda: now[0])
    terminal, pipe = Terminal(), io.StringIO()
    with Bar(terminal) as shown, Bar(pipe) as hidden:
        for second in range(5):
            now[0] = second * 0.6
            shown(second, 4)
            hidden(second, 4)
    assert pipe.getvalue() == ""
    frames = terminal.getvalue().split("\r")
    assert frames[1].endswith("2/4 files"), "nothing is shown in the first second"
    assert frames[-1] == "\x1b[K", "it clears itself"


def test_no_command_prints_the_help(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 0
    assert "COMMAND" in capsys.readouterr().out


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        main(["--version"])
    assert stop.value.code == 0
    assert re.fullmatch(r"daemon-lint \d+\.\d+\.\d+\n", capsys.readouterr().out)
