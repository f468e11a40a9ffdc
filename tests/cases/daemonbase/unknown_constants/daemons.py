"""Named by constants."""

from __future__ import annotations

import names
from daemonbase import DaemonBase
from names import DATA, Daemons, Kinds


class DataDaemon(DaemonBase):
    name = DATA


class MailDaemon(DaemonBase):
    name = names.MAIL


class UserDaemon(DaemonBase):
    name = Daemons.USER


class SessionDaemon(DaemonBase):
    def __init__(self) -> None:
        super().__init__(Daemons.SESSION)


class RoomDaemon(DaemonBase):
    name = Kinds.ROOM.value
