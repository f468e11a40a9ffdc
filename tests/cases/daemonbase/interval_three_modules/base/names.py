"""Names of intervals."""

from enum import StrEnum


class Interval(StrEnum):
    WATCHDOG = "watchdog"
    PURGE = "purge"
