"""Output formats, one module each."""

from __future__ import annotations

import os


def relative(path: str) -> str:
    """A path relative to the working directory, with forward slashes."""
    if path.startswith("<"):
        return path
    try:
        return os.path.relpath(path).replace(os.sep, "/")
    except ValueError:  # another drive
        return path.replace(os.sep, "/")
