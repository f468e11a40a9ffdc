"""The inventory: every daemon of a project, what it takes, and how much there is to migrate.

A daemon is a class with a strict base, or one in all but base: it ends, and it acquires. Classes
that extend the same base as those are daemons too, even if they take nothing, unless hardly any of
them takes something.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from daemon_lint.check import check_project
from daemon_lint.config import Config
from daemon_lint.contracts import Base
from daemon_lint.findings import Finding
from daemon_lint.project import Project
from daemon_lint.site_reader import Site, SiteKind
from daemon_lint.sites import Sites
from daemon_lint.source import Source, parse
from daemon_lint.symbols import Class

Priority = Literal["complex", "pattern match", "low"]
PRIORITIES: tuple[Priority, ...] = ("complex", "pattern match", "low")
_FAMILY = 0.1
"""The share of a base's subclasses that must take something to make daemons of the others."""


@dataclass(frozen=True, slots=True)
class Daemon:
    """One row of the inventory."""

    cls: Class
    names: tuple[str, ...]
    """What others wait for it by."""
    base: str
    """The base class that it shares with other daemons; empty if it has none."""
    strict: bool
    """Whether the base owns the handles of its subclasses."""
    cleanup: str
    """The end-of-life method that the daemon itself defines, or an empty string."""
    sites: tuple[Site, ...]
    left: frozenset[SiteKind]
    """What it keeps by hand; without that of bases which have a row of their own."""
    findings: tuple[Finding, ...]

    @property
    def name(self) -> str:
        """The class's own name."""
        return self.cls.summary.name

    @property
    def path(self) -> str:
        """The file that defines it."""
        return self.cls.module.path

    @property
    def line(self) -> int:
        """The line of its `class` statement."""
        return self.cls.summary.line

    @property
    def waits_for(self) -> tuple[str, ...]:
        """The names of the daemons that it waits for, each once."""
        return tuple(dict.fromkeys(name for site in self.sites for name in site.waits_for))

    def count(self, kind: SiteKind) -> int:
        """The number of places that acquire a handle of a kind."""
        return sum(site.kind == kind for site in self.sites)

    @property
    def priority(self) -> Priority:
        """How much there is to migrate, by what no base class owns yet."""
        if {"subscription", "interval"} <= self.left:
            return "complex"
        return "pattern match" if self.left or self.findings else "low"


@dataclass(slots=True)
class Inventory:
    """The daemons of a project in the order of their places, and what could not be read."""

    project: Project
    daemons: list[Daemon] = field(default_factory=list)
    files: int = 0
    skipped: list[tuple[str, str]] = field(default_factory=list)
    """Files that could not be read, each with the reason."""


def take_inventory(
    paths: Sequence[Path | str],
    config: Config,
    *,
    jobs: int = 1,
    cache: bool = True,
    progress: Callable[[int, int], None] | None = None,
) -> Inventory:
    """The daemons in files and folders. Raises ConfigError for a wrong configuration."""
    given = [Path(path) for path in paths]
    project = Project.build(given, config, jobs=jobs, cache=cache, progress=progress)
    found = Inventory(project, files=len(project.files))
    for path in map(str, project.files):
        entry = project.entries.get(path)
        if entry is None:
            found.skipped.append((path, "it cannot be read"))
        elif entry.record.broken is not None:
            line, _, reason = entry.record.broken
            found.skipped.append((path, f"line {line}: {reason}"))
    findings: dict[str, list[Finding]] = {}
    for finding in check_project(project, jobs):
        findings.setdefault(finding.path, []).append(finding)
    taker = _Stocktaker(project, findings)
    found.daemons = taker.daemons()
    found.skipped += taker.sites.failed
    return found


