"""The inventory: which classes are daemons, what counts, and how much is left to migrate."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from textwrap import dedent

import pytest

from daemon_lint.config import load_config
from daemon_lint.inventory import Daemon, Inventory, take_inventory
from daemon_lint.reporters.inventory import RENDERERS
from daemon_lint.site_reader import SITE_KINDS, MethodReader

TUTORIAL = Path(__file__).resolve().parents[2] / "docs" / "tutorial"

# The inventory that was taken by hand of the system that the tutorial is made after, for the
# daemons that the tutorial has: has cleanup, subscriptions, intervals, priority.
BY_HAND = {
    "UserDaemon": (True, 3, 2, "complex"),
    "TrainingDaemon": (True, 1, 0, "pattern match"),
    "RoomMembershipDaemon": (True, 1, 0, "pattern match"),
    "DataDaemon": (False, 0, 0, "low"),
}

Take = Callable[[str], dict[str, Daemon]]


@pytest.fixture
def take(tmp_path: Path) -> Take:
    """The rows of one module, by name."""

    def taken(code: str) -> dict[str, Daemon]:
        (tmp_path / "daemon-lint.toml").write_text("")
        (tmp_path / "app.py").write_text(dedent(code))
        found = take_inventory([tmp_path], load_config(tmp_path), cache=False)
        return {daemon.name: daemon for daemon in found.daemons}

    return taken


def inventory(folder: Path) -> Inventory:
    return take_inventory([folder], load_config(folder), cache=False)


def counts(daemon: Daemon) -> tuple[int, ...]:
    """Subscriptions, intervals, timers, tasks, waits."""
    return tuple(daemon.count(kind) for kind in SITE_KINDS)


# --- the tutorial ---------------------------------------------------------------------------


def test_the_tutorial_before_is_as_it_was_counted_by_hand() -> None:
    found = {
        daemon.name: (
            bool(daemon.cleanup),
            daemon.count("subscription"),
            daemon.count("interval"),
            daemon.priority,
        )
        for daemon in inventory(TUTORIAL / "before").daemons
    }
    assert found == BY_HAND


def test_the_tutorial_after_takes_the_same_and_has_nothing_left() -> None:
    found = inventory(TUTORIAL / "after").daemons
    assert {
        daemon.name: (daemon.count("subscription"), daemon.count("interval")) for daemon in found
    } == {name: row[1:3] for name, row in BY_HAND.items()}
    assert {daemon.priority for daemon in found} == {"low"}
    assert {daemon.base for daemon in found} == {"DaemonBase"}
    assert [daemon.name for daemon in found if daemon.cleanup] == ["UserDaemon"]


def test_the_rest_of_the_tutorial() -> None:
    before = {daemon.name: daemon for daemon in inventory(TUTORIAL / "before").daemons}
    after = {daemon.name: daemon for daemon in inventory(TUTORIAL / "after").daemons}
    assert counts(before["UserDaemon"]) == (3, 2, 1, 0, 1) == counts(after["UserDaemon"])
    assert counts(before["RoomMembershipDaemon"]) == (1, 0, 1, 1, 0)
    assert counts(after["RoomMembershipDaemon"]) == (1, 0, 0, 0, 1)
    assert counts(before["TrainingDaemon"]) == (1, 0, 0, 1, 0) == counts(after["TrainingDaemon"])
    assert before["UserDaemon"].waits_for == ("data",) == after["UserDaemon"].waits_for
    assert after["RoomMembershipDaemon"].waits_for == ("data",)
    assert [before[name].base for name in BY_HAND] == ["Daemon"] * 4
    assert [len(before[name].findings) for name in BY_HAND] == [2, 1, 2, 0]
    assert not any(daemon.findings for daemon in after.values())


def test_the_page_shows_the_tutorial(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(TUTORIAL.parents[1])
    page = (TUTORIAL.parent / "inventory.md").read_text(encoding="utf-8")
    shown = page.partition("<!-- inventory: begin -->\n")[2].partition("<!-- inventory: end -->")[0]
    assert shown == RENDERERS["markdown"](inventory(TUTORIAL / "before"))


# --- what counts ----------------------------------------------------------------------------


def test_a_handle_that_is_registered_counts_once(take: Take) -> None:
    rows = take(
        """
        from daemonbase import DaemonBase, EventBus

        class A(DaemonBase):
            def __init__(self, bus: EventBus, other: EventBus) -> None:
                super().__init__(bus=bus)
                self.other = other

            async def initialize(self) -> None:
                self.register_subscription(self.other.subscribe("a", print))
                handle = self.other.subscribe("b", print)
                self.register_subscription(handle)
                many = []
                many.append(self.other.subscribe("c", print))
                for one in many:
                    self.register_subscription(one)
                self.register_subscription(elsewhere())
                self.register_interval("x", lambda: None, 5)
                self.defer_initialization(print, 1)

        def elsewhere(): ...
        """
    )
    assert counts(rows["A"]) == (4, 1, 1, 0, 0)
    assert all(site.registered for site in rows["A"].sites)
    assert rows["A"].priority == "low"


def test_a_timer_that_comes_back_is_an_interval(take: Take) -> None:
    rows = take(
        """
        import asyncio

        class A:
            def start(self):
                loop = asyncio.get_running_loop()
                self.once = loop.call_later(1, self.close)
                self.again = loop.call_later(1, self.tick)

            def tick(self):
                self.work()

            def work(self):
                self.start()

            def close(self):
                self.once.cancel()
                self.again.cancel()
        """
    )
    assert counts(rows["A"]) == (0, 1, 1, 0, 0)


def test_a_helper_counts_where_it_is_called(take: Take) -> None:
    rows = take(
        """
        import asyncio

        class Base:
            def spawn(self, work):
                self.tasks.append(asyncio.create_task(work))

            def spawn_two(self, work, more):
                self.spawn(work)
                self.spawn(more)

            async def shutdown(self):
                for task in self.tasks:
                    task.cancel()

        class A(Base):
            def start(self):
                self.spawn(self.run())
                self.spawn_two(self.run(), self.run())  # one place

            async def run(self): ...

        class B(Base):
            pass
        """
    )
    assert {name: counts(row) for name, row in rows.items()} == {
        "A": (0, 0, 0, 2, 0),
        "B": (0, 0, 0, 0, 0),
    }


def test_bases_count_unless_they_are_overridden(take: Take) -> None:
    rows = take(
        """
        from daemonbase import DaemonBase

        class Middle(DaemonBase):
            async def initialize(self) -> None:
                self.subscribe("a", print)

        class Calls(Middle):
            async def initialize(self) -> None:
                await super().initialize()
                self.subscribe("b", print)

        class Cuts(Middle):
            async def initialize(self) -> None:
                self.subscribe("b", print)

        class Inherits(Middle):
            pass
        """
    )
    assert "Middle" not in rows  # nobody makes one
    assert {name: counts(row)[0] for name, row in rows.items()} == {
        "Calls": 2,
        "Cuts": 1,
        "Inherits": 1,
    }


def test_a_base_that_is_made_has_a_row(take: Take) -> None:
    rows = take(
        """
        from daemonbase import DaemonBase, run

        class Middle(DaemonBase): ...
        class Leaf(Middle): ...

        def main() -> None:
            run(Middle(), Leaf())
        """
    )
    assert list(rows) == ["Middle", "Leaf"]


def test_what_a_base_with_a_row_takes_is_its_own_affair(take: Take) -> None:
    rows = take(
        """
        import threading

        class Base:
            def start(self):
                self.thread = threading.Thread(target=print)

            def stop(self):
                self.thread.join()

        class Leaf(Base): ...

        def main():
            Base(), Leaf()
        """
    )
    assert [counts(row)[3] for row in rows.values()] == [1, 1]
    assert [row.priority for row in rows.values()] == ["pattern match", "low"]


def test_what_a_ready_handler_filters_is_a_wait(take: Take) -> None:
    rows = take(
        """
        from daemonbase import DaemonBase

        class A(DaemonBase):
            async def initialize(self) -> None:
                self.register_subscription(self.bus.subscribe("system:ready", self.ready))
                self.register_subscription(self.bus.subscribe("system:ready", self.any))
                self.on_daemon_ready(self.which(), self.any)

            async def ready(self, payload) -> None:
                if payload["daemon"] == "data":
                    print("data")

            async def any(self, payload) -> None: ...

            def which(self) -> str: ...
        """
    )
    assert counts(rows["A"]) == (1, 0, 0, 0, 2)
    assert rows["A"].waits_for == ("data", "?")


# --- which classes --------------------------------------------------------------------------


def test_daemons_in_all_but_base(take: Take) -> None:
    rows = take(
        """
        import threading

        class Ends:
            def start(self):
                self.thread = threading.Thread(target=self.run)

            def run(self): ...

            def stop(self):
                self.thread.join()

        class NeverEnds:
            def start(self):
                self.thread = threading.Thread(target=print)

        class TakesNothing:
            def stop(self): ...
        """
    )
    assert list(rows) == ["Ends"]
    assert (rows["Ends"].base, rows["Ends"].cleanup) == ("", "stop")
    assert rows["Ends"].priority == "pattern match"


def test_a_family_of_which_hardly_any_takes_something_is_none(take: Take) -> None:
    many = "\n".join(f"class Flow{number}(Flow): ..." for number in range(20))
    rows = take(
        dedent(
            """
            import threading

            class Flow:
                def stop(self):
                    print()

            class Busy(Flow):
                def start(self):
                    self.thread = threading.Thread(target=print)
            """
        )
        + many
    )
    assert list(rows) == ["Busy"]
    assert rows["Busy"].base == "Flow"


def test_abstract_classes_have_no_row(take: Take) -> None:
    rows = take(
        """
        from abc import ABC, abstractmethod
        from daemonbase import DaemonBase

        class Abstract(DaemonBase):
            @abstractmethod
            async def work(self) -> None: ...

        class Marked(DaemonBase, ABC): ...

        class Real(Abstract):
            async def work(self) -> None: ...
        """
    )
    assert list(rows) == ["Real"]


def test_a_configured_base(tmp_path: Path) -> None:
    (tmp_path / "daemon-lint.toml").write_text(
        '[[bases]]\nclass = "base.Daemon"\nregister-interval = "every"\nshutdown = "stop"\n'
    )
    (tmp_path / "base.py").write_text("class Daemon:\n    def every(self, n, f, s): ...\n")
    (tmp_path / "app.py").write_text(
        "from base import Daemon\n\n\nclass A(Daemon):\n    def initialize(self):\n"
        '        self.every("x", print, 5)\n\n    def stop(self):\n        print()\n'
    )
    (row,) = inventory(tmp_path).daemons
    assert (row.name, row.base, row.strict, row.cleanup) == ("A", "Daemon", True, "stop")
    assert counts(row) == (0, 1, 0, 0, 0)


def test_priorities(take: Take) -> None:
    rows = take(
        """
        from daemonbase import DaemonBase

        class Migrated(DaemonBase):
            async def initialize(self) -> None:
                self.subscribe("a", print)
                self.register_interval("b", print, 5)

        class Finding(DaemonBase):
            async def initialize(self) -> None:
                self.on_daemon_ready("nobody", print)

        class OnePattern(DaemonBase):
            async def initialize(self) -> None:
                self.bus.subscribe("a", print)

        class TwoPatterns(DaemonBase):
            async def initialize(self) -> None:
                self.bus.subscribe("a", print)
                self.loop.set_interval(5, print)
        """
    )
    assert {name: row.priority for name, row in rows.items()} == {
        "Migrated": "low",
        "Finding": "pattern match",
        "OnePattern": "pattern match",
        "TwoPatterns": "complex",
    }


def test_a_defect_of_ours_takes_no_other_row_down(
    take: Take, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(reader: MethodReader) -> None:
        if reader.method.name == "bad":
            raise ZeroDivisionError

    read = MethodReader.read
    monkeypatch.setattr(MethodReader, "read", lambda reader: fail(reader) or read(reader))
    rows = take(
        """
        from daemonbase import DaemonBase

        class A(DaemonBase):
            async def initialize(self) -> None:
                self.subscribe("a", print)

            def bad(self) -> None:
                self.subscribe("b", print)
        """
    )
    assert counts(rows["A"])[0] == 1
    ((path, reason),) = inventory(tmp_path).skipped
    assert path.endswith("app.py") and reason == "line 8: reading it failed (ZeroDivisionError)"


# --- formats --------------------------------------------------------------------------------


def test_formats_say_the_same() -> None:
    found = inventory(TUTORIAL / "before")
    rendered = {name: render(found) for name, render in RENDERERS.items()}
    rows = json.loads(rendered["json"])
    (user,) = (row for row in rows if row["daemon"] == "UserDaemon")
    numbers = [user[f"{kind}s"] for kind in SITE_KINDS if kind != "wait"]
    assert numbers == [3, 2, 1, 0]
    assert user["waits_for"] == ["data"] and user["cleanup"] == "shutdown"
    assert {"kind", "text", "path", "line", "registered"} == set(user["handles"][0])
    assert [item["code"] for item in user["findings"]] == ["DMN101", "DMN102"]
    table = list(csv.DictReader(io.StringIO(rendered["csv"])))
    assert [row["daemon"] for row in table] == [row["daemon"] for row in rows]
    assert [int(row["findings"]) for row in table] == [len(row["findings"]) for row in rows]
    lines = rendered["text"].splitlines()
    ends = {line.index("priority") for line in lines[:1]}
    assert all(line[min(ends) :] in ("complex", "pattern match", "low") for line in lines[1:5])
    assert lines[-1].startswith("4 daemons in 9 files; 3 (75%) take something.")
    assert rendered["markdown"].count("\n| ") == len(rows) + 1
    assert "| UserDaemon | " in rendered["markdown"]


def test_cells_are_harmless(take: Take, tmp_path: Path) -> None:
    take(
        """
        from daemonbase import DaemonBase

        class A(DaemonBase):
            async def initialize(self) -> None:
                self.on_daemon_ready("=cmd|'x'!A0", print)
        """
    )
    found = inventory(tmp_path)
    (row,) = csv.DictReader(io.StringIO(RENDERERS["csv"](found)))
    assert row["waits for"].startswith("'=")
    assert r"=cmd\|" in RENDERERS["markdown"](found)
