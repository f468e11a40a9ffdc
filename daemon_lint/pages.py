"""The page of a rule, from its class: what `explain` prints and what docs/rules holds."""

from __future__ import annotations

import argparse
import json
import sys
import textwrap

from daemon_lint.contracts import ConfigError, nearest
from daemon_lint.rules import Rule, all_rules


def page(rule: type[Rule]) -> str:
    """A rule's page in Markdown: what, why, wrong, right, how to silence it."""
    parts = [f"# {rule.code} {rule.symbol}", rule.summary]
    if not rule.default_on:
        parts.append(f"Off by default: `--extend-select {rule.code}` switches it on.")
    parts += ["## Why", "\n".join(textwrap.wrap(rule.why, 100, break_on_hyphens=False))]
    if rule.wrong:
        parts += ["## Wrong", f"```python\n{rule.wrong.strip()}\n```"]
        parts += ["## Right", f"```python\n{rule.right.strip()}\n```"]
    parts += [
        "## Silence it",
        f"On one line: `# noqa: {rule.code}`, `# daemon-lint: ignore[{rule.code}]` or\n"
        f"`# pylint: disable={rule.symbol}`. In the configuration:",
        f'```toml\n[tool.daemon-lint]\nignore = ["{rule.code}"]\n```',
    ]
    return "\n\n".join(parts) + "\n"


def explain(arguments: argparse.Namespace) -> int:
    """`daemon-lint explain CODE`: print a rule's page. Raises ConfigError for an unknown rule."""
    wanted = arguments.rule
    for rule in all_rules():
        if wanted.lower() in (rule.code.lower(), rule.symbol):
            sys.stdout.write(page(rule))
            return 0
    known = [word for rule in all_rules() for word in (rule.code, rule.symbol)]
    raise ConfigError(f"there is no rule '{wanted}'{nearest(wanted, known)}.")


def rules(arguments: argparse.Namespace) -> int:
    """`daemon-lint rules`: list all rules, as text or JSON."""
    if arguments.format == "json":
        rows = [
            {
                "code": rule.code,
                "symbol": rule.symbol,
                "summary": rule.summary,
                "default": rule.default_on,
            }
            for rule in all_rules()
        ]
        sys.stdout.write(json.dumps(rows, indent=2) + "\n")
        return 0
    width = max(len(rule.symbol) for rule in all_rules())
    for rule in all_rules():
        off = "" if rule.default_on else " (off by default)"
        print(f"{rule.code}  {rule.symbol:<{width}}  {rule.summary}{off}")
    return 0
