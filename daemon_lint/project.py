"""The index of all files of a project: read, summarised, cached, and linked.

This is the one part of the core that touches the disk. Files are read and summarised in worker
processes; what has not changed since the last run comes from the cache.
"""

from __future__ import annotations

import functools
import gc
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from daemon_lint import cache as cache_store
from daemon_lint.cache import Record
from daemon_lint.config import Config
from daemon_lint.contracts import Profile, builtin_names, load_profile, merge
from daemon_lint.cooperation import Cooperation
from daemon_lint.daemons import Daemons
from daemon_lint.discovery import (
    Excluder,
    forget_packages,
    index_folders,
    module_name,
    namespace_names,
    python_files,
)
from daemon_lint.events import Events
from daemon_lint.lifetimes import Lifetimes
from daemon_lint.linking import Linker
from daemon_lint.ownership import Ownership
from daemon_lint.packing import pack, unpack
from daemon_lint.prefilter import Prefilter
from daemon_lint.processes import spread
from daemon_lint.registries import Registries
from daemon_lint.repetition import Repetition
from daemon_lint.source import Broken, Source, deep_recursion, parse
from daemon_lint.stubs import overlay
from daemon_lint.summarize import summarize
from daemon_lint.summary import ModuleSummary
from daemon_lint.trees import Trees

_CHUNK = 48
_PARALLEL_FROM = 64

Progress = Callable[[int, int], None]


@dataclass(slots=True)
class Entry:
    """One indexed file."""

    path: str
    name: str
    is_package: bool
    record: Record
    summary: ModuleSummary | None = None


