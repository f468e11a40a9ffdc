"""The command line. Each command imports what it needs, so that `--version` starts at once."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from daemon_lint.version import __version__

if TYPE_CHECKING:
    from daemon_lint.check import Report
    from daemon_lint.config import Config

CLEAN, FOUND, WRONG = 0, 1, 2
FORMATS = ("text", "json", "sarif")


class _Parser(argparse.ArgumentParser):
    """An argument parser whose errors are one sentence."""

    def error(self, message: str) -> NoReturn:
        self.exit(WRONG, f"daemon-lint: {message}. Try '{self.prog} --help'.\n")


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="daemon-lint",
        description="Prove that long-lived Python objects give back what they take.",
    )
    parser.add_argument("--version", action="version", version=f"daemon-lint {__version__}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", parser_class=_Parser)

    check = commands.add_parser("check", help="check files and folders")
    check.add_argument("paths", nargs="+", metavar="PATH", help="a file, a folder, or - for stdin")
    check.add_argument(
        "--profile",
        action="append",
        default=[],
        metavar="NAME|FILE",
        help="a framework's contracts; repeatable (default: auto, by what the project imports)",
    )
    check.add_argument("--format", choices=FORMATS, default="text", help="default: text")
    check.add_argument("--select", action="append", default=[], metavar="CODES")
    check.add_argument("-v", "--verbose", action="store_true", help="say what was not followed")
    check.add_argument("--extend-select", action="append", default=[], metavar="CODES")
    check.add_argument("--ignore", action="append", default=[], metavar="CODES")
    check.add_argument("--jobs", type=_jobs, default=0, metavar="N", help="default: one a core")
    check.add_argument("--no-cache", action="store_true", help="neither read nor write the cache")
    check.add_argument("--config", type=Path, metavar="FILE", help="use this configuration file")
    check.add_argument("--show-trace", action="store_true", help="print the steps of each finding")
    check.add_argument("--color", choices=("auto", "always", "never"), default="auto")
    check.add_argument("--stdin-filename", metavar="PATH", help="where the text of - belongs")

    _add_overview(
        commands.add_parser(
            "inventory",
            help="list every daemon, what it takes, and what is left to migrate",
            description="List every daemon: its base, whether it cleans up, its subscriptions, "
            "intervals, timers and tasks, whom it waits for, its findings, and how much there is "
            "to migrate.",
        ),
        ("text", "markdown", "json", "csv"),
    )
    _add_overview(
        commands.add_parser(
            "graph",
            help="draw who waits for whom, and who owns what",
            description="Draw the daemons with their handles and findings; arrows lead from a "
            "daemon to those that wait for it to be ready. html is one page without anything "
            "from outside.",
        ),
        ("mermaid", "dot", "html"),
    )

    new = commands.add_parser("new", help="write a daemon and its test from a template")
    from daemon_lint import new as new_command

    new_command.add_arguments(new)

    explain = commands.add_parser("explain", help="print the page of a rule")
    explain.add_argument("rule", metavar="RULE", help="a code or symbol, e.g. DMN201")
    rules = commands.add_parser("rules", help="list all rules")
    rules.add_argument("--format", choices=("text", "json"), default="text")
    return parser


def _add_overview(parser: argparse.ArgumentParser, formats: tuple[str, ...]) -> None:
    """The arguments of a command that looks at a whole project."""
    parser.add_argument("paths", nargs="+", metavar="PATH", help="a file or a folder")
    parser.add_argument(
        "--format", choices=formats, default=formats[0], help=f"default: {formats[0]}"
    )
    parser.add_argument(
        "--output", type=Path, metavar="FILE", help="write to this file, not to standard output"
    )
    parser.add_argument(
        "--profile",
        action="append",
        default=[],
        metavar="NAME|FILE",
        help="a framework's contracts; repeatable (default: auto, by what the project imports)",
    )
    parser.add_argument("--config", type=Path, metavar="FILE", help="use this configuration file")
    parser.add_argument("--jobs", type=_jobs, default=0, metavar="N", help="default: one a core")
    parser.add_argument("--no-cache", action="store_true", help="neither read nor write the cache")
    parser.set_defaults(stdin_filename=None, select=[], extend_select=[], ignore=[])


def _jobs(text: str) -> int:
    try:
        number = int(text)
    except ValueError:
        number = 0
    if number < 1:
        raise argparse.ArgumentTypeError(f"'{text}' is not a number of processes from 1 up")
    return number


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line; the exit status is 0 clean, 1 findings, 2 a wrong call."""
    parser = _parser()
    arguments = parser.parse_args(argv)
    if arguments.command is None:
        parser.print_help()
        return CLEAN
    from daemon_lint.contracts import ConfigError

    try:
        if arguments.command == "new":
            from daemon_lint import new

            status: int = new.run(arguments)
            return status
        if arguments.command in ("explain", "rules"):
            from daemon_lint import pages

            show = pages.explain if arguments.command == "explain" else pages.rules
            return show(arguments)
        if arguments.command in ("inventory", "graph"):
            from daemon_lint import overview

            draw = overview.inventory if arguments.command == "inventory" else overview.graph
            return draw(arguments, _config(arguments))
        return _check(arguments)
    except ConfigError as error:
        print(f"daemon-lint: {error}", file=sys.stderr)
        return WRONG
    except BrokenPipeError:
        # The reader has gone (`| head`); let the interpreter's last flush go nowhere.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FOUND
    except KeyboardInterrupt:
        return 130


