"""Foreign handles that a daemon has registered, and how what it holds is listed."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from daemonbase import tracking
from daemonbase.checks import is_awaitable
from daemonbase.errors import shown
from daemonbase.readiness import Waiter
from daemonbase.subscriptions import Subscription
from daemonbase.types import Unsubscribe

if TYPE_CHECKING:
    from daemonbase.holdings import Holdings


class Held(NamedTuple):
    """One thing that a daemon holds."""

    kind: str
    name: str
    place: tracking.Place | None


def place_of(entry: object) -> tracking.Place | None:
    return entry.place if isinstance(entry, (Subscription, Registration, Waiter)) else None


class Registration:
    """A registered foreign handle: call it, or leave its `with` block, to release it early."""

    __slots__ = ("_holdings", "handle", "place", "release")

    def __init__(self, holdings: Holdings, handle: object, release: Unsubscribe) -> None:
        self._holdings: Holdings | None = holdings
        self.handle = handle
        self.release: Unsubscribe | None = release
        self.place = tracking.here() if holdings.debug else None

    @property
    def active(self) -> bool:
        """Whether the handle has yet to be released."""
        return self.release is not None

    def __call__(self) -> object:
        """Release the handle; doing it again does nothing. Returns what the release returns."""
        release, self.release = self.release, None
        holdings, self._holdings = self._holdings, None
        self.handle = None
        if release is None or holdings is None:
            return None
        holdings.note_ended(self)
        return release()

    def __enter__(self) -> Registration:
        return self

    def __exit__(self, *_: object) -> None:
        holdings, name = self._holdings, shown(self.handle)
        result = self()
        if holdings is not None and is_awaitable(result):
            holdings.finish(result, "unsubscribe", name, self.place)

    def __repr__(self) -> str:
        return f"<Registration {'of ' + repr(self.handle) if self.active else 'released'}>"
