"""Handlers that are plain functions."""
# rule: DMN301
# case: multi-file

from __future__ import annotations

from typing import Any


def when_data_is_ready(payload: dict[str, Any]) -> None:
    """Say so."""
    if payload["daemon"] == "data":
        print("the data is there")


def log_all(payload: dict[str, Any]) -> None:
    """Say so."""
    print(payload["daemon"])
