"""What daemonbase raises."""


class DaemonError(Exception):
    """Base of the errors of this package."""


class DaemonClosedError(DaemonError, RuntimeError):
    """Something was registered with a daemon that has shut down; it has been released first."""
