"""Supers of methods that are no ends of life, in ends of life, are left alone."""
# rule: DMN201, DMN204
from __future__ import annotations


class Job:
    """A job."""

    state = "new"

    def save(self) -> None:
        self.state = "saved"

    def close(self) -> None:
        self.state = "closed"

    def reset(self) -> None:
        self.state = "new"


class BatchJob(Job):
    """Saves its state before, resets after."""

    def save(self) -> None:
        print("batch")

    def close(self) -> None:
        super().save()
        super().close()
        super().reset()

    def reset(self) -> None:
        super().close()
        super().reset()
