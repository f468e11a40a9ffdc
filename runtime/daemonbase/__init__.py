"""daemonbase: a small asyncio base class for daemons whose shutdown cannot leak."""

from daemonbase.contracts import acquires, cooperative, registers, releases
from daemonbase.daemon import DaemonBase
from daemonbase.errors import DaemonClosedError, DaemonError
from daemonbase.events import SYSTEM_READY, EventBus, Subscription
from daemonbase.runner import run
from daemonbase.types import Callback, Handler, Unsubscribe

__version__ = "0.1.0"

__all__ = [
    "SYSTEM_READY",
    "Callback",
    "DaemonBase",
    "DaemonClosedError",
    "DaemonError",
    "EventBus",
    "Handler",
    "Subscription",
    "Unsubscribe",
    "__version__",
    "acquires",
    "cooperative",
    "registers",
    "releases",
    "run",
]