class _Stocktaker:
    """Finds the daemons of one project."""

    def __init__(self, project: Project, findings: dict[str, list[Finding]]) -> None:
        self.project = project
        self.linker = project.linker
        self.findings = findings
        self._sources: dict[str, Source | None] = {}
        self.sites = Sites(project, self.source)

    def source(self, path: str) -> Source | None:
        """A parsed file, kept: the classes of one file are asked for one after the other."""
        if path not in self._sources:
            try:
                parsed = parse(Path(path).read_bytes(), path)
            except OSError:
                return None
            self._sources[path] = parsed if isinstance(parsed, Source) else None
        return self._sources[path]

    def daemons(self) -> list[Daemon]:
        asked = {str(path) for path in self.project.files}
        classes = [cls for cls in self.linker.classes() if cls.module.path in asked]
        rows: dict[Class, None] = {}
        roots: dict[Class, None] = {}
        for cls in classes:
            if cls.module.path.endswith(".pyi") or self.linker.class_name(cls) in (
                self.linker.profile.bases
            ):
                continue
            if self.linker.strict_base(cls) is not None:
                rows[cls] = None
            elif self._ends(cls) and self.sites.own(cls):
                rows[cls] = None
                if (root := self._own_root(cls)) is not None:
                    roots[root] = None
        for root in roots:
            family = [
                member
                for member in (root, *self.linker.subclasses(root))
                if member.module.path in asked and not self._is_base_only(member)
            ]
            if sum(map(bool, map(self.sites.all, family))) >= _FAMILY * len(family):
                rows.update(dict.fromkeys(family))
        concrete = [cls for cls in rows if not self._is_base_only(cls)]
        concrete.sort(key=lambda cls: (cls.module.path, cls.summary.line))
        return [self._row(cls, set(concrete)) for cls in concrete]

    def _ends(self, cls: Class) -> bool:
        """Whether instances end before the process does."""
        owner = self.linker.owner(cls)
        if owner is None:
            return False
        return owner.name != cls.name or not self.project.lifetimes.is_process_lived(cls)

    def _owned_by_profile(self, cls: Class) -> str:
        """The class outside the daemon's own code that a profile names as its owner, or ''."""
        owners = self.linker.profile.class_owners
        names = map(self.linker.class_name, self.linker.mro(cls))
        return next((name for name in names if name in owners), "")

    def _own_root(self, cls: Class) -> Class | None:
        """The last base in the project that ends its subclasses; None if a profile knows one.

        One whose end does some work goes before one that but declares it.
        """
        if self._owned_by_profile(cls):
            return None
        ending = [
            (base, method.does_work)
            for base in self.linker.mro(cls)
            if isinstance(base, Class)
            for name, method in base.summary.methods.items()
            if self.linker.profile.ends_life(name)
        ]
        working = [base for base, works in ending if works and base is not cls]
        return [base for base, _ in ending if not working or base in working][-1]

    def _is_base_only(self, cls: Class) -> bool:
        """Whether a class is there to be extended: abstract, or extended and never made."""
        if any(
            base.rpartition(".")[2] in ("ABC", "Protocol") for base in cls.summary.bases
        ) or self._has_abstract_methods(cls):
            return True
        if self.linker.strict_base(cls) is None and self._owned_by_profile(cls):
            return False  # there the class that acquires has the row
        return bool(self.linker.subclasses(cls)) and not self.project.lifetimes.is_made(cls)

    def _has_abstract_methods(self, cls: Class) -> bool:
        seen: set[str] = set()
        for base in self.sites.lineage(cls):
            for name, method in base.summary.methods.items():
                if name not in seen and method.is_abstract:
                    return True
                seen.add(name)
        return False

    # --- rows -------------------------------------------------------------------------------

    def _row(self, cls: Class, rows: set[Class]) -> Daemon:
        strict = self.linker.strict_base(cls)
        base, lineage = self._lineage(cls, strict)
        sites = self.sites.all(cls)
        theirs = {
            site
            for other in self.sites.lineage(cls)
            if other is not cls and other in rows
            for site in self.sites.own(other)
        }
        daemons = self.project.daemons
        names = daemons.names(cls) or daemons.naming.of_ordinary(cls)
        return Daemon(
            cls,
            tuple(sorted(names)),
            base,
            strict is not None,
            self._cleanup(lineage, strict),
            tuple(sites),
            frozenset(site.kind for site in sites if not site.registered and site not in theirs),
            tuple(self._findings(cls, rows)),
        )

    def _lineage(self, cls: Class, strict: Base | None) -> tuple[str, list[Class]]:
        """The base that a daemon shares with others, and the classes from it up to that base."""
        root = strict.name if strict is not None else self._owned_by_profile(cls)
        if not root and (own := self._own_root(cls)) not in (None, cls):
            assert own is not None
            root = own.name
        lineage = self.sites.lineage(cls)
        upto = next((index for index, base in enumerate(lineage) if base.name == root), None)
        return root.rpartition(".")[2], lineage[:upto]

    def _cleanup(self, lineage: list[Class], strict: Base | None) -> str:
        own = {strict.methods["cleanup"], strict.methods["shutdown"]} if strict else set()
        for cls in lineage:
            for name, method in cls.summary.methods.items():
                if (name in own or self.linker.profile.ends_life(name)) and method.does_work:
                    return name
        return ""

    def _findings(self, cls: Class, rows: set[Class]) -> Iterator[Finding]:
        """The findings in the class, and in those bases that have no row of their own."""
        for base in self.linker.mro(cls):
            if isinstance(base, Class) and (base is cls or base not in rows):
                here = self.findings.get(base.module.path, ())
                if here:
                    first, last = self._lines(base)
                    yield from (item for item in here if first <= item.line <= last)

    def _lines(self, cls: Class) -> tuple[int, int]:
        source = self.source(cls.module.path)
        for node in ast.walk(source.tree) if source is not None else ():
            if isinstance(node, ast.ClassDef) and node.lineno == cls.summary.line:
                return node.lineno, node.end_lineno or node.lineno
        return cls.summary.line, cls.summary.line
