"""Work spread over processes comes back in order; a process that dies is said, not waited for."""

from __future__ import annotations

import os
import signal
from collections.abc import Generator

import pytest

from daemon_lint.contracts import ConfigError
from daemon_lint.processes import spread


def _square(number: int) -> tuple[int, int]:
    return number * number, os.getpid()


def _die_at_seven(number: int) -> int:
    if number == 7:
        os.kill(os.getpid(), signal.SIGKILL)
    return number


def _fail(number: int) -> int:
    raise ValueError(f"no {number}")


def test_results_come_in_order_from_other_processes() -> None:
    found = list(spread(_square, range(100), jobs=2, chunk=3))
    assert [result for result, _ in found] == [number * number for number in range(100)]
    assert os.getpid() not in {process for _, process in found}


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no process can be killed here")
def test_a_killed_process_is_one_clear_sentence() -> None:
    with pytest.raises(ConfigError, match=r"killed.*--jobs 1"):
        list(spread(_die_at_seven, range(100), jobs=2, chunk=5))


def test_an_exception_goes_to_the_caller() -> None:
    with pytest.raises(ValueError, match="no 0"):
        list(spread(_fail, range(10), jobs=2, chunk=5))


def test_who_stops_asking_leaves_no_process_behind() -> None:
    results = spread(_square, range(10_000), jobs=2, chunk=10)
    _, process = next(results)
    assert isinstance(results, Generator)
    results.close()
    with pytest.raises(ProcessLookupError):
        os.kill(process, 0)