@dataclass(slots=True)
class Project:
    """All modules of the project that some paths lie in, linked and ready for questions."""

    config: Config
    profile: Profile
    files: list[Path]
    """The files that were asked for, to be reported on."""
    entries: dict[str, Entry]
    linker: Linker = field(init=False)
    trees: Trees = field(init=False, default_factory=Trees)
    ownership: Ownership = field(init=False)
    repetition: Repetition = field(init=False)
    lifetimes: Lifetimes = field(init=False)
    cooperation: Cooperation = field(init=False)
    registries: Registries = field(init=False)
    _names: dict[str, list[Entry]] = field(default_factory=dict)
    _namespaced: dict[str, list[tuple[str, Entry]]] = field(default_factory=dict)
    """Files by the names that folders without `__init__` give them, with where those lie."""
    _outside: frozenset[str] = field(default=frozenset(), init=False)
    """The packages that contracts or Python itself know."""
    _prefixes: set[str] = field(default_factory=set)
    _daemons: Daemons | None = field(default=None, init=False)

    def __post_init__(self) -> None:
        profile = self.profile
        named = (*profile.types, *profile.acquires, *profile.bases, *profile.class_bases)
        self._outside = frozenset(name.lstrip("@").partition(".")[0] for name in named)
        self._outside |= sys.stdlib_module_names
        for entry in self.entries.values():
            self._add_name(entry)
        self.linker = Linker(self.profile, self.load, self._prefixes.__contains__)
        self._link()

    @classmethod
    def build(
        cls,
        paths: Sequence[Path],
        config: Config,
        *,
        jobs: int = 1,
        cache: bool = True,
        progress: Progress | None = None,
    ) -> Project:
        """Index the whole project that `paths` lie in.

        `jobs` is the number of processes (1 reads in this one); `progress` is called with the
        number of files done and of all files. Raises ConfigError for a wrong profile.
        """
        forget_packages()
        paths = [Path(os.path.abspath(path)) for path in paths]
        excluded = Excluder(config.exclude, config.root)
        files = list(_requested(paths, excluded))
        folders = index_folders(paths, config.project_roots)
        wanted = dict.fromkeys(str(path) for path in files)
        for folder, below in folders:
            wanted.update(dict.fromkeys(python_files(folder, excluded, below)))
        profiles = _profiles(config)
        prefilter = Prefilter.of(profiles)
        key = f"{cache_store.program()}|{sys.version_info[:3]}|{prefilter.key()}"
        store = cache_store.cache_file(key, tuple(folder for folder, _ in folders))
        known = cache_store.read(store) if cache else {}
        records = _read_all(list(wanted), known, prefilter, jobs, progress)
        if cache and records != known:
            cache_store.write(store, records)
        entries = {
            path: Entry(path, *module_name(path), record) for path, record in records.items()
        }
        return cls(config, _choose(config, profiles, records.values()), files, entries)

    # --- modules ----------------------------------------------------------------------------

    def _add_name(self, entry: Entry) -> None:
        self._names.setdefault(entry.name, []).append(entry)
        self._add_prefixes(entry.name)
        for longer, folder in namespace_names(entry.path, entry.name):
            if longer.partition(".")[0] in self._outside:
                continue  # a folder of examples for asyncio is not asyncio
            self._namespaced.setdefault(longer, []).append((folder, entry))
            self._add_prefixes(longer)

    def _add_prefixes(self, name: str) -> None:
        while name and name not in self._prefixes:
            self._prefixes.add(name)
            name = name.rpartition(".")[0]

    def load(self, name: str, near: str) -> ModuleSummary | None:
        """The summary of a module by name; of several, the one closest to the path `near`."""
        candidates = self._names.get(name) or [
            entry
            for folder, entry in self._namespaced.get(name, ())
            if not near or near.startswith(folder + os.sep)
        ]
        if not candidates:
            return None
        entry = candidates[0]
        if len(candidates) > 1:
            entry = max(
                candidates,
                key=lambda item: (_closeness(item.path, near), item.path.endswith(".py")),
            )
        return self.summary(entry)

    def summary(self, entry: Entry) -> ModuleSummary:
        """The summary of a file, decoded when it is first needed."""
        if entry.summary is None:
            entry.summary = (
                unpack(entry.record.blob)
                if entry.record.blob
                else ModuleSummary(entry.name, entry.path, entry.is_package)
            )
            entry.record = entry.record._replace(blob=b"")  # the summary holds what it needs
            _qualify(entry.summary, self._names[entry.name], entry)
            stub = self.entries.get(f"{entry.path}i")
            if stub is not None:
                overlay(entry.summary, self.summary(stub))
        return entry.summary

    def _link(self) -> None:
        with collector_paused():
            self.linker.link(self.summary(entry) for entry in self.entries.values())
        self.ownership = Ownership(self.linker, Events(self.linker, self.trees, self._module_in))
        self._daemons: Daemons | None = None
        self.repetition = Repetition(self.linker, self.ownership)
        self.lifetimes = Lifetimes(self.linker)
        self.cooperation = Cooperation(self.linker)
        self.registries = Registries(self.ownership)

    @property
    def daemons(self) -> Daemons:
        """The daemons of the project, with their names; found when first asked for."""
        if self._daemons is None:
            self._daemons = Daemons(self.linker, self.trees)
        return self._daemons

    def module_at(self, path: str) -> ModuleSummary | None:
        """The summary of an indexed file that has something to check, else None."""
        entry = self.entries.get(path)
        if entry is None or not self.has_work(entry):
            return None
        return self.summary(entry)

    def _module_in(self, path: str) -> ModuleSummary | None:
        entry = self.entries.get(path)
        return self.summary(entry) if entry is not None else None

    def has_work(self, entry: Entry) -> bool:
        """Whether there is something to check in a file: it defines or calls what rules know.

        A method that some class marks as final or cooperative concerns every file.
        """
        if entry.record.triggered:
            return True
        if not self.cooperation.marked:
            return False
        classes = self.summary(entry).classes.values()
        return any(
            name in cls.methods for cls in classes for name in self.cooperation.marked
        ) or any(name in self.cooperation.marked for cls in classes for name in cls.assigned)

    def refresh(self, path: str, source: bytes) -> None:
        """Take the content of an unsaved buffer in place of what is on disk."""
        path = os.path.abspath(path)
        entry = self.entries.get(path)
        if entry is not None and entry.record.digest == cache_store.digest(source):
            return
        self.trees.refresh(path, source)
        name, is_package = module_name(path)
        record = _record(path, source, 0, name, is_package, None)
        if entry is None:
            entry = self.entries[path] = Entry(path, name, is_package, record)
            self._add_name(entry)
        entry.record, entry.summary = record, None
        self._link()


