"""The analysis of files: every front end calls these and only translates what they return."""

from __future__ import annotations

import functools
import gc
import os
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from daemon_lint.cache import digest
from daemon_lint.config import Config, load_config
from daemon_lint.discovery import Excluder
from daemon_lint.findings import Finding
from daemon_lint.obligations import ModuleLeaks
from daemon_lint.places import Infer
from daemon_lint.processes import spread
from daemon_lint.project import Project, collector_paused
from daemon_lint.rules import ModuleCheck, all_rules
from daemon_lint.rules.dmn001_internal_error import InternalError
from daemon_lint.rules.dmn002_cannot_parse import CannotParse
from daemon_lint.source import Broken, Source, deep_recursion, parse, read_text
from daemon_lint.suppression import suppressed_lines

_CHUNK = 32
_PARALLEL_FROM = 200
_BATCH = 4_000
"""Files that one set of processes checks: each remembers much meanwhile."""


@dataclass(slots=True)
class Report:
    """What a run found: the findings by place, the number of files, and the seconds it took."""

    findings: list[Finding]
    files: int
    seconds: float


def check_source(
    source: str | bytes,
    path: str | Path,
    project: Project | None = None,
    infer: Infer | None = None,
) -> list[Finding]:
    """Check one module given as text; it need not be on disk.

    `path` places it in its project and stands in the findings as it is given. Without `project`
    the one that `path` lies in is indexed. Suppression comments, select, ignore and per-file
    ignores of the configuration apply. `infer` gives the full names that a call's function may
    have; it is asked where the index knows nothing, and such findings have confidence `inferred`.
    Any content gives findings, never an exception; a wrong configuration raises ConfigError.
    """
    full = os.path.abspath(path)
    if project is None:
        project = Project.build([Path(full)], load_config(Path(full).parent))
    data = source if isinstance(source, bytes) else source.encode("utf-8", "surrogatepass")
    try:
        parsed = _read(project, full, str(path), source, data)
        if isinstance(parsed, Broken):
            found = [_unparsed(parsed)]
        else:
            project.refresh(full, data)
            found = _analyse(project, full, str(path), lambda: parsed, infer)
    except Exception as error:  # a defect of ours must not take the front end down
        return _selected([InternalError.finding(str(path), error)], full, (), project.config)
    lines = parsed.lines if isinstance(parsed, Source) else ()
    return _selected(found, full, lines, project.config)


def check_paths(
    paths: Sequence[Path | str],
    config: Config | None = None,
    *,
    jobs: int = 0,
    cache: bool = True,
    progress: Callable[[int, int], None] | None = None,
) -> Report:
    """Check files and folders.

    `jobs` is the number of processes, 0 for one a core; `progress` is called with the number of
    files done and of all. Raises ConfigError for a wrong configuration.
    """
    start = time.perf_counter()
    given = [Path(path) for path in paths]
    if config is None:
        config = load_config(given[0] if given else Path.cwd())
    jobs = jobs or os.cpu_count() or 1
    with collector_paused():
        project = Project.build(given, config, jobs=jobs, cache=cache, progress=progress)
        findings = sorted(check_project(project, jobs), key=lambda finding: finding.place)
    return Report(findings, len(project.files), time.perf_counter() - start)


def check_project(project: Project, jobs: int = 1) -> Iterator[Finding]:
    """The findings in the files that a project was asked to report on."""
    paths = [str(path) for path in project.files]
    work = [path for path in paths if _has_work(project, path)]
    if jobs > 1 and len(work) >= _PARALLEL_FROM and sys.platform == "linux":
        global _shared
        _shared = project  # forked workers share the index without copying it
        project.linker.learn_order()
        gc.freeze()  # nor does the collector look at it again, which would copy it
        try:
            for start in range(0, len(work), _BATCH):
                batch = work[start : start + _BATCH]
                for found in spread(_check_shared, batch, jobs, _CHUNK):
                    yield from found
        finally:
            _shared = None
            gc.unfreeze()
    else:
        for path in work:
            yield from _check_file(project, path)


