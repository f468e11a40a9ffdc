"""Measure daemon-lint on the labelled rows: what it finds, what it misses, what it wrongly flags.

    python tests/corpus/run.py [--only NAME] [--show-misses] [--show-false-alarms] [--new] ...

Fetches the pinned packages into the cache folder (DAEMON_LINT_CORPUS, else the user's), unpacks
them, lints each in a process of its own, and prints the tables. Exit status 0, or 2 if a package
cannot be had or the linter fails on it.
"""

from __future__ import annotations

import argparse
import glob
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

TESTS = Path(__file__).resolve().parent.parent
REPO = TESTS.parent
if __name__ == "__main__":
    sys.path[:0] = [str(TESTS), str(REPO)]

from corpus import fetch, report, rows, score  # noqa: E402 - behind the path
from corpus.measure import Measured, run_measured  # noqa: E402 - behind the path

NEEDED = (3, 13)  # the newest syntax in the labelled packages
SHOWN_TREE = fetch.Package("homeassistant", "2025.12.5")


class RunError(Exception):
    """One sentence: what went wrong with the linter itself."""


@dataclass(frozen=True)
class Linted:
    """What the linter said about one package, and what that took."""

    findings: list[score.Found]
    codes: list[str]
    files: int
    seconds: float
    measured: Measured


def find_python() -> str | None:
    """A Python that can parse the labelled packages: on PATH, or one that pyenv has."""
    names = [f"python3.{minor}" for minor in (13, 14, 15)]
    found = [path for name in names if (path := shutil.which(name))]
    root = os.environ.get("PYENV_ROOT") or str(Path.home() / ".pyenv")
    for name in names:
        version = name.removeprefix("python")
        found += sorted(glob.glob(f"{root}/versions/{version}*/bin/{name}"), reverse=True)
    probe = "import sys; sys.exit(0 if sys.version_info >= (3, 13) else 1)"
    for path in found:
        # A shim may be there without the version behind it, so each is tried.
        done = subprocess.run([path, "-c", probe], capture_output=True, check=False)
        if done.returncode == 0:
            return path
    return None


def ensure_python() -> None:
    """Go on under a new enough Python. The linter has no dependency, so any one will do."""
    if sys.version_info >= NEEDED:
        return
    python = find_python()
    if python is None:
        sys.exit("The corpus uses Python 3.13 syntax: put a python3.13 or newer on PATH.")
    sys.exit(
        subprocess.run(
            [python, str(Path(__file__).resolve()), *sys.argv[1:]], env=environment(), check=False
        ).returncode
    )


def environment() -> Mapping[str, str]:
    """The environment of a process that imports the linter from this checkout."""
    env = dict(os.environ)
    env["PYTHONPATH"] = os.pathsep.join(filter(None, [str(REPO), env.get("PYTHONPATH")]))
    return env


def lint(folder: Path, jobs: int) -> Linted:
    """Lint one unpacked package in a process of its own. Raises RunError."""
    with tempfile.TemporaryDirectory(prefix="daemon-lint-") as scratch:
        output = Path(scratch) / "findings.json"
        command = [sys.executable, str(TESTS / "corpus" / "lint.py"), str(folder), str(output)]
        measured = run_measured([*command, "--jobs", str(jobs)], environment())
        if measured.status != 0 or not output.exists():
            raise RunError(f"{folder.name}: the linter ended with an error:\n{measured.output}")
        raw = json.loads(output.read_text(encoding="utf-8"))
    return Linted(raw["findings"], raw["codes"], raw["files"], raw["seconds"], measured)


def evaluate(
    all_rows: Sequence[rows.Row],
    fixed: Sequence[rows.FixedRow],
    linted: Mapping[fetch.Package, Linted],
    cache: Path,
) -> score.Score:
    """Compare all that was found with all rows of the packages that were linted."""
    result = score.Score()
    for package, answer in linted.items():
        root = fetch.unpacked(package, cache)
        mine = [row for row in all_rows if row.package == package]
        result.outcomes += score.match(mine, answer.findings, root)
        if mine:  # the releases that only mended rows name were not read as a whole
            fresh = score.in_no_row(mine, answer.findings, root)
            result.new += [(package, finding) for finding in fresh]
    for change in fixed:
        if change.before in linted and change.after in linted:
            result.fixed.append(
                score.judge_fixed(
                    change,
                    linted[change.before].findings,
                    linted[change.after].findings,
                    fetch.unpacked(change.before, cache),
                    fetch.unpacked(change.after, cache),
                )
            )
    return result


def arguments() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(description="Measure daemon-lint on the labelled rows.")
    parser.add_argument("--only", metavar="NAME", help="ha, other, or the name of one package")
    parser.add_argument("--code", metavar="DMN…", help="show only rows and findings of this code")
    parser.add_argument("--show-misses", action="store_true", help="print the rows not found")
    parser.add_argument("--show-false-alarms", action="store_true", help="and the clean ones found")
    parser.add_argument("--show-suspects", action="store_true", help="and the debatable ones found")
    parser.add_argument("--new", action="store_true", help="print the findings in no row")
    parser.add_argument("--sample", type=int, metavar="N", help="with --new: only N, by chance")
    parser.add_argument("--seed", type=int, default=1, metavar="S", help="the seed of that chance")
    parser.add_argument("--trace", action="store_true", help="with --new: the steps as well")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write everything there")
    parser.add_argument("--jobs", type=int, default=2, metavar="N", help="linter processes (2)")
    parser.add_argument("--no-fetch", action="store_true", help="use only what is in the cache")
    parser.add_argument("--fetch-only", action="store_true", help="fetch and unpack, then stop")
    return parser.parse_args()


