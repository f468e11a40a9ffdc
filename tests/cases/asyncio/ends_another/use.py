"""Calls what it is given."""
from __future__ import annotations

from storage import Storage, Timed, Widget


def use(storage: Storage, widget: Widget, timed: Timed) -> None:
    storage.remove("old")
    widget.add_to_page_finish()
    timed.finish_up()
