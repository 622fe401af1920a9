"""The command `askfirst report`: logs as a leaderboard. A part of the composition root."""

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from askfirst.benchmark.errors import LogError


def add_report(commands: Any, common: argparse.ArgumentParser) -> None:
    """Declare `report`.

    Args:
        commands: The parser's commands.
        common: What every command takes.
    """
    command = commands.add_parser("report", parents=[common], help="write a leaderboard of logs as one page")
    command.add_argument("logs", nargs="*", metavar="LOG", help="log files, or folders of them")
    command.add_argument("-o", "--output", type=Path, metavar="DIR", help="the report's folder")
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
    command.add_argument("--dialogues", type=int, metavar="N", help="dialogues of a model and reason (default: 2)")
    command.add_argument("--seed", type=int, default=0, metavar="SEED", help="of the choice of dialogues (default: 0)")
    command.add_argument("--verify", type=Path, metavar="DIR", help="compute a report's numbers again from the logs")
    command.add_argument("--index", type=Path, metavar="DIR", help="write the page that lists a folder's reports")
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
        audits=arguments.audits or published_audits(),
        gates=arguments.gates,
        seed=arguments.seed,
        dialogues_per_model=DIALOGUES_PER_MODEL if arguments.dialogues is None else arguments.dialogues,
        viewer=arguments.viewer,
    )
    for warning in board.warnings:
        sys.stderr.write(f"warning: {warning}\n")
    if arguments.output is not None:
        sys.stderr.write(f"{write_report(board, arguments.output, arguments.format)}\n")
    if arguments.json:
        sys.stdout.write(render_json(board))
    elif board.boards:
        sys.stdout.write(f"{board.boards[0].sentence}\n")
    return 0


def _verify(arguments: argparse.Namespace) -> int:
    from askfirst.reports.leaderboard.verify import verify

    lines = verify(arguments.verify, arguments.logs)
    if arguments.json:
        sys.stdout.write(json.dumps(lines) + "\n")
    else:
        for line in lines:
            sys.stdout.write(f"{line}\n")
        agrees = f"{len(lines)} values differ" if lines else "every number is what the logs give"
        sys.stderr.write(f"{arguments.verify}: {agrees}\n")
    return 1 if lines else 0


def _list(arguments: argparse.Namespace) -> int:
    from askfirst.reports.leaderboard.index import write_index

    title: dict[str, str] = {"title": arguments.title} if arguments.title else {}
    sys.stderr.write(f"{write_index(arguments.index, **title)}\n")
    return 0