@contextmanager
def collector_paused() -> Iterator[None]:
    """Without the cycle collector, in this process and those that it forks.

    Nothing of an index or a tree is a cycle, and looking for some takes a fifth of a check.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _closeness(path: str, near: str) -> int:
    shared = 0
    for left, right in zip(path.split(os.sep), near.split(os.sep), strict=False):
        if left != right:
            break
        shared += 1
    return shared


def _qualify(summary: ModuleSummary, same_name: list[Entry], entry: Entry) -> None:
    """Loose files of one name (two `main.py`) must not be taken for one module."""
    if len(same_name) > 1 and same_name[0] is not entry and "." not in summary.name:
        summary.name = f"{summary.name}@{same_name.index(entry)}"


def _requested(paths: Iterable[Path], excluded: Excluder) -> Iterator[Path]:
    """The files to report on: those named, and the Python files below folders."""
    seen: set[str] = set()
    for path in paths:
        found = python_files(str(path), excluded) if path.is_dir() else [str(path)]
        for item in found:
            if item not in seen:
                seen.add(item)
                yield Path(item)


# --- profiles -------------------------------------------------------------------------------


def _profiles(config: Config) -> list[Profile]:
    """The profiles that may be in force."""
    names: dict[str, None] = {}
    for name in config.profiles:
        names.update(dict.fromkeys(builtin_names() if name == "auto" else [name]))
    return [load_profile(name, config.root) for name in names]


def _choose(config: Config, profiles: list[Profile], records: Iterable[Record]) -> Profile:
    """Of the automatic profiles, those whose packages the project imports."""
    imported = {package for record in records for package in record.packages}
    named = {name for name in config.profiles if name != "auto"}
    chosen = [
        profile
        for profile in profiles
        if profile.always
        or profile.name in named
        or profile.name not in builtin_names()
        or imported & set(profile.packages)
    ]
    return merge([*chosen, config.own] if config.own is not None else chosen)


# --- reading --------------------------------------------------------------------------------


def _read_all(
    paths: list[str],
    known: dict[str, Record],
    prefilter: Prefilter,
    jobs: int,
    progress: Progress | None,
) -> dict[str, Record]:
    """The records of all files, from the cache where they have not changed."""
    records: dict[str, Record] = {}
    changed: list[str] = []
    for path in paths:
        record = known.get(path)
        try:
            status = os.stat(path)
        except OSError:
            continue
        if record is not None and (record.mtime, record.size) == (
            status.st_mtime_ns,
            status.st_size,
        ):
            records[path] = record
        else:
            changed.append(path)
    total = len(paths)
    if progress is not None:
        progress(len(records), total)
    for path, found in _read_changed(changed, prefilter, jobs):
        if found is not None:
            records[path] = found
        if progress is not None:
            progress(len(records), total)
    return {path: records[path] for path in paths if path in records}


def _read_changed(
    paths: list[str], prefilter: Prefilter, jobs: int
) -> Iterator[tuple[str, Record | None]]:
    tasks = [(path, *module_name(path), prefilter) for path in paths]
    if jobs > 1 and len(tasks) >= _PARALLEL_FROM:
        yield from zip(paths, spread(_read_one, tasks, jobs, _CHUNK), strict=True)
    else:
        yield from zip(paths, map(_read_one, tasks), strict=True)


def _read_one(task: tuple[str, str, bool, Prefilter]) -> Record | None:
    path, name, is_package, prefilter = task
    try:
        with open(path, "rb") as file:
            data = file.read()
            status = os.fstat(file.fileno())
    except OSError:
        return None
    return _record(path, data, status.st_mtime_ns, name, is_package, prefilter)


def _record(
    path: str, data: bytes, mtime: int, name: str, is_package: bool, prefilter: Prefilter | None
) -> Record:
    """What is remembered of a file; it has something to check where there is no prefilter."""
    digest = cache_store.digest(data)
    source = parse(data, path)
    if isinstance(source, Broken):
        broken = (source.line, source.column, source.reason)
        return Record(mtime, len(data), digest, (), broken, False, b"")
    summary = _summarize(source, name, path, is_package)
    packages = tuple(sorted(_known_packages() & summary.packages()))
    triggered = prefilter is None or prefilter.passes(data)
    return Record(mtime, len(data), digest, packages, None, triggered, pack(summary))


@functools.cache
def _known_packages() -> frozenset[str]:
    """The packages that the built-in profiles are for."""
    profiles = (load_profile(name, Path()) for name in builtin_names())
    return frozenset(package for profile in profiles for package in profile.packages)


def _summarize(source: Source, name: str, path: str, is_package: bool) -> ModuleSummary:
    with deep_recursion():
        try:
            return summarize(source.tree, name, path, is_package)
        except RecursionError:
            return ModuleSummary(name, path, is_package)
