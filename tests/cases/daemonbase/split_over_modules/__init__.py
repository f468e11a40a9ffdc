"""Re-exports."""

from .base import ServiceDaemon as Service

__all__ = ["Service"]
