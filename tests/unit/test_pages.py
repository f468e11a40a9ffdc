"""The pages of the rules: printed by `explain`, kept in docs/rules, never stale."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from daemon_lint.cli import main
from daemon_lint.pages import page
from daemon_lint.rules import Rule, all_rules

PAGES = Path(__file__).parents[2] / "docs" / "rules"


def write() -> None:
    """Generate docs/rules again: `python tests/unit/test_pages.py`."""
    PAGES.mkdir(exist_ok=True)
    for rule in all_rules():
        (PAGES / f"{rule.code}.md").write_text(page(rule), encoding="utf-8")


@pytest.mark.parametrize("rule", all_rules(), ids=lambda rule: rule.code)
def test_pages_are_not_stale(rule: type[Rule]) -> None:
    assert (PAGES / f"{rule.code}.md").read_text(encoding="utf-8") == page(rule)


def test_no_page_without_rule() -> None:
    assert {path.stem for path in PAGES.glob("*.md")} == {rule.code for rule in all_rules()}


@pytest.mark.parametrize("name", ["DMN201", "dmn201", "override-skips-super"])
def test_explain(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", name]) == 0
    assert capsys.readouterr().out.startswith("# DMN201 override-skips-super\n")


def test_explain_of_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "overide-skips-super"]) == 2
    assert (
        "there is no rule 'overide-skips-super' (did you mean 'override-skips-super'?)"
        in capsys.readouterr().err
    )


def test_rules(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules"]) == 0
    assert "leak-on-exception" in capsys.readouterr().out
    assert main(["rules", "--format", "json"]) == 0
    rows = json.loads(capsys.readouterr().out)
    assert [row["code"] for row in rows] == [rule.code for rule in all_rules()]
    assert [row["code"] for row in rows if not row["default"]] == ["DMN105"]


if __name__ == "__main__":
    sys.exit(write())
