"""The pytest plugin: every kind of leak fails its test, clean tests pass, under each harness."""

from __future__ import annotations

import textwrap

import pytest

pytest_plugins = ["pytester"]

HEAD = """
import asyncio, threading, time
import pytest
from daemonbase import DaemonBase, EventBus, mark_process_lifetime

class Holder(DaemonBase):
    name = "holder"
    def __init__(self):
        super().__init__(bus=EventBus())
    async def tick(self): ...
"""


def check(
    pytester: pytest.Pytester, body: str, *arguments: str, ini: str = ""
) -> tuple[dict[str, int], str]:
    """Run a test file: the outcomes, and what was printed."""
    pytester.makepyfile(HEAD + textwrap.dedent(body))
    scope = "asyncio_default_fixture_loop_scope = function"  # or pytest-asyncio warns
    pytester.makeini(f"[pytest]\n{scope}\n{ini}")
    # Without -rN, pytest repeats whole messages in its summary where CI is set.
    quiet = ("-p", "no:cacheprovider", "-p", "no:xdist", "-q", "-rN", *arguments)
    result = pytester.runpytest_inprocess(*quiet)
    return result.parseoutcomes(), result.stdout.str()


LEAKS = {
    "daemon": (
        """
        async def main():
            await Holder().start()  # acquired here
        """,
        "daemon holder (running) was never shut down; it holds nothing",
    ),
    "subscription of a daemon": (
        """
        async def main():
            d = Holder()
            d.register_subscription(lambda: None)  # acquired here
        """,
        "it holds 1 subscription(s)",
    ),
    "subscription without a daemon": (
        """
        bus = EventBus()
        async def main():
            bus.subscribe("event", print)  # acquired here
        """,
        "print of event 'event'",
    ),
    "interval": (
        """
        async def main():
            Holder().register_interval("poll", print, 60)  # acquired here
        """,
        "poll of daemon holder",
    ),
    "deferred": (
        """
        async def main():
            Holder().defer_initialization(print, 60)  # acquired here
        """,
        "print of daemon holder",
    ),
    "task of a daemon": (
        """
        async def main():
            d = Holder()
            d.register_task(asyncio.sleep(60), name="sleeper")  # acquired here
            await asyncio.sleep(0)
        """,
        "holder:sleeper of daemon holder",
    ),
    "task": (
        """
        async def main():
            asyncio.create_task(asyncio.sleep(60), name="stray")
            await asyncio.sleep(0)
        """,
        "stray (sleep) waits at",
    ),
    "timer": (
        """
        async def main():
            asyncio.get_running_loop().call_later(60, print)
        """,
        "print is still due",
    ),
    "error": (
        """
        async def fail():
            raise ValueError("lost")
        async def main():
            asyncio.create_task(fail())
            await asyncio.sleep(0)
            await asyncio.sleep(0)
        """,
        "Task exception was never retrieved: ValueError: lost",
    ),
    "error in a destructor": (
        """
        class Cycle:
            def __init__(self): self.me = self
            def __del__(self): raise ValueError("ill")
        async def main():
            Cycle()
        """,
        "in a destructor: ValueError: ill",
    ),
    "thread": (
        """
        async def main():
            threading.Thread(target=time.sleep, args=(0.4,), name="worker", daemon=True).start()
        """,
        "- worker",
    ),
}
TEST = """
def test_it(no_daemon_leaks):
    asyncio.run(main())
"""


def test_each_kind_of_leak_fails_at_teardown(pytester: pytest.Pytester) -> None:
    body = ""
    for number, (code, _) in enumerate(LEAKS.values()):
        body += textwrap.dedent(code).replace("main()", f"main{number}()")
        body += TEST.replace("main()", f"main{number}()").replace("test_it", f"test_{number}")
    outcomes, output = check(pytester, body)
    assert outcomes == {"passed": len(LEAKS), "errors": len(LEAKS)}, output
    parts = output.split("ERROR at teardown of ")[1:]
    lines = (HEAD + body).strip().splitlines()
    marked = [number for number, line in enumerate(lines, 1) if "acquired here" in line]
    for part, (kind, (code, text)) in zip(parts, LEAKS.items(), strict=True):
        assert f"{kind.split()[0]}: 1" in part, kind
        assert text in part, kind
        if "# acquired here" in code:
            number = marked.pop(0)
            name = "test_each_kind_of_leak_fails_at_teardown.py"
            assert f"acquired at {pytester.path / name}:{number}" in part, part
            assert lines[number - 1].strip() in part


CLEAN = """
async def main():
    async with Holder() as d:
        d.subscribe("event", print)
        d.register_interval("poll", d.tick, 60)
        d.defer_initialization(d.tick, 60)
        d.register_task(asyncio.sleep(60))
        d.on_daemon_ready("other", d.tick, timeout=60)
    loop = asyncio.get_running_loop()
    for _ in range(50):
        loop.call_later(60, print).cancel()
    asyncio.create_task(asyncio.sleep(0))
    Holder()  # never started, and it holds nothing
    thread = threading.Thread(target=time.sleep, args=(0.01,))
    thread.start()
"""