def chosen(packages: Sequence[fetch.Package], only: str | None) -> list[fetch.Package]:
    """The packages that --only asks for."""
    if only in (None, "all"):
        return list(packages)
    if only in report.TITLES:
        return [p for p in packages if (p.name == SHOWN_TREE.name) == (only == "ha")]
    return [p for p in packages if only in (p.name, f"{p.name}-{p.version}")]


def keep_code(result: score.Score, code: str) -> score.Score:
    """The part of a score that is about one code."""
    return score.Score(
        [
            outcome
            for outcome in result.outcomes
            if (outcome.finding["code"] if outcome.finding else code) == code
            and (code in outcome.row.codes or outcome.row.kind == "clean")
        ],
        [outcome for outcome in result.fixed if outcome.row.code == code],
        [(package, finding) for package, finding in result.new if finding["code"] == code],
    )


def describe(package: fetch.Package, answer: Linted) -> str:
    """One line about the cost of linting a package."""
    took = answer.measured
    memory = f"{took.largest:.0f} MB in the largest process" if took.largest else "memory unknown"
    if took.together:
        memory += f", {took.together:.0f} MB in all together"
    return (
        f"{package}: {answer.files} files, {answer.seconds:.1f} s linting,"
        f" {took.seconds:.1f} s with start-up, cold; peak memory {memory}"
    )


def print_details(
    options: argparse.Namespace, result: score.Score, codes: set[str], cache: Path
) -> None:
    """The rows and findings that were asked for."""
    source = report.Source(cache)
    part = keep_code(result, options.code) if options.code else result
    if options.show_misses:
        print("\n" + report.show_misses(part, codes, source))
    if options.show_false_alarms:
        print("\n" + report.show_false_alarms(part, source))
    if options.show_suspects:
        print("\n" + report.show_suspects(part, source))
    if options.new:
        print("\n" + report.show_new(part, source, options.sample, options.seed, options.trace))


def main() -> int:
    """Fetch, lint, compare, print. Returns the exit status."""
    options = arguments()
    cache = fetch.cache_folder()
    all_rows, fixed = rows.load_rows(), rows.load_fixed()
    packages = chosen(rows.packages_of(all_rows, fixed), options.only)
    if not packages:
        print(f"No labelled row names the package {options.only!r}.", file=sys.stderr)
        return 2
    linted: dict[fetch.Package, Linted] = {}
    try:
        for package in packages:
            folder = fetch.provide(package, cache, network=not options.no_fetch)
            if options.fetch_only:
                continue
            print(f"linting {package}", file=sys.stderr, flush=True)
            linted[package] = lint(folder, options.jobs)
    except (fetch.FetchError, RunError) as error:
        print(error, file=sys.stderr)
        return 2
    if options.fetch_only:
        print(f"{len(packages)} packages are in {cache}")
        return 0
    result = evaluate(all_rows, fixed, linted, cache)
    codes = {code for answer in linted.values() for code in answer.codes}
    for group in report.TITLES:
        if any(outcome.row.group == group for outcome in result.outcomes):
            print("\n" + report.table(result, group, codes))
            if group == "ha":
                of_read = {row.package for row in rows.load_read()}
                of_read_result = score.Score(
                    new=[item for item in result.new if item[0] in of_read]
                )
                print("  " + report.precision(of_read_result, rows.load_read()))
    broken = [
        f"{package}: {finding['path']}:{finding['line']}: {finding['code']} {finding['message']}"
        for package, answer in linted.items()
        for finding in answer.findings
        if finding["code"] in ("DMN001", "DMN002")
    ]
    print(f"\nInternal errors and files that cannot be parsed: {len(broken)}")
    for line in broken:
        print(f"  {line}")
    for package, answer in linted.items():
        if package == SHOWN_TREE or len(linted) == 1:
            print(describe(package, answer))
    files = sum(answer.files for answer in linted.values())
    seconds = sum(answer.seconds for answer in linted.values())
    print(f"{len(linted)} packages: {files} files in {seconds:.1f} s, {options.jobs} processes")
    print_details(options, result, codes, cache)
    if options.json:
        write_json(options.json, result, linted, codes)
    return 0


def write_json(
    target: Path, result: score.Score, linted: Mapping[fetch.Package, Linted], codes: set[str]
) -> None:
    """Everything, for a program."""
    summary: dict[str, Any] = {}
    for group in report.TITLES:
        found, flagged = report.recall(result, group), report.false_alarms(result, group)
        summary[group] = {
            "recall": found.ratio,
            "leak_rows": found.whole,
            "clean_rows": flagged.whole,
            "clean_flagged": flagged.ratio,
        }
    everything = {
        "summary": summary,
        "codes": sorted(codes),
        "packages": {
            str(package): {
                "files": answer.files,
                "seconds": answer.seconds,
                "findings": len(answer.findings),
                "internal_errors": sum(1 for f in answer.findings if f["code"] == "DMN001"),
                "largest_mb": answer.measured.largest,
                "together_mb": answer.measured.together,
            }
            for package, answer in linted.items()
        },
        **report.as_json(result),
    }
    target.write_text(json.dumps(everything, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    ensure_python()
    sys.exit(main())
