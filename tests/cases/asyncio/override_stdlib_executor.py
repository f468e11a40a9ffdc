"""ThreadPoolExecutor.shutdown overridden without it: the threads go on."""
# rule: DMN201
from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor


class CountingExecutor(ThreadPoolExecutor):
    """Counts what was submitted."""

    def __init__(self, workers: int) -> None:
        super().__init__(workers)
        self.submitted = 0

    def submit(self, fn, /, *args, **kwargs):
        self.submitted += 1
        return super().submit(fn, *args, **kwargs)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:  # error: DMN201
        print("submitted", self.submitted)
        self.submitted = 0
