"""Print a score as a table, and the rows behind it."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus.fetch import Package, unpacked
from corpus.rows import ReadFinding
from corpus.score import SIBLINGS, Found, Outcome, Score

TITLES = {"ha": "Home Assistant", "other": "Other packages"}


@dataclass(frozen=True)
class Share:
    """So many of so many."""

    part: int
    whole: int

    @property
    def ratio(self) -> float:
        """Between 0 and 1; an empty whole counts as nothing found."""
        return self.part / self.whole if self.whole else 0.0

    def __str__(self) -> str:
        return f"{self.part}/{self.whole}" if self.whole else "-"

    def percent(self) -> str:
        """The ratio for people."""
        return f"{100 * self.ratio:.0f} %" if self.whole else ""


def _share(outcomes: Iterable[Outcome]) -> Share:
    known = list(outcomes)
    return Share(sum(1 for outcome in known if outcome.finding), len(known))


def select(score: Score, group: str, kind: str) -> list[Outcome]:
    """The outcomes of one group and kind."""
    return [o for o in score.outcomes if o.row.group == group and o.row.kind == kind]


def recall(score: Score, group: str, codes: Iterable[str] = SIBLINGS) -> Share:
    """The leak rows of these codes that were found."""
    wanted = set(codes)
    return _share(o for o in select(score, group, "leaks") if wanted & set(o.row.codes))


def false_alarms(score: Score, group: str) -> Share:
    """The clean rows that were flagged."""
    return _share(select(score, group, "clean"))


def precision(score: Score, read: Iterable[ReadFinding]) -> str:
    """How right the findings outside the labelled rows are, as far as they were read."""
    verdicts = {(row.package, row.path, row.line, row.code): row.verdict for row in read}
    found = Counter(
        verdicts.get((package, item["path"], item["line"], item["code"]), "unread")
        for package, item in score.new
    )
    share = Share(found["true"], found["true"] + found["false"])
    return (
        f"Findings in no row that were read: {share} true ({share.percent()}), "
        f"{found['debatable']} debatable apart; unread: {found['unread']}"
    )


def _leak_lines(leaks: Sequence[Outcome], existing: set[str]) -> list[str]:
    lines = [f"  {'leak rows':<12}{'certain':>10}{'likely':>10}{'all':>10}{'':>8}   other code"]
    codes = sorted({code for o in leaks for code in o.row.codes})
    scored = [code for code in codes if code in existing]
    for title, wanted in [*((c, {c}) for c in scored), ("DMN101-103", set(SIBLINGS))]:
        rows = [o for o in leaks if wanted & set(o.row.codes)]
        certain = _share(o for o in rows if o.row.confidence == "certain")
        likely = _share(o for o in rows if o.row.confidence == "likely")
        every = _share(rows)
        other = sum(1 for o in rows if o.other_code)
        cells = f"{certain!s:>10}{likely!s:>10}{every!s:>10}{every.percent():>8}"
        lines.append(f"  {title:<12}{cells}   {other or ''}".rstrip())
    missing = Counter(c for o in leaks for c in o.row.codes if c not in existing)
    if missing:
        counts = ", ".join(f"{code} {count} rows" for code, count in sorted(missing.items()))
        lines.append(f"  not yet: {counts}")
    return lines


def _by_code(outcomes: Iterable[Outcome]) -> str:
    counts = Counter(o.finding["code"] for o in outcomes if o.finding)
    return ", ".join(f"{code} {count}" for code, count in sorted(counts.items())) or "none"


def table(score: Score, group: str, existing: set[str]) -> str:
    """The table of one group of packages."""
    leaks, clean, suspects = (select(score, group, k) for k in ("leaks", "clean", "suspects"))
    packages = sorted({o.row.package for o in [*leaks, *clean, *suspects]})
    names = f"{len(packages)} releases" if len(packages) > 2 else ", ".join(map(str, packages))
    lines = [f"{TITLES[group]} ({names})", *_leak_lines(leaks, existing)]
    flagged = _share(clean)
    lines.append(
        f"  clean rows flagged: {flagged}, {100 * flagged.ratio:.1f} % ({_by_code(clean)})"
    )
    marked = [o for o in suspects if set(o.row.codes) & existing]
    lines.append(
        f"  suspects flagged (neither hit nor miss): {_share(marked)} ({_by_code(marked)})"
    )
    fixed = [o for o in score.fixed if o.row.group == group and o.row.code in existing]
    found = Share(sum(1 for o in fixed if o.before), len(fixed))
    silent = Share(sum(1 for o in fixed if not o.after), len(fixed))
    lines.append(f"  mended rows: found before {found}, silent after {silent}")
    fresh = Counter(finding["code"] for package, finding in score.new if package in packages)
    counts = ", ".join(f"{code} {count}" for code, count in sorted(fresh.items()))
    lines.append(
        f"  findings in no row: {sum(fresh.values())}" + (f" ({counts})" if counts else "")
    )
    return "\n".join(lines)


class Source:
    """The lines of the unpacked packages, to show the code that a row or finding is about."""

    def __init__(self, cache: Path) -> None:
        self._cache = cache
        self._files: dict[Path, list[str]] = {}

    def line(self, package: Package, path: str, number: int) -> str:
        """One line, stripped; empty if there is none."""
        file = unpacked(package, self._cache) / path
        if file not in self._files:
            try:
                text = file.read_text(encoding="utf-8", errors="replace")
            except OSError:
                text = ""
            self._files[file] = text.split("\n")
        lines = self._files[file]
        return lines[number - 1].strip() if 0 < number <= len(lines) else ""


def show_misses(score: Score, existing: set[str], source: Source) -> str:
    """The leak rows that were not found, and the mended ones."""
    lines = ["Misses"]
    for outcome in score.outcomes:
        row = outcome.row
        if row.kind == "leaks" and not outcome.finding and set(row.codes) & existing:
            lines.append(f"{row.package}: {row.path}:{row.line}: {row.codes[0]} ({row.confidence})")
            lines.append(f"    {source.line(row.package, row.path, row.line)}")
            lines.append(f"    {row.why}")
    for change in score.fixed:
        where = change.row
        if where.code not in existing:
            continue
        if not change.before:
            lines.append(f"{where.before}: {where.path}:{where.line_before}: {where.code} (mended)")
            lines.append(f"    {source.line(where.before, where.path, where.line_before)}")
            lines.append(f"    {where.why}")
        if change.after:
            lines.append(_finding(where.after, change.after, source, "still found though mended: "))
    return "\n".join(lines if len(lines) > 1 else ["Misses: none"])


def show_false_alarms(score: Score, source: Source) -> str:
    """The clean rows that were flagged."""
    lines = ["False alarms"]
    for outcome in score.outcomes:
        if outcome.row.kind == "clean" and outcome.finding:
            lines.append(_finding(outcome.row.package, outcome.finding, source))
            lines.append(f"    {outcome.row.label}: {outcome.row.why}")
    return "\n".join(lines if len(lines) > 1 else ["False alarms: none"])


def show_suspects(score: Score, source: Source) -> str:
    """The debatable rows that were flagged."""
    lines = ["Suspects flagged"]
    for outcome in score.outcomes:
        if outcome.row.kind == "suspects" and outcome.finding:
            lines.append(_finding(outcome.row.package, outcome.finding, source))
            lines.append(f"    {outcome.row.label}: {outcome.row.why}")
    return "\n".join(lines if len(lines) > 1 else ["Suspects flagged: none"])


def show_new(score: Score, source: Source, sample: int | None, seed: int, trace: bool) -> str:
    """The findings in no row, or a repeatable sample of them, to be judged by eye."""
    new = sorted(score.new, key=lambda pair: (pair[0], pair[1]["path"], pair[1]["line"]))
    title = f"Findings in no row: {len(new)}"
    if sample is not None and sample < len(new):
        chosen = sorted(random.Random(seed).sample(range(len(new)), sample))
        new = [new[number] for number in chosen]
        title += f", {sample} of them drawn with seed {seed}"
    lines = [title]
    for package, finding in new:
        lines.append(_finding(package, finding, source))
        for step in finding["trace"] if trace else ():
            lines.append(f"      {step['path']}:{step['line']}: {step['message']}")
    return "\n".join(lines)


def _finding(package: Package, finding: Found, source: Source, before: str = "") -> str:
    place = f"{before}{package}: {finding['path']}:{finding['line']}:{finding['column']}"
    code = source.line(package, finding["path"], finding["line"])
    return f"{place}: {finding['code']} ({finding['confidence']}) {finding['message']}\n    {code}"


def as_json(score: Score) -> dict[str, Any]:
    """Everything, for a program: rows with what was found there, and the findings in no row."""
    return {
        "rows": [
            {
                "group": o.row.group,
                "kind": o.row.kind,
                "package": str(o.row.package),
                "path": o.row.path,
                "line": o.row.line,
                "codes": list(o.row.codes),
                "confidence": o.row.confidence,
                "label": o.row.label,
                "why": o.row.why,
                "finding": o.finding,
            }
            for o in score.outcomes
        ],
        "mended": [
            {
                "group": o.row.group,
                "before": str(o.row.before),
                "after": str(o.row.after),
                "path": o.row.path,
                "line": o.row.line_before,
                "code": o.row.code,
                "found_before": o.before,
                "found_after": o.after,
            }
            for o in score.fixed
        ],
        "new": [{"package": str(package), **finding} for package, finding in score.new],
    }
