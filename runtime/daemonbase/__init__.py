"""daemonbase: a small asyncio base class for daemons whose shutdown cannot leak."""

from daemonbase.contracts import acquires, cooperative, registers, releases
from daemonbase.daemon import DaemonBase
from daemonbase.errors import DaemonClosedError, DaemonError
from daemonbase.events import SYSTEM_READY, Event, EventBus, SystemReady
from daemonbase.handles import Registration
from daemonbase.introspection import report, report_on_signal
from daemonbase.readiness import Deferred
from daemonbase.subscriptions import Subscription
from daemonbase.supervisor import Supervisor, run
from daemonbase.tracking import live, mark_process_lifetime
from daemonbase.types import (
    Callback,
    DaemonStats,
    ErrorHandler,
    Handle,
    Handler,
    IntervalStats,
    LiveHandle,
    State,
    Unsubscribe,
)

__version__ = "0.1.0"

__all__ = [
    "SYSTEM_READY",
    "Callback",
    "DaemonBase",
    "DaemonClosedError",
    "DaemonError",
    "DaemonStats",
    "Deferred",
    "ErrorHandler",
    "Event",
    "EventBus",
    "Handle",
    "Handler",
    "IntervalStats",
    "LiveHandle",
    "Registration",
    "State",
    "Subscription",
    "Supervisor",
    "SystemReady",
    "Unsubscribe",
    "__version__",
    "acquires",
    "cooperative",
    "live",
    "mark_process_lifetime",
    "registers",
    "releases",
    "report",
    "report_on_signal",
    "run",
]
