"""@cooperative makes an ordinary, empty hook one that every override must call."""
# rule: DMN201
from __future__ import annotations

from daemonbase import cooperative


class Panel:
    """A panel that is redrawn."""

    def __init__(self) -> None:
        self.theme = "dark"

    @cooperative
    def on_theme(self, theme: str) -> None:
        """Each override calls super(), as later versions will do work here."""

    def on_resize(self, width: int) -> None:
        self.theme = f"{self.theme}-{width}"


class ClockPanel(Panel):
    """Calls one, need not call the other."""

    def on_theme(self, theme: str) -> None:
        super().on_theme(theme)
        self.theme = theme

    def on_resize(self, width: int) -> None:
        print(width)


class StockPanel(Panel):
    """Does not call it."""

    def on_theme(self, theme: str) -> None:  # error: DMN201
        self.theme = theme
