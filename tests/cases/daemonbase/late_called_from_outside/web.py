"""Tells it."""

from __future__ import annotations

from service import Uploader


class Web:
    """A front end."""

    def __init__(self, uploader: Uploader) -> None:
        self.uploader = uploader

    def on_button(self) -> None:
        """Upload now."""
        self.uploader.flush()
