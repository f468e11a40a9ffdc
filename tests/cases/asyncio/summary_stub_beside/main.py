"""The module is untyped and opaque, its .pyi stub says what is returned."""

# case: multi-file
# rule: DMN101
from __future__ import annotations

import feed
from _native import Client, subscribe


class Page:
    """Drops what the stubs call handles."""

    def __init__(self, client: Client) -> None:
        self.client = client

    def start(self) -> None:
        self._kept = feed.subscribe(print)
        feed.subscribe(print)  # error: DMN101
        subscribe(print)  # error: DMN101
        self.client.on_message(print)  # error: DMN101
        self.client.make_parser()

    def close(self) -> None:
        self._kept()
