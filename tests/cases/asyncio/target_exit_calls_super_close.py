"""__exit__ calls super().close() instead of the base's __exit__, which does more."""
# rule: DMN201, DMN204
from __future__ import annotations


class Job:
    """A job with a lock."""

    locked = False
    rows: tuple[str, ...] = ()

    def __enter__(self) -> Job:
        self.locked = True
        return self

    def __exit__(self, *exc: object) -> None:
        self.locked = False
        self.close()

    def close(self) -> None:
        self.rows = ()


class BatchJob(Job):
    """Leaves the lock."""

    def __exit__(self, *exc: object) -> None:  # error: DMN201
        print("leaving")
        super().close()  # error: DMN204
