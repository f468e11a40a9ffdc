"""Findings as SARIF 2.1.0, for code scanning services and editors.

The trace of a finding is its code flow; the places it leads through are its related locations.
Specification: https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable
from typing import Any
from urllib.parse import quote

from daemon_lint.findings import Finding, Step
from daemon_lint.pages import page
from daemon_lint.reporters import relative
from daemon_lint.rules import Rule, all_rules
from daemon_lint.version import __version__

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_ROOT = "%SRCROOT%"
_PRECISION = {"resolved": "very-high", "annotation": "high", "inferred": "medium", "name": "low"}


def render(findings: Iterable[Finding]) -> str:
    """One run with all rules; columns count characters (`unicodeCodePoints`)."""
    rules = all_rules()
    index = {rule.code: number for number, rule in enumerate(rules)}
    seen: dict[str, int] = {}
    log = {
        "$schema": _SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {
                        "name": "daemon-lint",
                        "semanticVersion": __version__,
                        "rules": [_rule(rule) for rule in rules],
                    }
                },
                "columnKind": "unicodeCodePoints",
                "results": [_result(finding, index, seen) for finding in findings],
            }
        ],
    }
    return json.dumps(log, indent=2, ensure_ascii=False) + "\n"


def _rule(rule: type[Rule]) -> dict[str, Any]:
    return {
        "id": rule.code,
        "name": "".join(word.title() for word in rule.symbol.split("-")),
        "shortDescription": {"text": rule.summary.replace("`", "")},
        "fullDescription": {"text": rule.why},
        "help": {"text": rule.why, "markdown": page(rule)},
        "defaultConfiguration": {"level": _level(rule.code), "enabled": rule.default_on},
        "properties": {"tags": ["resource-leak" if rule.code[3] == "1" else "lifecycle"]},
    }


def _level(code: str) -> str:
    return "error" if code[3] == "0" else "warning"


def _result(finding: Finding, index: dict[str, int], seen: dict[str, int]) -> dict[str, Any]:
    uri = _uri(finding.path)
    result: dict[str, Any] = {
        "ruleId": finding.code,
        "ruleIndex": index[finding.code],
        "level": _level(finding.code),
        "message": {"text": finding.message},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": uri,
                    "region": {
                        "startLine": finding.line,
                        "startColumn": finding.column,
                        "endLine": finding.end_line,
                        "endColumn": max(finding.end_column, 1),
                    },
                }
            }
        ],
        "partialFingerprints": {"daemonLint/v1": _fingerprint(finding, seen)},
        "properties": {"precision": _PRECISION[finding.confidence]},
    }
    if finding.trace:
        places = [_place(step) for step in finding.trace]
        result["relatedLocations"] = [
            {"id": number, **place} for number, place in enumerate(places, 1)
        ]
        result["codeFlows"] = [
            {"threadFlows": [{"locations": [{"location": place} for place in places]}]}
        ]
    return result


def _place(step: Step) -> dict[str, Any]:
    return {
        "physicalLocation": {
            "artifactLocation": _uri(step.path),
            "region": {"startLine": step.line},
        },
        "message": {"text": step.message},
    }


def _uri(path: str) -> dict[str, str]:
    shown = relative(path)
    if shown.startswith(("<", "../", "/")):
        return {"uri": quote(shown)}  # not below the folder that the run was started in
    return {"uri": quote(shown), "uriBaseId": _ROOT}


def _fingerprint(finding: Finding, seen: dict[str, int]) -> str:
    """The same for the same finding when lines move: without numbers, the n-th of its kind."""
    words = re.sub(r"\d+", "", finding.message)
    key = "\0".join((finding.code, relative(finding.path), words))
    seen[key] = seen.get(key, 0) + 1
    return hashlib.blake2b(f"{key}\0{seen[key]}".encode(), digest_size=16).hexdigest()
