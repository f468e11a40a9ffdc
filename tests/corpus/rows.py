"""The labelled rows: places in released packages that a reader has judged."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from corpus.fetch import Package

HERE = Path(__file__).parent
GROUPS = ("ha", "other")
Kind = Literal["leaks", "clean", "suspects"]
KINDS: tuple[Kind, ...] = ("leaks", "clean", "suspects")


@dataclass(frozen=True)
class Row:
    """One judged place. `label` is the idiom of a clean row or the class of a suspect."""

    group: str
    kind: Kind
    package: Package
    path: str
    line: int
    codes: tuple[str, ...]
    confidence: str
    label: str
    why: str


@dataclass(frozen=True)
class FixedRow:
    """A place that was wrong in `before` and is right in `after`; a line may be unknown there."""

    group: str
    before: Package
    after: Package
    path: str
    line_before: int
    line_after: int | None
    gone: bool
    code: str
    why: str


def _read(name: str) -> list[dict[str, Any]]:
    text = (HERE / f"{name}.jsonl").read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines() if line.strip()]


def load_rows() -> list[Row]:
    """All leak, clean and suspect rows."""
    rows = []
    for group in GROUPS:
        for kind in KINDS:
            for raw in _read(f"{group}_{kind}"):
                rows.append(
                    Row(
                        group=group,
                        kind=kind,
                        package=Package(raw.get("package", "homeassistant"), raw["version"]),
                        path=raw["path"],
                        line=raw["line"],
                        codes=tuple(raw.get("code", "").split("/")) if raw.get("code") else (),
                        confidence=raw.get("confidence", ""),
                        label=raw.get("idiom") or raw.get("class") or "",
                        why=raw["why"],
                    )
                )
    return rows


def load_fixed() -> list[FixedRow]:
    """All places that were mended from one release to a later one."""
    old, new = Package("homeassistant", "2024.12.5"), Package("homeassistant", "2025.12.5")
    rows = [
        FixedRow(
            group="ha",
            before=old,
            after=new,
            path=raw["path"],
            line_before=raw["line_2024"],
            line_after=raw["line_2025"],
            gone=raw["line_2025"] is None,
            code=raw["code"],
            why=raw["why"],
        )
        for raw in _read("ha_fixed")
    ]
    for raw in _read("other_fixed"):
        rows.append(
            FixedRow(
                group="other",
                before=Package(raw["package"], raw["before"]),
                after=Package(raw["package"], raw["after"]),
                path=raw["path"],
                line_before=raw["line_before"],
                line_after=None,
                gone=False,
                code=raw["code"],
                why=raw["why"],
            )
        )
    return rows


@dataclass(frozen=True)
class ReadFinding:
    """A finding in no row that was read afterwards: `true`, `false` or `debatable`, and why."""

    package: Package
    path: str
    line: int
    code: str
    verdict: str
    why: str


def load_read() -> list[ReadFinding]:
    """The findings that were read, for the precision outside the labelled rows."""
    return [
        ReadFinding(
            Package("homeassistant", raw["version"]),
            *(raw[key] for key in ("path", "line", "code", "verdict", "why")),
        )
        for raw in _read("ha_read")
    ]


def packages_of(rows: list[Row], fixed: list[FixedRow]) -> list[Package]:
    """Every release that some row names, sorted."""
    named = {row.package for row in rows}
    for change in fixed:
        named |= {change.before, change.after}
    return sorted(named)
