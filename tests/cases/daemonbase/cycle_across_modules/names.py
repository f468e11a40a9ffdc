"""The names of the system."""
# rule: DMN304
# case: multi-file

from enum import StrEnum, auto


class Name(StrEnum):
    MAIL = auto()
    ADDRESS = auto()