def test_a_clean_test_passes(pytester: pytest.Pytester) -> None:
    outcomes, output = check(pytester, CLEAN + TEST)
    assert outcomes == {"passed": 1}, output


def test_a_failed_test_gets_no_extra_noise(pytester: pytest.Pytester) -> None:
    outcomes, output = check(
        pytester,
        LEAKS["daemon"][0]
        + """
        def test_it(no_daemon_leaks):
            asyncio.run(main())
            assert 1 == 2
        """,
    )
    assert outcomes == {"failed": 1}
    assert "leaked" not in output


def test_a_test_that_was_cut_short_gets_no_extra_noise(pytester: pytest.Pytester) -> None:
    pytester.makepyfile("""
        import pytest
        from daemonbase import EventBus

        @pytest.mark.xfail(raises=ValueError)
        def test_expected(no_daemon_leaks):
            EventBus().subscribe("e", print)
            raise ValueError

        def test_skipped(no_daemon_leaks):
            EventBus().subscribe("e", print)
            pytest.skip("the rest")
    """)
    pytester.runpytest().assert_outcomes(xfailed=1, skipped=1)


def test_a_repetition_of_a_failed_test_is_checked(pytester: pytest.Pytester) -> None:
    """As pytest-rerunfailures does it: the same item once more."""
    pytester.makeconftest("""
        from _pytest.runner import runtestprotocol

        def pytest_runtest_protocol(item, nextitem):
            for _ in range(2):
                item._initrequest()
                runtestprotocol(item, nextitem=nextitem)
            return True
    """)
    pytester.makepyfile("""
        from daemonbase import EventBus

        runs = []

        def test_it(no_daemon_leaks):
            EventBus().subscribe("e", print)
            runs.append(1)
            assert len(runs) > 1
    """)
    pytester.runpytest().assert_outcomes(failed=1, passed=1, errors=1)


def test_the_marker_and_the_ini_option(pytester: pytest.Pytester) -> None:
    body = (
        LEAKS["interval"][0]
        + """
        @pytest.mark.no_daemon_leaks
        def test_marked():
            asyncio.run(main())

        def test_plain():
            asyncio.run(main())
        """
    )
    assert check(pytester, body)[0] == {"passed": 2, "errors": 1}
    assert check(pytester, body, ini="no_daemon_leaks = true")[0] == {"passed": 2, "errors": 2}


def test_allow_leaks_by_kind(pytester: pytest.Pytester) -> None:
    body = (
        LEAKS["interval"][0]
        + """
        @pytest.mark.allow_leaks("daemon", "interval")
        def test_enough():
            asyncio.run(main())

        @pytest.mark.allow_leaks("daemon")
        def test_too_few():
            asyncio.run(main())

        @pytest.mark.allow_leaks()
        def test_all():
            asyncio.run(main())

        @pytest.mark.allow_leaks("intervals")
        def test_typo():
            asyncio.run(main())
        """
    )
    outcomes, output = check(pytester, body, ini="no_daemon_leaks = true")
    assert outcomes == {"passed": 3, "errors": 2}
    assert "allow_leaks does not know 'intervals'; the kinds are daemon, subscription" in output


def test_process_lifetime_is_not_reported(pytester: pytest.Pytester) -> None:
    body = """
    bus = EventBus()
    async def main():
        d = mark_process_lifetime(Holder())
        await d.start()
        d.register_interval("poll", print, 60)
        mark_process_lifetime(bus.subscribe("event", print))
        loop = asyncio.get_running_loop()
        mark_process_lifetime(loop.call_later(60, print))
        mark_process_lifetime(asyncio.create_task(asyncio.sleep(60)))
        await asyncio.sleep(0)
        thread = threading.Thread(target=time.sleep, args=(0.3,), daemon=True)
        mark_process_lifetime(thread).start()
    """
    outcomes, output = check(pytester, textwrap.dedent(body) + TEST)
    assert outcomes == {"passed": 1}, output


def test_the_helper_shuts_down_before_the_check(pytester: pytest.Pytester) -> None:
    body = """
    async def main(daemons):
        await daemons.add(Holder()).start()
        late = daemons.add(Holder())
        late.register_interval("poll", print, 60)

    def test_in_a_runner(no_daemon_leaks):
        asyncio.run(main(no_daemon_leaks))

    def test_in_a_loop_of_its_own(no_daemon_leaks):
        loop = asyncio.new_event_loop()
        loop.run_until_complete(main(no_daemon_leaks))

    def test_without_a_loop(no_daemon_leaks):
        no_daemon_leaks.add(Holder()).register_subscription(lambda: None)

    def test_with_a_loop_that_is_gone(no_daemon_leaks):
        loop = asyncio.new_event_loop()
        loop.run_until_complete(main(no_daemon_leaks))
        loop.close()

    class Failing(Holder):
        async def cleanup(self):
            raise ValueError("ill")

    def test_that_fails_to_end(no_daemon_leaks):
        no_daemon_leaks.add(Failing())
    """
    outcomes, output = check(pytester, body)
    assert outcomes == {"passed": 5, "errors": 1}, output
    assert "shutdown of holder raised ValueError: ill" in output


