"""`daemon-lint new`: a daemon and its test, from one template, never over an existing file."""

from __future__ import annotations

import argparse
import keyword
import math
import re
from pathlib import Path
from string import Template

from daemon_lint.contracts import ConfigError

_TEMPLATES = Path(__file__).with_name("templates")
_SUFFIX = "_daemon"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `daemon-lint new`."""
    parser.add_argument("name", metavar="NAME", help="the daemon's name: user, room-membership")
    parser.add_argument(
        "--subscribes", nargs="+", default=[], metavar="EVENT", help="events: user:created"
    )
    parser.add_argument(
        "--interval", nargs="+", default=[], metavar="NAME:SECONDS", help="user-monitoring:5"
    )
    parser.add_argument(
        "--waits-for", nargs="+", default=[], metavar="DAEMON", help="daemons to be ready first"
    )
    parser.add_argument(
        "--directory", type=Path, default=Path(), metavar="DIR", help="default: this folder"
    )


def run(arguments: argparse.Namespace) -> int:
    """Write the two files and say where.

    Raises ConfigError for a wrong name or an existing file.
    """
    name = arguments.name
    module = _identifier(name, "the daemon's name")
    if not module.endswith(_SUFFIX):
        module += _SUFFIX
    intervals = [_interval(text) for text in arguments.interval]
    _refuse_repeats([*arguments.subscribes], "--subscribes")
    _refuse_repeats([label for label, _ in intervals], "--interval")
    _refuse_repeats([*arguments.waits_for], "--waits-for")
    values = _values(name, module, arguments.subscribes, intervals, arguments.waits_for)
    folder = arguments.directory
    if not folder.is_dir():
        raise ConfigError(f"--directory {folder}: there is no such folder; make it first.")
    targets = {
        folder / f"{module}.py": "daemon.py.txt",
        folder / f"test_{module}.py": "test_daemon.py.txt",
    }
    for target in targets:
        if target.exists():
            raise ConfigError(f"{target} exists; it was left as it is, choose another name.")
    for target, template in targets.items():
        text = Template((_TEMPLATES / template).read_text(encoding="utf-8")).substitute(values)
        try:
            with target.open("x", encoding="utf-8") as file:
                file.write(text)
        except OSError as error:
            raise ConfigError(f"{target} cannot be written ({error.strerror}).") from None
        print(f"wrote {target}")
    return 0


def _identifier(text: str, what: str) -> str:
    """A Python name for a daemon, event or interval name."""
    found = re.sub(r"[^0-9A-Za-z]+", "_", re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", text)).strip("_")
    found = found.lower()
    if not found.isidentifier() or keyword.iskeyword(found) or '"' in text or "\\" in text:
        raise ConfigError(
            f"{what} '{text}' makes no Python name; use letters, digits, '-', '_', ':' or '.', "
            "and begin with a letter."
        )
    return found


def _interval(text: str) -> tuple[str, str]:
    name, colon, seconds = text.rpartition(":")
    try:
        number = float(seconds)
    except ValueError:
        number = math.nan
    if not colon or not name or not math.isfinite(number) or number <= 0:
        raise ConfigError(
            f"--interval '{text}' is not NAME:SECONDS with seconds above zero; "
            "write user-monitoring:5."
        )
    return name, f"{number:g}"


def _refuse_repeats(names: list[str], option: str) -> None:
    seen: dict[str, str] = {}
    for name in names:
        key = _identifier(name, option)
        if key in seen:
            raise ConfigError(f"{option} has '{seen[key]}' and '{name}', which are one name.")
        seen[key] = name


def _values(
    name: str,
    module: str,
    events: list[str],
    intervals: list[tuple[str, str]],
    waits_for: list[str],
) -> dict[str, str]:
    """What the templates are filled with."""
    setup: list[str] = []
    methods: list[str] = []
    for event in events:
        handler = f"on_{_identifier(event, '--subscribes')}"
        setup.append(f'self.subscribe("{event}", self.{handler})')
        methods.append(_method(handler, "payload: object", f'"{event}: %r", payload'))
    for label, seconds in intervals:
        callback = f"run_{_identifier(label, '--interval')}"
        setup.append(f'self.register_interval("{label}", self.{callback}, {seconds})')
        methods.append(_method(callback, "", f'"{label}"'))
    for daemon in waits_for:
        callback = f"when_{_identifier(daemon, '--waits-for')}_is_ready"
        setup.append(f'self.on_daemon_ready("{daemon}", self.{callback})')
        methods.append(_method(callback, "", f'"{daemon} is ready"'))
    indent = " " * 8
    emits = [f'            await bus.emit("{event}", {{}})\n' for event in events]
    return {
        "name": name,
        "module": module,
        "class_name": "".join(word.capitalize() for word in module.split("_")),
        "initialize": "\n".join(indent + line for line in setup)
        or f'{indent}self.log.debug("nothing to set up")',
        "methods": "".join(f"\n{method}" for method in methods),
        "subscriptions": str(len(events) + len(waits_for)),
        "intervals": repr([label for label, _ in intervals]).replace("'", '"'),
        "emits": "".join(emits),
    }


def _method(name: str, parameter: str, logged: str) -> str:
    parameters = f"self, {parameter}" if parameter else "self"
    return f"    async def {name}({parameters}) -> None:\n        self.log.info({logged})\n"
