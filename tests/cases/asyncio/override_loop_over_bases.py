"""Loops over bases: a literal tuple, __bases__, the MRO."""
# rule: DMN201, DMN202
from __future__ import annotations


class Reader:
    """Reads."""

    queue: list[bytes] = []

    def close(self) -> None:
        self.queue = []

    def stop(self) -> None:
        self.queue = []

    def shutdown(self) -> None:
        self.queue = []


class Writer:
    """Writes."""

    pending: list[bytes] = []

    def close(self) -> None:
        self.pending = []

    def stop(self) -> None:
        self.pending = []

    def shutdown(self) -> None:
        self.pending = []


class Stream(Reader, Writer):
    """Both ways."""

    def close(self) -> None:
        for base in (Writer, Reader):
            base.close(self)

    def stop(self) -> None:
        for base in type(self).__bases__:
            base.stop(self)

    def shutdown(self) -> None:
        for cls in Stream.__mro__[1:]:
            method = cls.__dict__.get("shutdown")
            if method is not None:
                method(self)
