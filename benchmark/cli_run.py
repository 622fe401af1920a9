"""The commands `askfirst run` and `merge`: one evaluation over several processes. A part of the composition root."""

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from askfirst.benchmark.errors import LogError


def add_run(commands: Any, common: argparse.ArgumentParser) -> None:
    """Declare `run` and `merge`.

    Args:
        commands: The parser's commands.
        common: What every command takes.
    """
    command = commands.add_parser(
        "run",
        parents=[common],
        help="run one evaluation in several processes",
        description="Evaluate in several processes and write one log. What is not listed here goes to `inspect eval`, "
        "such as --model and -T. The same command goes on with what was interrupted.",
        allow_abbrev=False,
    )
    command.add_argument("task", metavar="TASK", help="as `inspect eval` takes it")
    command.add_argument("--shards", type=int, default=2, metavar="N", help="processes (default: 2)")
    command.add_argument("--log-dir", type=Path, default=Path("logs"), metavar="DIR", help="default: logs")
    command.add_argument("--json", action="store_true", help="print the log's path and size as JSON")
    command.set_defaults(run=run, passes_on=True)

    command = commands.add_parser("merge", parents=[common], help="merge the logs of shards (-T shard=1/8 and so on)")
    command.add_argument("logs", nargs="+", type=Path, metavar="LOG", help="one finished log of each shard")
    command.add_argument("-o", "--output", type=Path, required=True, metavar="FILE", help="the merged log (.eval)")
    command.add_argument("--json", action="store_true", help="print the log's path and size as JSON")
    command.set_defaults(run=merge)


def run(arguments: argparse.Namespace) -> None:
    """Evaluate in several processes with one bar, and print where the merged log is."""
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    from askfirst.reports.sharded import run_shards

    if arguments.shards < 1:
        raise LogError(f"run: --shards {arguments.shards}; expected at least 1; correct it")
    rest = [argument for argument in arguments.rest if argument != "--"]
    columns = (SpinnerColumn(), TextColumn("{task.description}: {task.completed} samples"), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True)) as progress:
        shown = progress.add_task(f"{arguments.task} in {arguments.shards} processes", total=None)
        merged = run_shards(
            [arguments.task, *rest],
            arguments.shards,
            arguments.log_dir,
            lambda done: progress.update(shown, completed=done),
        )
    _tell(merged.log, merged.samples, arguments.json)


def merge(arguments: argparse.Namespace) -> None:
    """Merge logs of shards into one."""
    from askfirst.reports.merge import merge_logs

    merged = merge_logs(arguments.logs, arguments.output)
    _tell(arguments.output, merged.results.total_samples if merged.results else 0, arguments.json)


def _tell(log: Path, samples: int, as_json: bool) -> None:
    text = json.dumps({"log": str(log), "samples": samples}) if as_json else f"{log}: {samples} samples"
    sys.stdout.write(text + "\n")
