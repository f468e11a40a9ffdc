"""The comparison of findings with rows, on a small made-up package."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from corpus import report, score
from corpus.fetch import FetchError, Package, provide, unpack
from corpus.rows import Row, load_fixed, load_rows, packages_of

SOURCE = """\
class Owner:
    def start(self):
        self.on_remove(
            track(
                self.hass,
            )
        )
        spawn(); spawn()
        if (
            spawn()
        ):
            spawn()
"""
MADE_UP = Package("made_up", "1")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "owner.py").write_text(SOURCE)
    return tmp_path


def row(line: int, code: str = "DMN101", kind: Any = "leaks") -> Row:
    codes = () if kind == "clean" else tuple(code.split("/"))
    return Row("other", kind, MADE_UP, "owner.py", line, codes, "certain", "", "")


def found(line: int, code: str = "DMN101", end: int | None = None) -> score.Found:
    return {"path": "owner.py", "line": line, "end_line": end or line, "code": code}


def hits(rows: list[Row], findings: list[score.Found], root: Path) -> list[bool]:
    return [outcome.finding is not None for outcome in score.match(rows, findings, root)]


def test_same_statement_within_three_lines(root: Path) -> None:
    assert hits([row(4)], [found(3, end=7)], root) == [True]
    assert hits([row(3)], [found(4)], root) == [True]
    assert hits([row(3)], [found(7)], root) == [False]
    assert hits([row(7)], [found(8)], root) == [False]


def test_header_and_body_are_apart(root: Path) -> None:
    assert hits([row(9)], [found(10)], root) == [True]
    assert hits([row(10)], [found(12)], root) == [False]


def test_a_finding_answers_one_row(root: Path) -> None:
    assert hits([row(4), row(3)], [found(4)], root) == [True, False]
    assert hits([row(8), row(8)], [found(8), found(8)], root) == [True, True]


def test_codes(root: Path) -> None:
    (outcome,) = score.match([row(8, "DMN103")], [found(8, "DMN102")], root)
    assert outcome.finding and outcome.other_code
    assert hits([row(8, "DMN104")], [found(8, "DMN103")], root) == [False]
    assert hits([row(8, "DMN101/DMN102")], [found(8, "DMN102")], root) == [True]
    assert hits([row(8, kind="clean")], [found(8, "DMN201")], root) == [True]
    assert hits([row(1, kind="clean")], [found(1, "DMN002")], root) == [False]


def test_in_no_row(root: Path) -> None:
    away, near = found(12), found(4, "DMN201")
    assert score.in_no_row([row(3)], [away, near], root) == [away]


def test_enclosing_function(root: Path) -> None:
    assert score.function_at(root / "owner.py", 8) == "Owner.start"
    assert score.function_at(root / "absent.py", 8) == ""


def test_recall_and_false_alarms(root: Path) -> None:
    rows = [row(8), row(12), row(3, "DMN201"), row(10, kind="clean")]
    result = score.Score(score.match(rows, [found(8), found(10)], root))
    assert str(report.recall(result, "other")) == "1/2"
    assert report.false_alarms(result, "other").ratio == 1.0
    printed = report.table(result, "other", {"DMN101"})
    assert "not yet: DMN201 1 rows" in printed


def test_rows_are_sound() -> None:
    rows, fixed = load_rows(), load_fixed()
    assert len(rows) > 600 and len(fixed) > 15
    assert all(r.codes for r in rows if r.kind != "clean")
    assert all(r.confidence in ("certain", "likely") for r in rows if r.kind == "leaks")
    assert Package("homeassistant", "2025.12.5") in packages_of(rows, fixed)


def test_a_wheel_that_reaches_outside_is_refused(tmp_path: Path) -> None:
    import zipfile

    wheel = tmp_path / "evil-1-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as archive:
        archive.writestr("../outside.py", "")
    with pytest.raises(FetchError, match="outside the wheel"):
        unpack(wheel, tmp_path / "unpacked" / "evil-1")
    assert not (tmp_path / "unpacked" / "evil-1").exists()


def test_no_network_says_so(tmp_path: Path) -> None:
    with pytest.raises(FetchError, match="fetching is switched off"):
        provide(MADE_UP, tmp_path, network=False)
