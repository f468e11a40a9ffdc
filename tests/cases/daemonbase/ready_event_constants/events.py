"""The system's own names of events."""
# rule: DMN301
# case: multi-file

from enum import StrEnum

READY = "system:ready"


class Events(StrEnum):
    READY = "system:ready"
    STOPPING = "system:stopping"
