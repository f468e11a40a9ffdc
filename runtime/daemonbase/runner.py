"""Running daemons as a program: signals, start in order, shutdown in reverse."""

from __future__ import annotations

import asyncio
import signal
from types import FrameType

from daemonbase.daemon import DaemonBase

_SIGNALS = (signal.SIGINT, signal.SIGTERM)


def run(*daemons: DaemonBase) -> int:
    """Start the daemons in order and run until SIGINT or SIGTERM, then shut down in reverse.

    If a start fails, those already started are shut down and the error is raised. A second signal
    ends the process at once. Returns 0, or 128 plus the number of the signal. The signal handlers
    that were there before are restored.
    """
    return asyncio.run(_serve(daemons))


async def _serve(daemons: tuple[DaemonBase, ...]) -> int:
    loop = asyncio.get_running_loop()
    stop = asyncio.Event()
    received: list[int] = []

    def handle(number: int, frame: FrameType | None) -> None:
        if received:
            signal.signal(number, signal.SIG_DFL)
            signal.raise_signal(number)
        received.append(number)
        loop.call_soon_threadsafe(stop.set)

    before = {number: signal.signal(number, handle) for number in _SIGNALS}
    started: list[DaemonBase] = []
    errors: list[BaseException] = []
    try:
        for daemon in daemons:
            if stop.is_set():
                break
            await daemon.start()
            started.append(daemon)
        await stop.wait()
    finally:
        for daemon in reversed(started):
            try:
                await daemon.shutdown()
            except Exception as error:  # the others must still be shut down
                errors.append(error)
        for number, handler in before.items():
            signal.signal(number, handler)
    if errors:
        raise BaseExceptionGroup("daemons shut down with errors", errors)
    return 128 + received[0] if received else 0
