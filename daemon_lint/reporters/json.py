"""Findings as a JSON list."""

from __future__ import annotations

import json
from collections.abc import Iterable

from daemon_lint.findings import Finding
from daemon_lint.reporters import relative


def render(findings: Iterable[Finding]) -> str:
    """One object a finding; lines and columns are 1-based and count characters."""
    rows = [
        {
            "code": finding.code,
            "symbol": finding.symbol,
            "path": relative(finding.path),
            "line": finding.line,
            "column": finding.column,
            "end_line": finding.end_line,
            "end_column": finding.end_column,
            "message": finding.message,
            "confidence": finding.confidence,
            "trace": [
                {"path": relative(step.path), "line": step.line, "message": step.message}
                for step in finding.trace
            ],
            "fixable": finding.fixable,
        }
        for finding in findings
    ]
    return json.dumps(rows, indent=2, ensure_ascii=False) + "\n"
