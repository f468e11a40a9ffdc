"""Editors through python-lsp-server: its flake8 and pylint plugins load ours.

A scripted client speaks JSON-RPC to a real server. The text on disk is clean; what the editor
holds unsaved has a leak.
"""

from __future__ import annotations

import contextlib
import json
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("pylsp", reason="python-lsp-server is not installed")

CLEAN = """from daemonbase import DaemonBase


class Leaky(DaemonBase):
    async def initialize(self) -> None:
        self.subscribe("tick", print)
"""
LEAKY = CLEAN.replace("self.subscribe", "self.bus.subscribe")
OFF = {
    name: {"enabled": False}
    for name in ("pycodestyle", "pyflakes", "mccabe", "jedi_completion", "autopep8", "yapf")
}
PLUGINS = {
    "flake8": {"flake8": {"enabled": True, "select": ["DMN"], "executable": "flake8"}},
    "pylint": {
        "pylint": {
            "enabled": True,
            # With an executable pylsp hands over the buffer; without, pylint reads the disk.
            "executable": str(Path(sys.executable).with_name("pylint")),
            "args": [
                "--load-plugins=daemon_lint.pylint",
                "--disable=all",
                "--enable=unregistered-subscription",
            ],
        }
    },
}
PLUGINS["flake8"]["flake8"]["executable"] = str(Path(sys.executable).with_name("flake8"))


class Client:
    """The least of a language client: requests, notifications, and diagnostics by version."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.process = subprocess.Popen(
            [sys.executable, "-m", "pylsp"],
            cwd=folder,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        self.inbox: queue.Queue[dict[str, Any]] = queue.Queue()
        threading.Thread(target=self._read, daemon=True).start()
        self.number = 0

    def _read(self) -> None:
        stream = self.process.stdout
        assert stream is not None
        while header := stream.readline():
            length = int(header.partition(b":")[2])
            while stream.readline().strip():
                pass
            self.inbox.put(json.loads(stream.read(length)))

    def send(self, method: str, parameters: Any, *, answer: bool = False) -> Any:
        message = {"jsonrpc": "2.0", "method": method, "params": parameters}
        if answer:
            self.number += 1
            message["id"] = self.number
        body = json.dumps(message).encode()
        assert self.process.stdin is not None
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n%b" % (len(body), body))
        self.process.stdin.flush()
        return self.wait(lambda found: found.get("id") == message["id"]) if answer else None

    def wait(self, wanted: Any, seconds: float = 40) -> dict[str, Any]:
        end = time.monotonic() + seconds
        while True:
            found = self.inbox.get(timeout=max(end - time.monotonic(), 0.01))
            if wanted(found):
                return found

    def diagnostics(self, code: str) -> list[dict[str, Any]]:
        """Those of the next publication that has, or does not have, what is asked for."""
        found = self.wait(lambda item: item.get("method") == "textDocument/publishDiagnostics")
        return [item for item in found["params"]["diagnostics"] if item.get("code") == code]

    def until(self, code: str, present: bool) -> list[dict[str, Any]]:
        for _ in range(8):
            found = self.diagnostics(code)
            if bool(found) is present:
                return found
        raise AssertionError(f"no publication came {'with' if present else 'without'} {code}")


@contextlib.contextmanager
def session(folder: Path, plugin: str) -> Iterator[Client]:
    client = Client(folder)
    try:
        client.send(
            "initialize",
            {"processId": None, "rootUri": folder.as_uri(), "capabilities": {}},
            answer=True,
        )
        client.send("initialized", {})
        settings = {"pylsp": {"plugins": {**OFF, **PLUGINS[plugin]}}}
        client.send("workspace/didChangeConfiguration", {"settings": settings})
        yield client
        client.send("shutdown", None, answer=True)
        client.send("exit", None)
    finally:
        client.process.kill()
        client.process.wait()


@pytest.mark.parametrize(("plugin", "code"), [("flake8", "DMN101"), ("pylint", "W7101")])
def test_an_unsaved_buffer_shows_the_leak(plugin: str, code: str, tmp_path: Path) -> None:
    path = tmp_path / "leaky.py"
    path.write_text(CLEAN)
    (tmp_path / "daemon-lint.toml").write_text("")
    uri = path.as_uri()
    with session(tmp_path, plugin) as client:
        document = {"uri": uri, "languageId": "python", "version": 1, "text": LEAKY}
        client.send("textDocument/didOpen", {"textDocument": document})
        (found,) = client.until(code, True)
        assert found["range"]["start"] == {"line": 5, "character": 8}
        assert "Leaky drops the handle of self.bus.subscribe()" in found["message"]

        changed = {"textDocument": {"uri": uri, "version": 2}, "contentChanges": [{"text": CLEAN}]}
        client.send("textDocument/didChange", changed)
        client.until(code, False)
    assert path.read_text() == CLEAN
