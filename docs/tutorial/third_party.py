"""Fetches the sources of a real package for the demo. They are read, never run.

Home Assistant is a large system of exactly this kind: thousands of entities and config entries
that subscribe, poll and spawn, and that a user can remove while it runs.
"""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
import zipfile
from dataclasses import dataclass
from pathlib import Path

PACKAGE = "homeassistant"
_SECONDS = 150


class FetchError(Exception):
    """The package could not be had; the message is one sentence for the user."""


@dataclass(frozen=True)
class Pin:
    """A release, and the oldest Python whose parser reads every file of it."""

    python: tuple[int, int]
    version: str
    sha256: str


PINS = (
    Pin((3, 13), "2025.12.5", "de46711e0a67d5c6bd8cc6c211fd69d285deb1c75cd1c841b45b77fab9360364"),
    Pin((3, 12), "2024.12.5", "a7b3e13ac8c2b93a79807c51e3715b36c8459c9cbddb8bf448d69d18a49b703d"),
    Pin((3, 11), "2024.3.3", "6e1ec2c07441d63fdcfb8acd2c4bbb6f68bc97330855784d3623d10c38fe3577"),
)
"""Measured with ast.parse over all files: 0 syntax errors in each (a newer one has some)."""


def pin() -> Pin:
    """The newest release that the running Python can read in full."""
    return next(one for one in PINS if sys.version_info[:2] >= one.python)


def folder(cache: Path) -> Path:
    """Where the unpacked sources lie; the folder exists only when they are complete."""
    return cache / f"{PACKAGE}-{pin().version}"


def fetch(cache: Path) -> Path:
    """Download and unpack the sources below `cache` unless they are there; their folder.

    Raises FetchError when pip gets no such wheel or another one than the pinned.
    """
    target = folder(cache)
    if target.is_dir():
        return target
    cache.mkdir(parents=True, exist_ok=True)
    scratch = cache / "unfinished"
    shutil.rmtree(scratch, ignore_errors=True)
    wheel = _download(scratch)
    if hashlib.sha256(wheel.read_bytes()).hexdigest() != pin().sha256:
        raise FetchError(f"{wheel.name} is not the file that this demo knows; it is not used.")
    with zipfile.ZipFile(wheel) as archive:
        sources = [
            name
            for name in archive.namelist()
            if name.startswith(f"{PACKAGE}/") and name.endswith(".py")
        ]
        archive.extractall(scratch / "sources", sources)
    # Its own configuration, so that none of the folders above has a say.
    config = scratch / "sources" / "daemon-lint.toml"
    config.write_text('profiles = ["auto"]\n', "utf-8")
    (scratch / "sources").rename(target)
    shutil.rmtree(scratch)
    return target


def _download(scratch: Path) -> Path:
    # The release may ask for a newer Python to run than its sources need to be read.
    command = [sys.executable, "-m", "pip", "download", f"{PACKAGE}=={pin().version}"]
    command += ["--no-deps", "--only-binary=:all:", "--python-version=3.13", "--dest", str(scratch)]
    command += ["--quiet", "--disable-pip-version-check", "--retries=1", "--timeout=20"]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=_SECONDS)
    except subprocess.TimeoutExpired:
        raise FetchError(f"pip did not get {PACKAGE} within {_SECONDS} seconds.") from None
    wheels = list(scratch.glob("*.whl"))
    if done.returncode or len(wheels) != 1:
        errors = [line for line in done.stderr.splitlines() if line.startswith("ERROR")]
        reason = errors[-1].removeprefix("ERROR: ") if errors else "no reason given"
        raise FetchError(
            f"pip cannot get {PACKAGE} {pin().version} ({reason}); check the network, or give "
            "--offline to do without."
        )
    return wheels[0]
