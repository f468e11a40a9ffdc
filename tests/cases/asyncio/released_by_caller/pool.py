"""Ends its workers itself."""

from worker import Worker


class Pool:
    def __init__(self) -> None:
        self.worker = Worker()
        self.worker.start()

    def close(self) -> None:
        self.worker.task.cancel()
        self.worker.halt_timer()
        self.worker.stop()
