"""Fetch the pinned packages of the labelled rows and unpack them. Nothing of them is ever run.

Only wheels are used: an sdist's build script would have to run just to name its version.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

# An old release may have no wheel for a new Python; its Python sources are the same in all wheels.
WHEEL_PYTHONS = ("3.13.2", "3.12", "3.11", "3.9")

# Ends the search for a configuration, so that one above the cache folder cannot change the result.
FENCE = "# The labelled packages are linted with the defaults.\n"


class FetchError(Exception):
    """One sentence: which package could not be had, and why."""


@dataclass(frozen=True, order=True)
class Package:
    """One release of one distribution, named as its wheel file names it."""

    name: str
    version: str

    def __str__(self) -> str:
        return f"{self.name} {self.version}"


def cache_folder() -> Path:
    """The folder of the fetched packages: DAEMON_LINT_CORPUS, or one in the user's cache folder."""
    named = os.environ.get("DAEMON_LINT_CORPUS")
    if named:
        return Path(named).expanduser().resolve()
    base = os.environ.get("XDG_CACHE_HOME") or "~/.cache"
    return Path(base).expanduser() / "daemon-lint-corpus"


def find_wheel(package: Package, downloads: Path) -> Path | None:
    """The downloaded wheel of the package, or None."""
    found = sorted(downloads.glob(f"{package.name}-{package.version}-*.whl"))
    return found[0] if found else None


def download(package: Package, downloads: Path) -> Path:
    """Fetch the package's wheel with pip and return its path. Raises FetchError."""
    downloads.mkdir(parents=True, exist_ok=True)
    complaint = "pip said nothing"
    for version in WHEEL_PYTHONS:
        command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps"]
        command += ["--disable-pip-version-check", "--no-input", "--only-binary=:all:"]
        command += ["--python-version", version, "--dest", str(downloads)]
        done = subprocess.run(
            [*command, f"{package.name}=={package.version}"],
            capture_output=True,
            text=True,
            check=False,
        )
        wheel = find_wheel(package, downloads)
        if done.returncode == 0 and wheel is not None:
            return wheel
        lines = done.stderr.strip().splitlines()
        complaint = lines[-1] if lines else complaint
    raise FetchError(f"{package}: no wheel could be fetched: {complaint}")


def unpack(wheel: Path, target: Path) -> None:
    """Unpack a wheel into `target`, which appears only when it is complete. Raises FetchError."""
    target.parent.mkdir(parents=True, exist_ok=True)
    half = Path(tempfile.mkdtemp(prefix=".unpacking-", dir=target.parent))
    try:
        with zipfile.ZipFile(wheel) as archive:
            for name in archive.namelist():
                inside = PurePosixPath(name)
                if inside.is_absolute() or ".." in inside.parts or "\\" in name or ":" in name:
                    raise FetchError(f"{wheel.name}: the entry {name!r} lies outside the wheel")
            archive.extractall(half)
        (half / "daemon-lint.toml").write_text(FENCE, encoding="utf-8")
        half.chmod(0o755)
        half.rename(target)
    except (OSError, zipfile.BadZipFile) as error:
        if not target.is_dir():
            raise FetchError(f"{wheel.name}: cannot be unpacked: {error}") from error
    finally:
        shutil.rmtree(half, ignore_errors=True)


def unpacked(package: Package, cache: Path) -> Path:
    """Where the package's unpacked sources are, or will be."""
    return cache / "unpacked" / f"{package.name}-{package.version}"


def provide(package: Package, cache: Path, *, network: bool = True) -> Path:
    """The folder of the package's unpacked wheel, fetched if need be. Raises FetchError."""
    target = unpacked(package, cache)
    if target.is_dir():
        return target
    wheel = find_wheel(package, cache / "downloads")
    if wheel is None:
        if not network:
            raise FetchError(f"{package}: not in {cache}, and fetching is switched off")
        print(f"fetching {package}", file=sys.stderr, flush=True)
        wheel = download(package, cache / "downloads")
    unpack(wheel, target)
    return target


def is_cached(packages: Iterable[Package], cache: Path) -> bool:
    """Whether every one of the packages can be had without the network."""
    return all(
        unpacked(package, cache).is_dir() or find_wheel(package, cache / "downloads")
        for package in packages
    )
