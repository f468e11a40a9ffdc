"""A daemon's start: `initialize()`, the announcement, and what happens if either fails."""

from __future__ import annotations

import asyncio
import logging
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from daemonbase.checks import check_result, is_awaitable
from daemonbase.errors import DaemonClosedError, chain
from daemonbase.events import Announcement
from daemonbase.subscriptions import READY
from daemonbase.types import State

if TYPE_CHECKING:
    from daemonbase.daemon import DaemonBase
    from daemonbase.holdings import Holdings


class Starting:
    """One start, run by the caller of `start()`."""

    __slots__ = ("_daemon", "_holdings", "_loop", "_task")

    def __init__(self, daemon: DaemonBase, holdings: Holdings) -> None:
        self._daemon = daemon
        self._holdings = holdings
        self._loop = holdings.bind("start()")
        self._task = asyncio.current_task()

    async def run(self) -> None:
        """Initialise and announce; whatever fails, the daemon is shut down then."""
        holdings = self._holdings
        holdings.state = State.STARTING
        holdings.starter = self._task
        began = self._loop.time()
        try:
            # A subclass may well write a plain `def initialize`.
            result: Any = self._daemon.initialize()
            if is_awaitable(result):
                await holdings.handle(result)
            else:
                check_result(result, "initialize()")
            if holdings.state is State.STARTING:
                holdings.starter = None
                holdings.start_duration = self._loop.time() - began
                await self._announce()
            if holdings.ending is not None and not holdings.interrupted:
                # By initialize() itself, or by a handler of its announcement: there is no running
                # daemon to go on with.
                raise self._overtaken()
        except BaseException as error:
            if holdings.interrupted:
                await self._interrupted(error)
            else:
                await shut_after(self._daemon, error)
            raise
        else:
            if holdings.interrupted:  # pragma: no branch - 3.11 traces no way out after a throw()
                await self._interrupted(None)
        finally:
            holdings.starter = None

    async def _interrupted(self, error: BaseException | None) -> None:
        """`shutdown()` has told this start to end, by a cancellation: take that back and say so.

        Returns if `initialize()` has raised something else instead. Raises CancelledError if the
        task has been cancelled by others, too.
        """
        task = self._task
        assert task is not None  # only a task can have been told
        task.uncancel()
        with suppress(asyncio.CancelledError):  # initialize() may have ended before it arrived
            await asyncio.sleep(0)
        if task.cancelling():
            raise asyncio.CancelledError
        if error is None or isinstance(error, asyncio.CancelledError):
            raise self._overtaken() from None

    def _overtaken(self) -> DaemonClosedError:
        return DaemonClosedError(f"{self._holdings.name} was shut down while it started")

    async def _announce(self) -> None:
        holdings = self._holdings
        holdings.state = State.RUNNING
        holdings.running_since = self._loop.time()
        for waiter in list(holdings.waiters):
            if not waiter.armed:  # made before there was a loop
                waiter.arm(self._loop)
                waiter.deliver()
        holdings.say(logging.INFO, "started")
        holdings.announcement = Announcement(daemon=holdings.name)
        await holdings.bus.emit(READY, holdings.announcement)
        await asyncio.sleep(0)  # async ready callbacks have begun, on Python 3.11 too


async def shut_after(daemon: DaemonBase, error: BaseException) -> None:
    """Shut down because of `error`, which stays the one that is raised."""
    try:
        await daemon.shutdown()
    except (Exception, BaseExceptionGroup) as later:
        chain(error, later)
