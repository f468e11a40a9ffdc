"""Which files belong to a project, and what their modules are called."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Sequence
from fnmatch import translate
from pathlib import Path

SUFFIXES = (".py", ".pyi")
SKIPPED_FOLDERS = frozenset(
    "venv __pycache__ node_modules build dist site-packages __pypackages__".split()
)
_MARKERS = ("daemon-lint.toml", "pyproject.toml", "setup.cfg", "setup.py", ".git")


class Excluder:
    """Matches paths against glob patterns relative to a folder."""

    def __init__(self, patterns: Iterable[str], root: Path) -> None:
        self.root = str(root)
        # `vendor`, `vendor/` and `vendor/**` all mean the folder and what is in it.
        globs = [pattern.rstrip("/").removesuffix("/**") for pattern in patterns]
        self._regex = re.compile("|".join(translate(glob) for glob in globs)) if globs else None

    def __call__(self, path: str) -> bool:
        """Whether a path, or its bare name, is excluded."""
        if self._regex is None:
            return False
        relative = os.path.relpath(path, self.root).replace(os.sep, "/")
        parts = relative.split("/")
        prefixes = ("/".join(parts[: index + 1]) for index in range(len(parts)))
        return any(self._regex.match(item) for item in (*prefixes, parts[-1]))


def python_files(folder: str, excluded: Excluder, recursive: bool = True) -> Iterator[str]:
    """All Python files and stubs below a folder, sorted, without hidden folders and by-products."""
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError:
        return
    for entry in entries:
        try:
            is_folder = entry.is_dir(follow_symlinks=False)
        except OSError:
            continue
        if is_folder:
            if recursive and not _is_skipped(entry.name) and not excluded(entry.path):
                yield from python_files(entry.path, excluded)
        elif entry.name.endswith(SUFFIXES) and entry.is_file() and not excluded(entry.path):
            yield entry.path


def _is_skipped(folder: str) -> bool:
    return folder.startswith(".") or folder in SKIPPED_FOLDERS


def module_name(path: str) -> tuple[str, bool]:
    """The dotted name of the module in a file, by its chain of packages; whether it is one."""
    folder, base = os.path.split(path)
    stem = base.rpartition(".")[0] or base
    parts = [] if stem == "__init__" else [stem]
    while _is_package(folder):
        folder, name = os.path.split(folder)
        parts.append(name)
        if not name:
            break
    return ".".join(reversed(parts)) or stem, stem == "__init__"


def namespace_names(path: str, name: str) -> Iterator[tuple[str, str]]:
    """What else the module in a file may be called, by folders around it that are no packages.

    Each name with the folder that it is looked for in.
    """
    folder = path
    for _ in range(name.count(".") + 1 + (os.path.basename(path)[:9] == "__init__.")):
        folder = os.path.dirname(folder)
    for _ in range(_NAMESPACES):
        folder, last = os.path.split(folder)
        if not last.isidentifier():
            break
        name = f"{last}.{name}"
        yield name, folder


_NAMESPACES = 3
_packages: dict[str, bool] = {}


def _is_package(folder: str) -> bool:
    known = _packages.get(folder)
    if known is None:
        known = _packages[folder] = any(
            os.path.isfile(os.path.join(folder, "__init__" + suffix)) for suffix in SUFFIXES
        )
    return known


def forget_packages() -> None:
    """Look at the disk again: folders may have become packages since the last index."""
    _packages.clear()


def index_folders(paths: Sequence[Path], roots: Sequence[Path]) -> list[tuple[str, bool]]:
    """The folders to index for some paths, each with whether to go below it.

    Those that the configuration names; else the nearest folder with a project file; else the
    outermost package, or the folder alone for a loose file.
    """
    if roots:
        return [(str(root), True) for root in roots]
    found: dict[tuple[str, bool], None] = {}
    for path in paths:
        start = path if path.is_dir() else path.parent
        marked = next(
            (
                folder
                for folder in (start, *start.parents)
                if any((folder / marker).exists() for marker in _MARKERS)
            ),
            None,
        )
        # What lies in a virtual environment is no part of the project around it.
        if marked is not None and not any(map(_is_skipped, start.relative_to(marked).parts)):
            found[(str(marked), True)] = None
            continue
        outermost = start
        while _is_package(str(outermost)) and outermost.parent != outermost:
            outermost = outermost.parent
        below = path.is_dir() or outermost != start
        # The parent of the outermost package holds strangers; index the package itself.
        if outermost != start:
            parts = start.relative_to(outermost).parts
            outermost = outermost / parts[0]
        found[(str(outermost), below)] = None
    return list(found)
