"""The command `askfirst report`: logs as a leaderboard. A part of the composition root."""

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from askfirst.benchmark.errors import LogError
from askfirst.reports.printable import one_line

MOST_CHARACTERS = 2_000
"""Of a line that is printed; the report has all of it."""


def add_report(commands: Any, common: argparse.ArgumentParser) -> None:
    """Declare `report`.

    Args:
        commands: The parser's commands.
        common: What every command takes.
    """
    command = commands.add_parser("report", parents=[common], help="write a leaderboard of logs as one page")
    command.add_argument("logs", nargs="*", metavar="LOG", help="log files, or folders of them")
    what = command.add_mutually_exclusive_group()
    what.add_argument("-o", "--output", type=Path, metavar="DIR", help="the report's folder")
    command.add_argument("--format", choices=("html", "md"), default="html", help="page or Markdown (default: html)")
    command.add_argument("--title", default="", metavar="TEXT", help="of the report")
    command.add_argument(
        "--audits",
        nargs="+",
        default=[],
        metavar="FILE",
        help="JSON of `askfirst audit -o` (default: published)",
    )
    command.add_argument("--gates", nargs="+", default=[], metavar="FILE", help="gate.json files to show")
    command.add_argument("--viewer", default="", metavar="URL", help="where `inspect view bundle` of the logs is")
    command.add_argument("--dialogues", type=_count, metavar="N", help="dialogues of a model and reason (default: 2)")
    command.add_argument("--seed", type=int, default=0, metavar="SEED", help="of the choice of dialogues (default: 0)")
    what.add_argument("--verify", type=Path, metavar="DIR", help="compute a report's numbers again from the logs")
    what.add_argument("--index", type=Path, metavar="DIR", help="write the page that lists a folder's reports")
    command.add_argument("--json", action="store_true", help="print leaderboard.json, or what differs, as JSON")
    command.set_defaults(run=report)


def report(arguments: argparse.Namespace) -> int:
    """Write a report, verify one, or list several; return 1 where a report does not agree with its logs."""
    if arguments.index is not None:
        return _list(arguments)
    if arguments.verify is not None:
        return _verify(arguments)
    from askfirst.data.published_audits import published_audits
    from askfirst.reports.leaderboard.build import DIALOGUES_PER_MODEL, TITLE, build_leaderboard
    from askfirst.reports.leaderboard.files import render_json
    from askfirst.reports.leaderboard.report import write_report

    if arguments.output is None and not arguments.json:
        raise LogError("report: no -o; expected a folder for the report; name one")
    board = build_leaderboard(
        arguments.logs,
        title=arguments.title or TITLE,
        audits=arguments.audits,
        published=published_audits(),
        gates=arguments.gates,
        seed=arguments.seed,
        dialogues_per_model=DIALOGUES_PER_MODEL if arguments.dialogues is None else arguments.dialogues,
        viewer=arguments.viewer,
    )
    for warning in board.warnings:
        sys.stderr.write(f"warning: {one_line(warning, MOST_CHARACTERS)}\n")
    if arguments.output is not None:
        sys.stderr.write(f"{write_report(board, arguments.output, arguments.format)}\n")
    if arguments.json:
        sys.stdout.write(render_json(board))
    else:
        sys.stdout.write(f"{one_line(board.boards[0].sentence, MOST_CHARACTERS)}\n")
    return 0


def _verify(arguments: argparse.Namespace) -> int:
    from askfirst.reports.leaderboard.verify import verify

    lines = verify(arguments.verify, arguments.logs)
    if arguments.json:
        sys.stdout.write(json.dumps(lines) + "\n")
    else:
        for line in lines:
            sys.stdout.write(f"{one_line(line, MOST_CHARACTERS)}\n")
        agrees = f"{len(lines)} values or files differ" if lines else "everything is what the logs give"
        sys.stderr.write(f"{arguments.verify}: {agrees}\n")
    return 1 if lines else 0


def _count(text: str) -> int:
    if not text.isdecimal():
        raise argparse.ArgumentTypeError(f"{text!r}; expected a whole number of at least 0")
    return int(text)


def _list(arguments: argparse.Namespace) -> int:
    from askfirst.reports.leaderboard.index import write_index

    if arguments.logs:
        raise LogError(
            f"report --index: {len(arguments.logs)} logs; expected none: it lists reports that are there; "
            "make a report of the logs first, with -o"
        )
    title: dict[str, str] = {"title": arguments.title} if arguments.title else {}
    sys.stderr.write(f"{write_index(arguments.index, **title)}\n")
    return 0
