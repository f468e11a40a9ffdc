"""The tutorial says what is true: of its findings, of what is left behind, of its line counts."""

from __future__ import annotations

import asyncio
import importlib
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from daemon_lint import check_paths
from daemon_lint.findings import Finding

TUTORIAL = Path(__file__).resolve().parents[2] / "docs" / "tutorial"
MODULES = ("after", "before", "demo", "lines", "observe", "third_party", "world")

# file, code, and the start of the reported line
EXPECTED = Counter(
    [
        ("user_daemon.py", "DMN101", "self.bus.subscribe(USERS_DELETED, "),
        ("user_daemon.py", "DMN102", "self._reconciliation = asyncio.create_task("),
        ("training_daemon.py", "DMN201", "async def shutdown(self)"),
        ("room_membership_daemon.py", "DMN102", "loop.call_later(2 / self.speed, "),
        ("room_membership_daemon.py", "DMN103", "task = asyncio.create_task("),
    ]
)
LEFT_BY_EARLY_STOP = (
    "subscription  users:deleted -> UserDaemon._on_user_deleted",
    "timer         RoomMembershipDaemon._start_catch_up",
    "task          TrainingDaemon._train_forever",
    "task          UserDaemon._reconcile_forever",
)


@pytest.fixture(scope="module")
def tutorial() -> Iterator[Path]:
    """The tutorial's modules, importable by their plain names while this module's tests run."""
    sys.path.insert(0, str(TUTORIAL))
    try:
        yield TUTORIAL
    finally:
        sys.path.remove(str(TUTORIAL))
        for name in [name for name in sys.modules if name.partition(".")[0] in MODULES]:
            del sys.modules[name]


@pytest.fixture
def observe(tutorial: Path) -> ModuleType:
    return importlib.import_module("observe")


@pytest.fixture
def readme() -> str:
    return (TUTORIAL / "README.md").read_text("utf-8")


def lint(folder: Path) -> list[Finding]:
    return check_paths([folder], jobs=1, cache=False).findings


def located(findings: list[Finding]) -> Counter[tuple[str, str, str]]:
    """The findings as EXPECTED has them; a line that isn't expected stands there in full."""
    found: Counter[tuple[str, str, str]] = Counter()
    for finding in findings:
        path = Path(finding.path)
        line = path.read_text("utf-8").splitlines()[finding.line - 1].strip()
        starts = (start for _, _, start in EXPECTED if line.startswith(start))
        found[path.name, finding.code, next(starts, line)] += 1
    return found


# --- linting ----------------------------------------------------------------------------------


def test_before_has_exactly_the_expected_findings() -> None:
    assert located(lint(TUTORIAL / "before")) == EXPECTED


def test_after_and_the_scripts_have_none() -> None:
    everything = lint(TUTORIAL)
    assert [item for item in everything if Path(item.path).parent.name != "before"] == []


@pytest.mark.parametrize(
    ("file", "right", "slip", "code"),
    [
        ("user_daemon.py", "self.subscribe(USERS_DELETED", "self.bus.subscribe(USERS_DELETED", 101),
        ("training_daemon.py", "self.register_task(", "asyncio.create_task(", 102),
        ("data_daemon.py", "super().__init__(bus=bus)", "self.bus = bus", 201),
    ],
)
def test_a_slip_in_after_is_found(
    tmp_path: Path, file: str, right: str, slip: str, code: int
) -> None:
    """That after/ is clean means something: the rules are at work there."""
    copy = tmp_path / "after"
    shutil.copytree(TUTORIAL / "after", copy)
    source = (copy / file).read_text("utf-8")
    assert right in source
    (copy / file).write_text(source.replace(right, slip), "utf-8")
    assert [(Path(item.path).name, item.code) for item in lint(copy)] == [(file, f"DMN{code}")]


def test_readme_lists_the_findings(readme: str) -> None:
    listed = Counter(re.findall(r"^\| (DMN\d{3}) \| `(\w+\.py)` \|", readme, re.MULTILINE))
    assert listed == Counter((code, file) for file, code, _ in EXPECTED.elements())


# --- running ----------------------------------------------------------------------------------


def test_after_leaves_nothing(observe: ModuleType) -> None:
    after = importlib.import_module("after.system")
    facts, left = asyncio.run(observe.full_run(after.System()))
    assert left.lines() == []
    assert (facts.clients, facts.lobby, facts.trained, facts.tools) == (3, 4, 3, 2)
    assert facts.checks >= 4
    assert asyncio.run(observe.early_stop(after.System(observe.EARLY_SPEED))).lines() == []


def test_after_closes_the_persona_clients(observe: ModuleType) -> None:
    after = importlib.import_module("after.system")

    async def clients() -> list[bool]:
        system = after.System()
        await system.start()
        opened = list(system.user.persona_clients.values())
        await system.shutdown()
        assert system.user.persona_clients == {}
        return [client.is_open for client in opened]

    assert asyncio.run(clients()) == [False, False, False]


