"""Typed identity helpers with a statement before the return; all results are registered."""

# rule: DMN101, DMN103
from __future__ import annotations

import asyncio
import logging

from daemonbase import DaemonBase, Subscription, Unsubscribe

log = logging.getLogger(__name__)


def printing(handle: Unsubscribe) -> Unsubscribe:
    print("made")
    return handle


def logging_it(handle: Unsubscribe, name: str) -> Unsubscribe:
    log.info("made %s", name)
    return handle


def checking(handle: Unsubscribe | None) -> Unsubscribe:
    if handle is None:
        raise RuntimeError("no handle")
    return handle


def sub(handle: Subscription) -> Subscription:
    print("made")
    return handle


def named(task: asyncio.Task[None], name: str) -> asyncio.Task[None]:
    print("made", name)
    return task


class UserDaemon(DaemonBase):
    """All are registered."""

    async def initialize(self) -> None:
        self.register_subscription(printing(self.bus.subscribe("a", print)))
        self.register_subscription(logging_it(self.bus.subscribe("b", print), "b"))
        self.register_subscription(checking(self.bus.subscribe("c", print)))
        self.register_subscription(sub(self.bus.subscribe("d", print)))
        self.register_task(named(asyncio.create_task(self.run()), "run"))

    async def run(self) -> None:
        await asyncio.Event().wait()
