"""logging.Handler.close removes the handler from the registry: its source shows that it works."""
# rule: DMN201
from __future__ import annotations

import logging
import socket


class LineHandler(logging.Handler):
    """Sends lines to a collector."""

    def __init__(self, host: str, port: int) -> None:
        super().__init__()
        self.sock = socket.create_connection((host, port))

    def emit(self, record: logging.LogRecord) -> None:
        self.sock.sendall(self.format(record).encode())

    def close(self) -> None:  # error: DMN201
        self.sock.close()
