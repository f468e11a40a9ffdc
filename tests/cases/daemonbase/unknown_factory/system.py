"""A function makes daemons with names that are its callers'."""
# rule: DMN303
# case: multi-file

from __future__ import annotations

from functools import partial

from daemonbase import DaemonBase, EventBus


class Worker(DaemonBase):
    """Works."""


def make(label: str, bus: EventBus) -> Worker:
    """A worker."""
    return Worker(label, bus=bus)


make_alpha = partial(Worker, "alpha")


class Overseer(DaemonBase):
    """Waits for them."""

    name = "overseer"

    async def initialize(self) -> None:
        self.on_daemon_ready("alpha", self.count)
        self.on_daemon_ready("beta", self.count)

    async def count(self) -> None: ...


def build(bus: EventBus) -> list[DaemonBase]:
    """All."""
    return [make_alpha(bus=bus), make("beta", bus), Overseer(bus=bus)]
