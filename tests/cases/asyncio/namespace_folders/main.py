"""Folders without `__init__` are packages where an import names them from a folder above."""
# case: multi-file
# rule: DMN201

from acme.lines.ports import Port
from vendored.lines.ports import Port as OtherPort


class TopPort(Port):
    def close(self) -> None:  # error: DMN201
        self.baud = 0


class Vendored(OtherPort):
    def close(self) -> None:
        self.baud = 0
