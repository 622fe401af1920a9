"""The command line: one function a command, each importing what it needs, so that help and errors come at once.

This is the composition root: with its parts `cli_*.py` the only files that may import every layer. Only it catches
askfirst's errors.
"""

import argparse
import json
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from askfirst.benchmark.cli_audit import add_audit
from askfirst.benchmark.cli_gate import add_gate
from askfirst.benchmark.cli_report import add_report
from askfirst.benchmark.cli_run import add_run
from askfirst.benchmark.cli_train import add_train
from askfirst.benchmark.errors import AskfirstError, CheckpointError
from askfirst.reports.printable import printable

if TYPE_CHECKING:
    from rich.console import Console

EXIT_ERROR, EXIT_USAGE, EXIT_INTERRUPTED = 1, 2, 130

WIDTH = 120
"""Columns of output that goes to no terminal."""


class Parser(argparse.ArgumentParser):
    """Says what is wrong with a command in one line."""

    def error(self, message: str) -> NoReturn:
        """Print the line and exit."""
        self.exit(EXIT_USAGE, f"{self.prog}: {message}; run {self.prog} --help\n")


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command and return the exit status: 0, 1 for an error, 2 for bad usage, 130 when interrupted.

    A gate has its own: 1 is FAIL, 3 INCONCLUSIVE, 4 INVALID, and what keeps it from checking anything is bad usage.
    """
    parser = build_parser()
    arguments, rest = parser.parse_known_args(argv)
    if rest and not getattr(arguments, "passes_on", False):
        parser.error(f"unrecognized arguments: {' '.join(rest)}")
    arguments.rest = rest
    run: Callable[[argparse.Namespace], int | None] = arguments.run
    try:
        status = run(arguments)
        sys.stdout.flush()
    except AskfirstError as error:
        if arguments.verbose:
            raise
        sys.stderr.write(f"askfirst: {printable(str(error))}\n")
        # of a gate, 1 is a verdict
        return getattr(arguments, "error_status", EXIT_ERROR)
    except KeyboardInterrupt:
        sys.stderr.write("askfirst: interrupted\n")
        return EXIT_INTERRUPTED
    except BrokenPipeError:
        # the reader (head, less) has seen enough; what is still buffered must not fail again at exit
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return EXIT_ERROR
    return status or 0


def build_parser() -> Parser:
    """Declare the commands and their arguments."""
    common = Parser(add_help=False)
    common.add_argument("-v", "--verbose", action="store_true", help="show where an error comes from")

    parser = Parser(prog="askfirst", description="Measures whether a model asks for what it lacks before it answers.")
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")

    command = commands.add_parser("show", parents=[common], help="print annotated dialogues of a log")
    command.add_argument("log", type=Path, metavar="LOG", help="a log file (.eval)")
    command.add_argument("--problem", metavar="ID", help="a problem's or sample's id; without it the first few")
    command.set_defaults(run=show)

    command = commands.add_parser("rescore", parents=[common], help="compute all measures of logs again")
    command.add_argument("logs", type=Path, nargs="+", metavar="LOG", help="log files, or folders of them")
    command.add_argument("-o", "--output", type=Path, metavar="DIR", help="write the logs with their new scores here")
    command.add_argument("--json", action="store_true", help="print what changed as JSON")
    command.set_defaults(run=rescore)

    command = commands.add_parser("checkpoint", parents=[common], help="print the path of a ready local checkpoint")
    command.add_argument("name", metavar="NAME", help="smollm2-135m, or one trained from it: -solve, -sml, ...")
    command.add_argument("--json", action="store_true", help="print name and path as JSON")
    command.set_defaults(run=checkpoint)

    command = commands.add_parser("split", parents=[common], help="cut word problems into a goal and fragments")
    command.add_argument("file", type=Path, metavar="FILE", help="the problems")
    command.add_argument("--format", required=True, choices=("gsm8k", "text", "jsonl"), help="how to read FILE")
    command.add_argument("-o", "--output", type=Path, required=True, metavar="FILE", help="write the problems here")
    command.add_argument("--licence", default="", metavar="ID", help="SPDX id of the texts' licence")
    command.add_argument("--splitter", metavar="MODEL", help="splits what the rules are unsure of")
    command.add_argument("--solver", metavar="MODEL", help="certifies by trial what no solution certifies")
    command.add_argument("--tries", type=int, default=5, metavar="K", help="tries by the solver (default: 5)")
    command.add_argument("--json", action="store_true", help="print the report as JSON")
    command.set_defaults(run=split)

    add_run(commands, common)
    add_audit(commands, common)
    add_gate(commands, common)
    add_report(commands, common)
    add_train(commands, common)

    command = commands.add_parser("demo", parents=[common], help="evaluate reference policies and small checkpoints")
    command.add_argument("-o", "--output", type=Path, default=Path("demo"), metavar="DIR", help="default: demo")
    command.add_argument("--json", action="store_true", help="print the table as JSON")
    command.set_defaults(run=demo)

    return parser


def show(arguments: argparse.Namespace) -> None:
    """Print annotated dialogues of a log."""
    from askfirst.reports.show import show_log

    show_log(arguments.log, arguments.problem, console=to_console())


def rescore(arguments: argparse.Namespace) -> None:
    """Compute all measures of logs again, and say which numbers changed."""
    from askfirst.reports.rescore import rescore_log
    from askfirst.reports.results import find_logs
    from askfirst.scorers.measures import measures

    output: Path | None = arguments.output
    if output is not None:
        output.mkdir(parents=True, exist_ok=True)
    for log in find_logs(arguments.logs):
        rescored = rescore_log(log, measures(), None if output is None else output / log.name)
        if arguments.json:
            _write_line(json.dumps({"log": str(log), "metrics": rescored.metrics, "changed": dict(rescored.changed)}))
            continue
        _write_line(f"{log}: {rescored.metrics} numbers, {len(rescored.changed)} changed")
        for name, (before, after) in rescored.changed.items():
            _write_line(f"  {name}: {before} -> {after}")


def checkpoint(arguments: argparse.Namespace) -> None:
    """Print the path of a ready local checkpoint; make it first if need be."""
    path = find_checkpoint(arguments.name)
    _write_line(json.dumps({"name": arguments.name, "path": str(path)}) if arguments.json else str(path))


def find_checkpoint(name: str) -> Path:
    """Return the folder of a ready local checkpoint, as it was published or as this project trained it.

    Raises:
        CheckpointError: If the name is unknown, or the checkpoint can be neither found nor built.
    """
    from askfirst.benchmark.checkpoint import CHECKPOINTS, checkpoint_path
    from askfirst.data.trained import BASE, TRAINED, prepare_trained

    if name not in (*CHECKPOINTS, *TRAINED):
        known = sorted((*CHECKPOINTS, *TRAINED))
        raise CheckpointError(f"checkpoint: {name!r}; expected one of {known!r}; correct the name")
    if name in CHECKPOINTS:
        return checkpoint_path(name, progress=True)
    base = checkpoint_path(BASE, progress=True)
    try:
        return prepare_trained(name, base)
    except OSError as error:
        raise CheckpointError(
            f"{error.filename or base.parent}: {error.strerror or error}; expected a folder that can be written; "
            "set ASKFIRST_CACHE to one"
        ) from error


def split(arguments: argparse.Namespace) -> None:
    """Split a file's word problems, and report what was left out and why."""
    from askfirst.data.splitter.command import print_report, run_split, track_rows

    report = run_split(
        arguments.file,
        arguments.output,
        arguments.format,
        licence=arguments.licence,
        splitter=arguments.splitter,
        solver=arguments.solver,
        tries=arguments.tries,
        track=track_rows,
    )
    if arguments.json:
        _write_line(json.dumps(report.to_json()))
    else:
        print_report(report, to_console())


def demo(arguments: argparse.Namespace) -> None:
    """Evaluate reference policies and a small checkpoint, print one table and write one picture."""
    from rich.console import Console

    from askfirst.data.published_audits import published_audits
    from askfirst.data.trained import BASE, TRAINED
    from askfirst.reports.demo import print_demo, run_demo, to_json

    checkpoints = {name: find_checkpoint(name) for name in (BASE, *TRAINED)}
    finished = run_demo(checkpoints, arguments.output, Console(stderr=True), published_audits())
    if arguments.json:
        _write_line(to_json(finished.columns))
    else:
        print_demo(finished, to_console())


def to_console() -> "Console":
    """Return the console that results are printed on: as wide as the terminal, or `WIDTH` where there is none."""
    from rich.console import Console

    return Console(width=None if sys.stdout.isatty() else WIDTH)


def _write_line(line: str) -> None:
    sys.stdout.write(line + "\n")


if __name__ == "__main__":
    # as `accelerate launch -m` runs it
    sys.exit(main())
