"""The linter against the truth: generated programs are run, and its verdict must be what happened.

In the subset of Python that `programs` composes the two agree exactly: each line that acquires a
handle which outlives its owner on some path is reported, and no other. Paths on which an exception
leaves the program are not among them; nothing else is left out.
"""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path

from hypothesis import HealthCheck, given, settings

from daemon_lint import Config, check_source
from daemon_lint.project import Project
from oracle.programs import Program, programs
from oracle.running import leaked_lines

PROGRAMS = int(os.environ.get("ORACLE_PROGRAMS", "500"))
LEAKS = ("DMN101", "DMN102", "DMN103", "DMN104")


@cache
def _project() -> tuple[Project, str]:
    folder = Path(__file__).parent
    path = folder / "gadget.py"
    config = Config(root=folder, project_roots=(folder,))
    return Project.build([path], config, cache=False), str(path)


def reported_lines(source: str) -> set[int]:
    """The acquires that the linter calls lost; of an overwritten handle, the line it came from."""
    project, path = _project()
    return {
        finding.trace[0].line if finding.code == "DMN104" else finding.line
        for finding in check_source(source, path, project)
        if finding.code in LEAKS
    }


@settings(
    max_examples=PROGRAMS,
    deadline=None,
    database=None,
    derandomize=PROGRAMS <= 500,
    suppress_health_check=list(HealthCheck),
)
@given(programs())
def test_verdicts_are_what_happens(program: Program) -> None:
    truth = leaked_lines(program)
    verdict = reported_lines(program.source)
    missed, false = sorted(truth - verdict), sorted(verdict - truth)
    assert not missed and not false, f"missed {missed}, false alarms {false}{program!r}"