def _check(arguments: argparse.Namespace) -> int:
    if arguments.verbose:
        import logging

        logger, handler = logging.getLogger("daemon_lint"), logging.StreamHandler()
        handler.setFormatter(logging.Formatter("daemon-lint: %(message)s"))
        logger.addHandler(handler)
        logger.setLevel(logging.INFO)
    config = _config(arguments)
    report = _stdin(arguments, config) if arguments.paths == ["-"] else _files(arguments, config)
    if arguments.format == "json":
        from daemon_lint.reporters import json as json_reporter

        sys.stdout.write(json_reporter.render(report.findings))
    elif arguments.format == "sarif":
        from daemon_lint.reporters import sarif as sarif_reporter

        sys.stdout.write(sarif_reporter.render(report.findings))
    else:
        from daemon_lint.reporters import text as text_reporter

        colour = arguments.color == "always" or (
            arguments.color == "auto" and sys.stdout.isatty() and "NO_COLOR" not in os.environ
        )
        lines = text_reporter.render(
            report, colour=colour, traces=arguments.show_trace, stdin=_stdin_text
        )
        for line in lines:
            print(line)
    sys.stdout.flush()
    return FOUND if report.findings else CLEAN


_stdin_text: dict[str, str] = {}
"""What came from standard input, by the path it is shown under."""


def _config(arguments: argparse.Namespace) -> Config:
    from daemon_lint.config import load_config, read_config
    from daemon_lint.contracts import ConfigError

    if arguments.stdin_filename is not None and arguments.paths != ["-"]:
        raise ConfigError("--stdin-filename goes with '-' alone; give '-' as the only path.")
    if "-" in arguments.paths and len(arguments.paths) > 1:
        raise ConfigError("'-' (standard input) cannot be checked together with other paths.")
    if arguments.config is not None:
        if not arguments.config.is_file():
            raise ConfigError(f"--config {arguments.config}: there is no such file.")
        config = read_config(arguments.config)
    else:
        first = arguments.paths[0]
        start = Path(arguments.stdin_filename or ".") if first == "-" else Path(first)
        config = load_config(start)
    select, ignore = _codes(arguments.select, "--select"), _codes(arguments.ignore, "--ignore")
    return replace(
        config,
        # A profile file named on the command line is found from the working directory.
        profiles=tuple(
            str(Path(name).absolute()) if name.endswith(".toml") else name
            for name in arguments.profile
        )
        or config.profiles,
        select=select or config.select,
        extend_select=(*config.extend_select, *_codes(arguments.extend_select, "--extend-select")),
        ignore=ignore or config.ignore,
    )


def _codes(given: Sequence[str], option: str) -> tuple[str, ...]:
    """Codes, prefixes or symbols from a comma-separated option, each known."""
    from daemon_lint.config import check_codes

    codes = tuple(code.strip() for text in given for code in text.split(",") if code.strip())
    check_codes(codes, option)
    return codes


def _files(arguments: argparse.Namespace, config: Config) -> Report:
    from daemon_lint.check import check_paths
    from daemon_lint.contracts import ConfigError
    from daemon_lint.progress import Bar

    for path in arguments.paths:
        if not os.path.exists(path):
            raise ConfigError(f"{path}: there is no such file or folder.")
    with Bar(sys.stderr) as progress:
        return check_paths(
            arguments.paths,
            config,
            jobs=arguments.jobs,
            cache=not arguments.no_cache,
            progress=progress,
        )


def _stdin(arguments: argparse.Namespace, config: Config) -> Report:
    import time

    from daemon_lint.check import Report, check_source
    from daemon_lint.project import Project
    from daemon_lint.source import decode

    start = time.perf_counter()
    data = sys.stdin.buffer.read()
    name = arguments.stdin_filename or "<stdin>"
    place = Path(arguments.stdin_filename) if arguments.stdin_filename else Path("stdin.py")
    project = Project.build([place], config, jobs=arguments.jobs or 1, cache=not arguments.no_cache)
    findings = [replace(item, path=name) for item in check_source(data, place, project)]
    try:
        _stdin_text[name] = decode(data)
    except (SyntaxError, UnicodeDecodeError, LookupError):
        _stdin_text[name] = ""
    return Report(findings, 1, time.perf_counter() - start)
