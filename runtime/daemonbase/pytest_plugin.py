"""The pytest plugin: no test leaves a daemon, subscription, interval or task behind.

- the fixture `no_daemon_leaks`, or the marker of that name, checks a test at its teardown;
- the ini option `no_daemon_leaks = true` checks all tests;
- `@pytest.mark.allow_leaks("timer", …)` exempts kinds, without arguments all of them.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator
from typing import TYPE_CHECKING, Any, TypeVar, cast

import pytest

if TYPE_CHECKING:
    from daemonbase.daemon import DaemonBase
    from daemonbase.leaks import LeakTracker

FIXTURE = "no_daemon_leaks"
_failed = pytest.StashKey[bool]()

D = TypeVar("D", bound="DaemonBase")


class Daemons:
    """What the fixture gives: daemons added to it are shut down at teardown, before the check."""

    def __init__(self, tracker: LeakTracker) -> None:
        self._tracker = tracker

    def add(self, daemon: D) -> D:
        """Have a daemon shut down at the end of the test; returns it."""
        self._tracker.helped.append(daemon)
        return daemon


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addini(FIXTURE, "check every test for leaked daemons", type="bool", default=False)


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line(
        "markers",
        f"{FIXTURE}(memory=False): fail if the test leaves daemons, subscriptions, intervals, "
        "tasks, timers or threads behind; with memory=True also daemons that nothing frees",
    )
    config.addinivalue_line(
        "markers", "allow_leaks(*kinds): kinds of leaks that this test may have; all if none given"
    )


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    for item in items:
        names: list[str] | None = getattr(item, "fixturenames", None)
        if names is None or not (
            FIXTURE in names or config.getini(FIXTURE) or item.get_closest_marker(FIXTURE)
        ):
            continue
        # Set up before the test's own fixtures, it is torn down after they have cleaned up. What
        # lives longer than the test (a fixture of the module, setup_class) comes before it.
        others = [name for name in names if name != FIXTURE]
        first = next((at for at, name in enumerate(others) if _of_test(item, name)), len(others))
        names[:] = [*others[:first], FIXTURE, *others[first:]]


def _of_test(item: pytest.Item, name: str) -> bool:
    """Whether a fixture is set up for this test alone."""
    known = getattr(getattr(item, "_fixtureinfo", None), "name2fixturedefs", {})
    definitions = known.get(name)
    return not definitions or definitions[-1].scope == "function"


# The older form of a wrapper: the plugin loads by itself, under pytest 7, too.
@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[Any]
) -> Generator[None, Any, None]:
    outcome = yield
    # An exception that is expected (xfail), or skips the rest, has cut the test short, too.
    if call.excinfo is not None or outcome.get_result().failed:
        item.stash[_failed] = True


@pytest.fixture
def no_daemon_leaks(request: pytest.FixtureRequest) -> Iterator[Daemons]:
    """Fail the test if it leaves anything behind; naming each with the line that acquired it.

    The fixture's value has `add(daemon)`. A test that has failed, or was
    cut short, is not checked.
    """
    from daemonbase import leaks

    # pytest leaves the type of `node` open.
    node = cast(pytest.Item, request.node)  # pyright: ignore[reportUnknownMemberType]
    marker = node.get_closest_marker("allow_leaks")
    allowed: tuple[str, ...] = (marker.args or leaks.KINDS) if marker is not None else ()
    unknown = sorted(set(allowed) - set(leaks.KINDS))
    if unknown:
        pytest.fail(
            f"allow_leaks does not know {', '.join(map(repr, unknown))}; the kinds are "
            f"{', '.join(leaks.KINDS)}",
            pytrace=False,
        )
    wanted = node.get_closest_marker(FIXTURE)
    node.stash[_failed] = False  # it may be a repetition, after a failure
    tracker = leaks.LeakTracker()
    tracker.begin()
    try:
        yield Daemons(tracker)
        found = tracker.leaks(allowed, memory=bool(wanted and wanted.kwargs.get("memory")))
    finally:
        tracker.end()
    if found and not node.stash[_failed]:
        pytest.fail(f"{node.nodeid} left something behind\n{leaks.report(found)}", pytrace=False)
