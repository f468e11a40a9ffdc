"""Every case file is linted and must show exactly what its comments say."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from case_files import CASES, Case, comments, discover, marks
from daemon_lint import Config, check_paths
from daemon_lint.rules import all_rules

ALL = discover()
ENOUGH = {"DMN1": 15, "DMN2": 10, "DMN3": 10}
"""Cases that the rules of a group need at least."""


@pytest.mark.parametrize("case", ALL, ids=lambda case: case.id)
def test_case(case: Case) -> None:
    config = Config(root=case.root, project_roots=(case.root,), extend_select=tuple(case.rules))
    report = check_paths([case.path], config, jobs=1, cache=False)
    found = {
        (Path(item.path).relative_to(CASES).as_posix(), item.line, item.code): item.message
        for item in report.findings
    }
    missing = sorted(case.expected - found.keys())
    extra = sorted(
        (place, message) for place, message in found.items() if place not in case.expected
    )
    assert not missing and not extra, _difference(missing, extra)


def _difference(missing: list, extra: list) -> str:
    lines = [f"missed: {path}:{line} {code}" for path, line, code in missing]
    lines += [f"false alarm: {path}:{line} {code} {text}" for (path, line, code), text in extra]
    return "\n".join(lines)


@pytest.mark.parametrize("code", [rule.code for rule in all_rules() if rule.wrong])
def test_each_rule_has_enough_cases(code: str) -> None:
    mine = [case for case in ALL if code in case.rules]
    clean = [case for case in mine if not any(place[2] == code for place in case.expected)]
    minimum = ENOUGH[code[:4]]
    assert len(mine) >= minimum, f"{code} has {len(mine)} cases, needs {minimum}"
    assert len(clean) * 3 >= len(mine), f"{code}: only {len(clean)} of {len(mine)} are clean"


def test_cases_are_real_modules() -> None:
    for path in CASES.rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        assert ast.get_docstring(tree), f"{path} does not say what it shows"
    for case in ALL:
        assert case.rules, f"{case.id} names no rule"


def test_marks_are_read_from_comments_only(tmp_path: Path) -> None:
    path = tmp_path / "marked.py"
    path.write_text(
        '"""Doc  # error: DMN101"""\nx = "# error: DMN102"\ny = 1  # error: DMN103, DMN104\n'
    )
    assert list(marks(path)) == [(3, "DMN103"), (3, "DMN104")]
    assert [line for line, _ in comments(path)] == [3]


def test_a_folder_may_be_one_case(tmp_path: Path) -> None:
    folder = tmp_path / "profile" / "several"
    folder.mkdir(parents=True)
    (folder / "one.py").write_text("# case: multi-file\n# rule: DMN101\n")
    (folder / "two.py").write_text("x = 1  # error: DMN101\n")
    (tmp_path / "profile" / "alone.py").write_text("# rule: DMN201\n")
    cases = {case.id: case for case in discover(tmp_path)}
    assert set(cases) == {"profile/alone", "profile/several"}
    assert cases["profile/several"].expected == {("profile/several/two.py", 1, "DMN101")}
