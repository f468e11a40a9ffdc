"""Awaiting a coroutine in the caller's own task, but not for ever.

`asyncio.timeout` can only cancel: a coroutine that swallows the cancellation, or waits for a task
that does, would hold its caller for ever. A task of its own could be left behind, but then a
cleanup hook could not leave a cancel scope that was entered by the same caller (python-sdk of MCP,
issue 79: "exit cancel scope in a different task"). So the coroutine is stepped by hand.
"""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Generator
from typing import Any, Final

_ENDED: Final = object()


class Bounded:
    """Runs a coroutine to its end in the current task, cancels it when its time is up.

    After the await, `error` is what the coroutine raised, `cancelled` the cancellation that the
    task got from outside meanwhile, `overdue` says whether the time was up, and `abandoned`
    whether it went on in spite of that.
    """

    __slots__ = (
        "_coroutine",
        "_grace",
        "_loop",
        "_noticed",
        "_reminders",
        "_task",
        "_timer",
        "_waits_for",
        "abandoned",
        "cancelled",
        "error",
        "timeout",
    )

    def __init__(
        self,
        coroutine: Coroutine[Any, Any, object],
        waits_for: object,
        timeout: float,
        grace: float,
    ) -> None:
        """`coroutine` has been begun with `send(None)`, which gave `waits_for`.

        After `timeout` seconds it is cancelled, `grace` seconds later it is abandoned.
        """
        self._coroutine = coroutine
        self._waits_for = waits_for
        self.timeout = timeout
        self._grace = grace
        self._loop = asyncio.get_running_loop()
        self._task = asyncio.current_task()
        self._timer = self._loop.call_later(timeout, self._remind)
        self._reminders = 0
        self._noticed = 0
        self.error: BaseException | None = None
        self.cancelled: asyncio.CancelledError | None = None
        self.abandoned = False

    @property
    def overdue(self) -> bool:
        """Whether the time was up before the coroutine ended."""
        return self._reminders > 0

    def __await__(self) -> Generator[Any, Any, None]:
        try:
            yield from self._steps()
        except GeneratorExit:
            self._coroutine.close()
            raise
        except BaseException as error:
            self.error = error
        finally:
            self._timer.cancel()
            if self._task is not None:
                for _ in range(self._reminders):
                    self._task.uncancel()

    def _steps(self) -> Generator[Any, Any, None]:
        waits_for, self._waits_for = self._waits_for, None
        while waits_for is not _ENDED:
            thrown: BaseException | None = None
            if waits_for is None:  # a bare yield: asyncio.sleep(0)
                try:
                    yield
                except asyncio.CancelledError as error:
                    self._note(error)
                    thrown = error
            elif not asyncio.isfuture(waits_for) or waits_for is self._task:
                thrown = RuntimeError(f"a coroutine waits for {waits_for!r}, which never comes")
            else:
                thrown = yield from self._wait(waits_for)
            if self._reminders > 1:
                self._abandon()
                return
            waits_for = self._advance(thrown)

    def _advance(self, thrown: BaseException | None) -> object:
        """Let the coroutine go on up to its next wait; what it waits for."""
        try:
            if thrown is None:
                return self._coroutine.send(None)
            return self._coroutine.throw(thrown)
        except StopIteration:
            return _ENDED

    def _wait(self, future: asyncio.Future[Any]) -> Generator[Any, Any, BaseException | None]:
        """Wait for what the coroutine waits for, through a future that only this task cancels.

        As a task does, hand a cancellation on to the future; the coroutine sees it when that is
        done, or at once if there was nothing to cancel.
        """
        future._asyncio_future_blocking = False
        while not future.done():
            woken = self._loop.create_future()

            def wake(_: object, woken: asyncio.Future[None] = woken) -> None:
                if not woken.done():
                    woken.set_result(None)

            future.add_done_callback(wake)
            try:
                yield from woken
            except asyncio.CancelledError as error:
                future.remove_done_callback(wake)
                self._note(error)
                # With its message: anyio knows its own cancellations by that.
                if self._reminders > 1 or not future.cancel(*error.args[:1]):
                    return error
        return None

    def _note(self, error: asyncio.CancelledError) -> None:
        """A cancellation has arrived: one of ours, or one from outside."""
        if self._noticed < self._reminders:
            self._noticed = self._reminders
        else:
            self.cancelled = error

    def _remind(self) -> None:
        self._reminders += 1
        if self._reminders == 1:
            self._timer = self._loop.call_later(self._grace, self._remind)
        if self._task is not None:
            self._task.cancel()

    def _abandon(self) -> None:
        self.abandoned = True
        # It is told that it is over; if it goes on all the same, nobody listens any more.
        self._coroutine.close()
