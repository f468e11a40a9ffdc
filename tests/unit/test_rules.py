"""Each rule's examples show what its page says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from case_files import marks
from daemon_lint import Config, check_paths
from daemon_lint.rules import Rule, all_rules

WITH_EXAMPLES = [rule for rule in all_rules() if rule.wrong]


def lint(path: Path) -> list[tuple[int, str]]:
    config = Config(root=path.parent, project_roots=(path.parent,), select=("DMN", "DMN105"))
    return [
        (item.line, item.code) for item in check_paths([path], config, jobs=1, cache=False).findings
    ]


@pytest.mark.parametrize("rule", WITH_EXAMPLES, ids=lambda rule: rule.code)
@pytest.mark.parametrize("kind", ["wrong", "right"])
def test_examples(rule: type[Rule], kind: str, tmp_path: Path) -> None:
    path = tmp_path / "example.py"
    path.write_text(getattr(rule, kind))
    expected = list(marks(path))
    assert lint(path) == expected
    assert {code for _, code in expected} == ({rule.code} if kind == "wrong" else set())


def test_codes_and_symbols_are_unique_and_in_order() -> None:
    codes = [rule.code for rule in all_rules()]
    assert codes == sorted(set(codes))
    assert len({rule.symbol for rule in all_rules()}) == len(codes)


@pytest.mark.parametrize("rule", all_rules(), ids=lambda rule: rule.code)
def test_what_a_rule_says_of_itself(rule: type[Rule]) -> None:
    assert re.fullmatch(r"DMN\d{3}", rule.code)
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", rule.symbol)
    assert rule.summary.endswith(".") and rule.why.endswith(".")
    file = Path(f"daemon_lint/rules/{rule.code.lower()}_{rule.symbol.replace('-', '_')}.py")
    assert (Path(__file__).parents[2] / file).is_file()
