"""A function that would take seconds to follow is skipped, and `--verbose` says so."""

from __future__ import annotations

from pathlib import Path

import pytest

from daemon_lint import flow
from daemon_lint.cli import main

LEAKY = """import asyncio


class Owner:
    async def start(self, wanted):
        for _ in wanted:
            task = asyncio.create_task(self.work())
            if self.on:
                task.cancel()

    async def work(self): ...

    async def stop(self): ...
"""


def test_work_is_bounded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "leaky.py"
    path.write_text(LEAKY)
    arguments = ["check", "--no-cache", "--jobs", "1", str(path)]
    assert main(arguments) == 1
    monkeypatch.setattr(flow, "_STEPS", 2)
    assert main([*arguments, "--verbose"]) == 0
    assert "leaky.py:5: start() has too many paths to follow" in capsys.readouterr().err
