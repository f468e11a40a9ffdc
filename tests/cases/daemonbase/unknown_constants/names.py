"""The names of the system."""
# rule: DMN303
# case: multi-file

from enum import Enum, StrEnum, auto

DATA = "data"
MAIL = "mail"
GONE = "gone"


class Daemons(StrEnum):
    USER = auto()
    SESSION = "session"
    OLD = "old"


class Kinds(Enum):
    ROOM = "room"
