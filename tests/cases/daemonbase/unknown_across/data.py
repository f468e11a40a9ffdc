"""The daemon that others wait for lives in a module of its own."""
# case: multi-file

from daemonbase import DaemonBase

NAME = "data"


class DataDaemon(DaemonBase):
    name = "data"
