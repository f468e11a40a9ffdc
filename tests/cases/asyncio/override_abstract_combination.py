"""Only an abstract class combines the mixin with the service; its subclass repairs the order."""
# rule: DMN201
from __future__ import annotations

import abc


class Service:
    """Something with a port."""

    ports: list[int] = []

    def stop(self) -> None:
        self.ports = []


class TimerMixin:
    """Counts ticks."""

    ticks = 0

    def stop(self) -> None:
        self.ticks = 0


class AbstractPoller(TimerMixin, Service, abc.ABC):
    """Cannot be made: poll is abstract."""

    @abc.abstractmethod
    def poll(self) -> int:
        """Poll once."""


class Poller(AbstractPoller):
    """The one that can."""

    def poll(self) -> int:
        return self.ticks

    def stop(self) -> None:
        TimerMixin.stop(self)
        Service.stop(self)
