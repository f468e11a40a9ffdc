"""Closes others."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from main import Page


class Closer:
    def __init__(self, page: Page) -> None:
        self.page = page

    def run(self) -> None:
        self.page._by_closer()


def end_owner(owner: Page) -> None:
    owner._timer.cancel()


def stop_named(owner: object, name: str) -> None:
    getattr(owner, name).cancel()


def close_fields(page) -> None:
    for handle in page._handles:
        handle()
