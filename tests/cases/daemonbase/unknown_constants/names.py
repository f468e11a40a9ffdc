"""The names of the system."""
# rule: DMN303
# case: multi-file

from enum import Enum, StrEnum, auto

DATA = "data"
MAIL = "mail"
GONE = "departed"


class Daemons(StrEnum):
    USER = auto()
    SESSION = "session"
    OLD = "archived"


class Kinds(Enum):
    ROOM = "room"
