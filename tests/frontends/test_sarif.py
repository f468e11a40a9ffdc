"""SARIF: valid by the schema of the standard, with the trace as code flow and related locations."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from case_files import CASES
from daemon_lint.check import check_paths
from daemon_lint.cli import main
from daemon_lint.config import Config
from daemon_lint.findings import Finding, Step
from daemon_lint.reporters.sarif import render
from daemon_lint.rules import all_rules

SCHEMA = json.loads(Path(__file__).with_name("schemas").joinpath("sarif-2.1.0.json").read_text())
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)


def finding(path: str = "a.py", line: int = 3, message: str = "drops it") -> Finding:
    steps = (Step(path, line, "acquired here"), Step("other/b.py", 9, "close() was searched"))
    return Finding("DMN101", "unregistered-subscription", path, line, 5, line, 9, message,
                   trace=steps)  # fmt: skip


def test_all_case_files_give_a_valid_log() -> None:
    config = Config(root=CASES, extend_select=("DMN105",))
    report = check_paths([CASES], config, jobs=1, cache=False)
    log = json.loads(render(report.findings))
    VALIDATOR.validate(log)
    (run,) = log["runs"]
    assert len(run["results"]) == len(report.findings) > 200
    ids = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert ids == [rule.code for rule in all_rules()]
    for result in run["results"]:
        assert ids[result["ruleIndex"]] == result["ruleId"]
    prints = [item["partialFingerprints"]["daemonLint/v1"] for item in run["results"]]
    assert len(set(prints)) == len(prints)


def test_a_wrong_log_is_refused_by_the_schema() -> None:
    log = json.loads(render([finding()]))
    log["runs"][0]["results"][0]["level"] = "warn"
    with pytest.raises(jsonschema.ValidationError):
        VALIDATOR.validate(log)


def test_the_trace_is_code_flow_and_related_locations() -> None:
    (result,) = json.loads(render([finding()]))["runs"][0]["results"]
    (flow,) = result["codeFlows"]
    steps = [item["location"] for item in flow["threadFlows"][0]["locations"]]
    assert [step["message"]["text"] for step in steps] == ["acquired here", "close() was searched"]
    assert [step["physicalLocation"]["region"]["startLine"] for step in steps] == [3, 9]
    assert [place["id"] for place in result["relatedLocations"]] == [1, 2]
    assert steps[1]["physicalLocation"]["artifactLocation"]["uri"] == "other/b.py"


def test_a_fingerprint_outlives_moved_lines() -> None:
    def prints(*found: Finding) -> list[str]:
        results = json.loads(render(found))["runs"][0]["results"]
        return [item["partialFingerprints"]["daemonLint/v1"] for item in results]

    assert prints(finding(line=3)) == prints(finding(line=30))
    first, second = prints(finding(line=3), finding(line=8))
    assert first != second
    assert prints(finding(message="keeps it")) != prints(finding())


def test_paths_are_uris(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)

    def uri(path: str) -> dict[str, str]:
        (result,) = json.loads(render([finding(path)]))["runs"][0]["results"]
        place: dict[str, str] = result["locations"][0]["physicalLocation"]["artifactLocation"]
        return place

    assert uri("a b/ü.py") == {"uri": "a%20b/%C3%BC.py", "uriBaseId": "%SRCROOT%"}
    assert uri("../elsewhere.py") == {"uri": "../elsewhere.py"}
    assert uri("<stdin>") == {"uri": "%3Cstdin%3E"}


def test_the_command_line_writes_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "broken.py").write_text("def f(:\n")
    assert main(["check", ".", "--format", "sarif", "--no-cache"]) == 1
    log = json.loads(capsys.readouterr().out)
    VALIDATOR.validate(log)
    (result,) = log["runs"][0]["results"]
    assert (result["ruleId"], result["level"]) == ("DMN002", "error")
