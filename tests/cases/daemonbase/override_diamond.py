"""A mixin that looks complete alone cuts the daemon off in the diamond."""
# rule: DMN201

from daemonbase import DaemonBase


class QueueDaemon(DaemonBase):
    async def cleanup(self) -> None:
        print("draining the queue")


class MetricsMixin:
    async def cleanup(self) -> None:  # error: DMN201
        print("flushing metrics")
        self.flushed = True


class MeteredQueueDaemon(MetricsMixin, QueueDaemon):
    pass


class PoliteMixin:
    async def cleanup(self) -> None:
        print("flushing metrics")
        await super().cleanup()


class PoliteQueueDaemon(PoliteMixin, QueueDaemon):
    pass


class ComposedQueueDaemon(QueueDaemon, DaemonBase):
    async def cleanup(self) -> None:
        await QueueDaemon.cleanup(self)
