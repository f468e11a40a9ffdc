"""Lint one unpacked package and write what was found as JSON: run in a process of its own.

    python tests/corpus/lint.py FOLDER OUTPUT [--jobs N]

The output has `findings` (paths relative to the folder, `/` between the parts), `codes` (of all
rules that exist), `files` and `seconds`. No cache is read or written: the figures are cold.
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import time
from pathlib import Path
from typing import Any


def main() -> None:
    parser = argparse.ArgumentParser(description="Lint one unpacked package.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("output", type=Path)
    parser.add_argument("--jobs", type=int, default=2)
    wanted = parser.parse_args()

    from daemon_lint import check_paths
    from daemon_lint.rules import all_rules

    folder = wanted.folder.resolve()
    began = time.perf_counter()
    report = check_paths([folder], jobs=wanted.jobs, cache=False)
    seconds = time.perf_counter() - began

    def inside(path: str | Path) -> str:
        return (folder / path).resolve().relative_to(folder).as_posix()

    findings: list[dict[str, Any]] = []
    for finding in report.findings:
        row = dataclasses.asdict(finding)
        row["path"] = inside(row["path"])
        for step in row["trace"]:
            step["path"] = inside(step["path"])
        findings.append(row)
    result = {
        "findings": findings,
        "codes": sorted(rule.code for rule in all_rules()),
        "files": report.files,
        "seconds": seconds,
    }
    wanted.output.write_text(json.dumps(result), encoding="utf-8")


if __name__ == "__main__":
    main()