_shared: Project | None = None


def _check_shared(path: str) -> list[Finding]:
    assert _shared is not None
    return _check_file(_shared, path)


def _has_work(project: Project, path: str) -> bool:
    entry = project.entries.get(path)
    return entry is None or entry.record.broken is not None or project.has_work(entry)


def _check_file(project: Project, path: str) -> list[Finding]:
    try:
        entry = project.entries.get(path)
        if entry is not None and entry.record.broken is not None:
            return _selected(
                [_unparsed(Broken(path, *entry.record.broken))], path, (), project.config
            )

        @functools.cache
        def read() -> Source | Broken:
            data = Path(path).read_bytes()
            return _read(project, path, path, data, data)

        if entry is None:
            read()  # it could not be read when the project was indexed: say why
        found = _analyse(project, path, path, read)
        parsed = read() if found else None
    except OSError as error:
        reason = f"the file cannot be read ({error.strerror or error})"
        return [CannotParse.finding(path, 1, 1, reason)]
    except Exception as error:
        return [InternalError.finding(path, error)]
    lines = parsed.lines if isinstance(parsed, Source) else ()
    return _selected(found, path, lines, project.config)


def _read(
    project: Project, full: str, shown: str, content: bytes | str, data: bytes
) -> Source | Broken:
    """A file or buffer; what the index has parsed already is parsed again only as far as needed."""
    entry = project.entries.get(full)
    if entry is None or entry.record.digest != digest(data):
        return parse(content, shown)
    broken = entry.record.broken
    return Broken(shown, *broken) if broken is not None else Source(shown, read_text(content))


def _unparsed(broken: Broken) -> Finding:
    return CannotParse.finding(broken.path, broken.line, broken.column, broken.reason)


def _analyse(
    project: Project,
    full: str,
    shown: str,
    read: Callable[[], Source | Broken],
    infer: Infer | None = None,
) -> list[Finding]:
    """The raw findings of one file, before suppression and selection.

    `shown` is the path as findings name it. The file is read only if its summary is not enough.
    """
    module = project.module_at(full)
    if module is None:
        return []

    def source() -> Source | None:
        parsed = read()
        return parsed if isinstance(parsed, Source) else None

    check = ModuleCheck(shown, module, project, ModuleLeaks(project, module, source, infer))
    on = [
        rule
        for rule in all_rules()
        if rule.default_on or project.config.is_on(rule.code, rule.symbol)
    ]
    with deep_recursion():
        found = [finding for rule in on for finding in rule().check(check)]
    # The index speaks of files by their full path, the findings of this one by the given path.
    return [
        replace(
            finding,
            trace=tuple(
                replace(step, path=shown) if step.path == full else step for step in finding.trace
            ),
        )
        for finding in found
    ]


def _selected(
    findings: Iterable[Finding], path: str, lines: Sequence[str], config: Config
) -> list[Finding]:
    """The findings that are neither suppressed in the source nor by the configuration."""
    found = [finding for finding in findings if _is_on(finding, path, config)]
    if found and lines:
        suppressions = suppressed_lines(lines)
        found = [finding for finding in found if not suppressions.covers(finding)]
    return sorted(found, key=lambda finding: finding.place)


def _is_on(finding: Finding, path: str, config: Config) -> bool:
    if any(
        _names(finding, codes) and Excluder([pattern], config.root)(path)
        for pattern, codes in config.per_file_ignores
    ):
        return False
    if _names(finding, config.ignore):
        return False
    if config.is_on(finding.code, finding.symbol):
        return True
    return _names(finding, config.select) if config.select else True


def _names(finding: Finding, codes: Iterable[str]) -> bool:
    return any(finding.code.startswith(code) or finding.symbol == code for code in codes)