def test_before_leaves_what_the_readme_says(observe: ModuleType, readme: str) -> None:
    before = importlib.import_module("before.system")
    left = asyncio.run(observe.early_stop(before.System(observe.EARLY_SPEED)))
    assert left.lines() == list(LEFT_BY_EARLY_STOP)
    assert "\n".join(("```", *LEFT_BY_EARLY_STOP, "```")) in readme
    facts, left = asyncio.run(observe.full_run(before.System()))
    assert left.lines() == [line for line in LEFT_BY_EARLY_STOP if not line.startswith("timer")]
    assert (facts.clients, facts.lobby, facts.trained, facts.tools) == (3, 1, 3, 2)
    assert "the lobby has 1 member" in readme
    assert "the lobby has 4" in readme


def test_the_catch_up_task_of_before_outlives_a_shutdown(observe: ModuleType) -> None:
    rooms = importlib.import_module("before.room_membership_daemon")
    bus, world = importlib.import_module("before.bus"), importlib.import_module("world")

    async def left() -> tuple[str, ...]:
        database = world.Database()
        await database.load(0)
        daemon = rooms.RoomMembershipDaemon(bus.EventBus(), database, 1.0)
        await daemon.start()
        daemon._start_catch_up()
        await daemon.shutdown()
        names: tuple[str, ...] = observe.leftovers().tasks
        return names

    assert asyncio.run(left()) == ("RoomMembershipDaemon._ensure_all_users_in_rooms",)


@pytest.mark.parametrize("form", ["before", "after"])
def test_the_forms_run_as_programs(form: str) -> None:
    command = [sys.executable, "-W", "error", "-X", "dev", "-m", form, "--speed", "200"]
    done = subprocess.run(command, cwd=TUTORIAL, capture_output=True, text=True, timeout=60)
    assert done.stderr == ""
    assert done.returncode == 0
    assert ("left after an early stop: 0" in done.stdout) == (form == "after")


def test_a_wrong_speed_is_one_sentence() -> None:
    command = [sys.executable, "-m", "after", "--speed", "0"]
    done = subprocess.run(command, cwd=TUTORIAL, capture_output=True, text=True, timeout=60)
    assert done.returncode == 2
    assert "--speed must be greater than 0" in done.stderr


# --- the README's table, and the demo ----------------------------------------------------------


def test_the_line_counts_of_the_readme_are_true(tutorial: Path, readme: str) -> None:
    lines = importlib.import_module("lines")
    assert lines.with_table(readme) == readme, "run python docs/tutorial/lines.py --write"
    assert lines.total("after") < lines.total("before")


def test_code_lines_counts_only_code(tutorial: Path) -> None:
    lines = importlib.import_module("lines")
    source = '"""Doc.\n\nMore."""\n\n# why\nx = """a\nb"""\n\n\ndef f() -> None:\n    """Doc."""\n'
    assert lines.code_lines(source) == 3


def test_the_pins_fit_every_python(tutorial: Path) -> None:
    third_party = importlib.import_module("third_party")
    assert third_party.pin().python <= sys.version_info[:2]
    pythons = [pin.python for pin in third_party.PINS]
    assert pythons == sorted(pythons, reverse=True)
    assert pythons[-1] == (3, 11)


def test_a_package_that_pip_cannot_get_is_one_sentence(
    tutorial: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    third_party = importlib.import_module("third_party")
    for name in ("PIP_INDEX_URL", "PIP_EXTRA_INDEX_URL", "PIP_FIND_LINKS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    with pytest.raises(third_party.FetchError, match=r"^pip cannot get .*--offline") as caught:
        third_party.fetch(tmp_path / "cache")
    assert "\n" not in str(caught.value)
    assert not third_party.folder(tmp_path / "cache").exists()


def test_another_wheel_than_the_pinned_is_refused(
    tutorial: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    third_party = importlib.import_module("third_party")

    def download(scratch: Path) -> Path:
        scratch.mkdir(parents=True)
        wheel = scratch / "homeassistant.whl"
        wheel.write_bytes(b"not what was asked for")
        return wheel

    monkeypatch.setattr(third_party, "_download", download)
    with pytest.raises(third_party.FetchError, match="not the file"):
        third_party.fetch(tmp_path)
    assert not third_party.folder(tmp_path).exists()


def test_the_demo_passes_offline(tmp_path: Path) -> None:
    """In a copy without a cache, so that an earlier `make demo` does not slow this test down."""
    copy = tmp_path / "docs" / "tutorial"
    shutil.copytree(TUTORIAL, copy, ignore=shutil.ignore_patterns("__pycache__"))
    command = [sys.executable, str(copy / "demo.py"), "--offline"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, encoding="utf-8", timeout=120)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "All as expected." in done.stdout
    assert "DMN201" in done.stdout
    for line in LEFT_BY_EARLY_STOP:
        assert line in done.stdout
