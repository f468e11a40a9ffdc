"""`daemon-lint inventory` and `daemon-lint graph`: what daemons there are, and how they depend."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from daemon_lint.config import Config
from daemon_lint.contracts import ConfigError
from daemon_lint.inventory import Inventory, take_inventory
from daemon_lint.progress import Bar
from daemon_lint.reporters import relative


def inventory(arguments: argparse.Namespace, config: Config) -> int:
    """Write the inventory. Raises ConfigError for wrong paths."""
    from daemon_lint.reporters.inventory import RENDERERS

    found = _take(arguments, config)
    _write(arguments.output, RENDERERS[arguments.format](found))
    return 0


def graph(arguments: argparse.Namespace, config: Config) -> int:
    """Write the graph. Raises ConfigError for wrong paths."""
    from daemon_lint.graph import graph_of
    from daemon_lint.reporters.diagrams import dot, mermaid

    found = _take(arguments, config)
    if not found.daemons:
        files = f"{found.files:,} file{'' if found.files == 1 else 's'}"
        print(f"daemon-lint: no daemons in {files}; the graph is empty.", file=sys.stderr)
    drawn = graph_of(found)
    if arguments.format == "html":
        from daemon_lint.reporters.graph_page import page

        text = page(drawn)
    else:
        text = mermaid(drawn) if arguments.format == "mermaid" else dot(drawn)
    _write(arguments.output, text)
    return 0


def _take(arguments: argparse.Namespace, config: Config) -> Inventory:
    for path in arguments.paths:
        if path == "-":
            raise ConfigError(f"{arguments.command} reads files and folders, not standard input.")
        if not os.path.exists(path):
            raise ConfigError(f"{path}: there is no such file or folder.")
    with Bar(sys.stderr) as progress:
        found = take_inventory(
            arguments.paths,
            config,
            jobs=arguments.jobs or os.cpu_count() or 1,
            cache=not arguments.no_cache,
            progress=progress,
        )
    for path, reason in found.skipped:
        print(f"daemon-lint: {relative(path)} is left out: {reason}.", file=sys.stderr)
    return found


def _write(output: Path | None, text: str) -> None:
    if output is None:
        data = text.encode("utf-8", "backslashreplace")
        sys.stdout.flush()
        sys.stdout.buffer.write(data) if hasattr(sys.stdout, "buffer") else sys.stdout.write(text)
        sys.stdout.flush()
        return
    try:
        output.write_text(text, encoding="utf-8", errors="backslashreplace")
    except OSError as error:
        raise ConfigError(f"--output {output}: cannot be written ({error.strerror}).") from None