def test_what_a_test_adds_to_an_older_daemon(pytester: pytest.Pytester) -> None:
    body = """
    older = Holder()
    older.register_subscription(lambda: None)

    def test_adds(no_daemon_leaks):
        older.register_subscription(lambda: None)

    def test_adds_nothing(no_daemon_leaks):
        handle = older.register_subscription(lambda: None)
        assert older.unregister_subscription(handle)
    """
    outcomes, output = check(pytester, body)
    assert outcomes == {"passed": 2, "errors": 1}, output
    assert "subscription: 1" in output


def test_many_are_cut_short(pytester: pytest.Pytester) -> None:
    body = """
    bus = EventBus()
    async def main():
        for _ in range(14):
            bus.subscribe("event", print)
    """
    _, output = check(pytester, textwrap.dedent(body) + TEST)
    assert "subscription: 14" in output
    assert "+ 4 more" in output
    assert output.count("- print of event") == 10


def test_memory_on_demand(pytester: pytest.Pytester) -> None:
    body = """
    kept = []

    async def main():
        async with Holder() as d:
            kept.append(d)
            gone = Holder()
            await gone.shutdown()

    @pytest.mark.no_daemon_leaks(memory=True)
    def test_it():
        asyncio.run(main())
    """
    outcomes, output = check(pytester, body)
    assert outcomes == {"passed": 1, "errors": 1}
    assert "memory: 1" in output
    assert "daemon holder has shut down, but is referred to by: list" in output


ASYNC_BODY = """
import pytest_asyncio

@pytest.fixture
async def own():
    d = Holder()
    async with d:
        yield d

@pytest_asyncio.fixture
async def own_asyncio():
    async with Holder() as d:
        yield d

MARK
async def test_clean(OWN):
    OWN.register_interval("poll", OWN.tick, 60)
    await asyncio.sleep(0)

MARK
async def test_leaks_a_daemon():
    await Holder().start()

MARK
async def test_leaks_a_task():
    asyncio.create_task(asyncio.sleep(60), name="stray")
    await asyncio.sleep(0)

MARK
async def test_helper(no_daemon_leaks):
    await no_daemon_leaks.add(Holder()).start()
"""


@pytest.mark.parametrize(
    ("harness", "mark", "fixture", "ini"),
    [
        ("pytest-asyncio", "@pytest.mark.asyncio", "own_asyncio", ""),
        ("pytest-asyncio", '@pytest.mark.asyncio(loop_scope="session")', "own_session", ""),
        ("anyio", "@pytest.mark.anyio", "own", ""),
    ],
    ids=["pytest-asyncio", "session-loop", "anyio"],
)
def test_with_other_harnesses(
    pytester: pytest.Pytester, harness: str, mark: str, fixture: str, ini: str
) -> None:
    pytest.importorskip(harness.replace("-", "_"), reason=f"{harness} is not installed")
    body = ASYNC_BODY.replace("MARK", mark).replace("OWN", fixture)
    if fixture == "own_session":
        body = body.replace("@pytest_asyncio.fixture\n", SESSION).replace("own_asyncio", fixture)
    if harness == "anyio":
        body += "\n@pytest.fixture\ndef anyio_backend():\n    return 'asyncio'\n"
        body = body.replace("import pytest_asyncio\n", "").replace(
            "@pytest_asyncio.fixture\n", "@pytest.fixture\n"
        )
    outcomes, output = check(pytester, body, ini=f"no_daemon_leaks = true\n{ini}")
    assert outcomes == {"passed": 4, "errors": 2}, output
    assert "daemon holder (running) was never shut down" in output
    assert "task: 1" in output


SESSION = '@pytest_asyncio.fixture(loop_scope="session")\n'


def test_with_unittest_and_uvloop(pytester: pytest.Pytester) -> None:
    pytest.importorskip("uvloop", reason="uvloop is not installed")
    body = """
    import unittest, uvloop

    class Case(unittest.IsolatedAsyncioTestCase):
        async def test_leaks(self):
            await Holder().start()

        async def test_clean(self):
            async with Holder() as d:
                d.register_interval("poll", d.tick, 60)

    def test_uvloop():
        async def main():
            asyncio.create_task(asyncio.sleep(60))
            await asyncio.sleep(0)
        with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
            runner.run(main())
    """
    outcomes, output = check(pytester, body, ini="no_daemon_leaks = true")
    assert outcomes == {"passed": 3, "errors": 2}, output
