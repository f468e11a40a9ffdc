"""The on-disk cache of module summaries: one file in the user's cache folder.

Each blob is checksummed before it is decoded, since marshal must not read what others may have
written; a damaged cache is rebuilt silently.
"""

from __future__ import annotations

import contextlib
import hashlib
import marshal
import os
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from daemon_lint.version import __version__

_MAGIC = b"daemon-lint 1\n"
_DIGEST = 16


class Record(NamedTuple):
    """What is remembered of one file."""

    mtime: int
    size: int
    digest: bytes
    packages: tuple[str, ...]
    broken: tuple[int, int, str] | None
    triggered: bool
    """Whether the file has something to check; others only explain names to those that have."""
    blob: bytes
    """The packed summary."""


def digest(data: bytes) -> bytes:
    """A checksum of content or of a blob."""
    return hashlib.blake2b(data, digest_size=_DIGEST).digest()


def program() -> str:
    """What tells one version of the linter from another, edits of an installed clone included."""
    folder = Path(__file__).parent
    stamps = [
        (path.name, stat.st_size, stat.st_mtime_ns)
        for path in sorted(folder.glob("*.py"))
        if (stat := path.stat())
    ]
    return f"{__version__} {digest(repr(stamps).encode()).hex()}"


def cache_folder() -> Path:
    """The user's cache folder for daemon-lint, by the platform's convention."""
    override = os.environ.get("DAEMON_LINT_CACHE")
    if override:
        return Path(override)
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA") or str(Path.home() / "AppData" / "Local")
    elif sys.platform == "darwin":
        base = str(Path.home() / "Library" / "Caches")
    else:
        base = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    return Path(base) / "daemon-lint"


def cache_file(key: str, folders: tuple[str, ...]) -> Path:
    """The cache file for a set of indexed folders under one version and configuration."""
    name = digest("\0".join((key, *folders)).encode("utf-8", "surrogateescape")).hex()
    return cache_folder() / f"{name}.cache"


def read(path: Path) -> dict[str, Record]:
    """The records of a cache file by path; empty when it is absent or damaged."""
    try:
        data = path.read_bytes()
    except OSError:
        return {}
    head = len(_MAGIC) + _DIGEST
    if not data.startswith(_MAGIC) or digest(data[head:]) != data[len(_MAGIC) : head]:
        return {}
    try:
        return {name: Record(*row) for name, row in marshal.loads(data[head:]).items()}
    except (ValueError, EOFError, TypeError, AttributeError):
        return {}


def write(path: Path, records: Mapping[str, Record]) -> None:
    """Replace a cache file atomically; a folder that cannot be written is no error."""
    data = marshal.dumps({name: tuple(record) for name, record in records.items()})
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=path.parent, suffix=".tmp")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(_MAGIC + digest(data) + data)
            os.replace(temporary, path)
        except OSError:
            with contextlib.suppress(OSError):
                os.unlink(temporary)
