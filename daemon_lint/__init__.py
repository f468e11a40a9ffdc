"""daemon-lint: proves that long-lived Python objects give back what they take."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from daemon_lint.version import __version__

if TYPE_CHECKING:
    from daemon_lint.check import Report, check_paths, check_source
    from daemon_lint.config import Config
    from daemon_lint.contracts import ConfigError
    from daemon_lint.findings import Finding, Step
    from daemon_lint.project import Project

__all__ = [
    "Config",
    "ConfigError",
    "Finding",
    "Project",
    "Report",
    "Step",
    "__version__",
    "check_paths",
    "check_source",
]

_HOMES = {
    "Config": "config",
    "ConfigError": "contracts",
    "Finding": "findings",
    "Project": "project",
    "Report": "check",
    "Step": "findings",
    "check_paths": "check",
    "check_source": "check",
}


def __getattr__(name: str) -> Any:
    """Import on first use: the command line starts without loading the analysis."""
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module 'daemon_lint' has no attribute '{name}'")
    from importlib import import_module

    return getattr(import_module(f"daemon_lint.{home}"), name)
