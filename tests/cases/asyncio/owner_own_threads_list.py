"""Threads in a list that are started and joined; a second list is only counted."""

# rule: DMN103
from __future__ import annotations

import threading


class Crew:
    """Two lists of threads."""

    def __init__(self, size: int) -> None:
        self._threads: list[threading.Thread] = []
        self._extras: list[threading.Thread] = []
        for number in range(size):
            thread = threading.Thread(target=self._work, args=(number,))
            self._threads.append(thread)
            thread.start()

    def add(self) -> None:
        extra = threading.Thread(target=self._work, args=(0,))  # error: DMN103
        self._extras.append(extra)
        extra.start()

    def _work(self, number: int) -> None:
        threading.Event().wait()
        print(number)

    def close(self) -> None:
        for thread in self._threads:
            thread.join()
        print(sum(extra.is_alive() for extra in self._extras), "extras are left")
