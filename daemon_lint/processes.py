"""Work spread over processes: files to read, files to check."""

from __future__ import annotations

import multiprocessing
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import TypeVar

from daemon_lint.contracts import ConfigError

_Item = TypeVar("_Item")
_Result = TypeVar("_Result")


def spread(
    function: Callable[[_Item], _Result], items: Sequence[_Item], jobs: int, chunk: int
) -> Iterator[_Result]:
    """What a function of a module gives for each item, in order, by `jobs` processes.

    Where processes can be forked they share what this one holds. `chunk` items go to a process at
    a time. Raises ConfigError if a process is killed.
    """
    # Not multiprocessing.Pool: it waits for ever for a process that was killed, and one of its
    # threads spins while results are read (CPython 3.11 to 3.13).
    context = multiprocessing.get_context("fork" if sys.platform == "linux" else None)
    executor = ProcessPoolExecutor(jobs, context, initializer=_leave_interrupts)
    try:
        yield from executor.map(function, items, chunksize=chunk)
    except BrokenProcessPool:
        raise ConfigError(
            "a process that looked at the files was killed, perhaps since memory ran out; "
            "try again with --jobs 1"
        ) from None
    finally:
        executor.shutdown(cancel_futures=True)


def _leave_interrupts() -> None:
    """Ctrl-C goes to all processes of a terminal; the first one ends the others."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
