"""The commands `askfirst gate ...`: whether a release may go out. A part of the composition root."""

import argparse
import sys
from pathlib import Path
from typing import Any

EXIT_PASS, EXIT_FAIL, EXIT_USAGE, EXIT_INCONCLUSIVE, EXIT_INVALID = 0, 1, 2, 3, 4

LOGS_HELP = "log files, or folders of them, anywhere that fsspec reaches"


def add_gate(commands: Any, common: argparse.ArgumentParser) -> None:
    """Declare `gate` and the commands below it.

    Args:
        commands: The parser's commands.
        common: What every command takes.
    """
    gate = commands.add_parser("gate", help="pass or fail a release against a baseline")
    gates = gate.add_subparsers(title="commands", required=True, metavar="COMMAND")
    policy = argparse.ArgumentParser(add_help=False)
    policy.add_argument("--policy", type=Path, metavar="FILE", help="default: gate.toml here, if there is one")
    against = argparse.ArgumentParser(add_help=False)
    against.add_argument("--baseline", nargs="+", metavar="PATH", help="a promoted baseline, or logs")
    against.add_argument("--anchor", nargs="+", metavar="PATH", help="the pinned release: a baseline file, or logs")
    outputs = argparse.ArgumentParser(add_help=False)
    outputs.add_argument("-o", "--output", type=Path, metavar="DIR", help="write gate.json, .md, .xml and .svg here")
    outputs.add_argument("--json", action="store_true", help="print gate.json instead of the table")
    outputs.add_argument("--annotations", action="store_true", help="print workflow commands (::error ...) too")
    outputs.add_argument(
        "--on-inconclusive", choices=("pass", "fail"), metavar="pass|fail", help="exit 0 or 1 instead of 3"
    )

    command = gates.add_parser("check", parents=[common, policy, against, outputs], help="compare logs; exit 0 or not")
    command.add_argument("candidate", nargs="+", metavar="LOG", help=LOGS_HELP)
    command.set_defaults(run=check)

    command = gates.add_parser("plan", parents=[common, policy], help="how many problems and epochs a check needs")
    command.add_argument("baseline", nargs="+", metavar="PATH", help="a promoted baseline, or logs")
    command.add_argument("--power", type=float, default=0.8, metavar="P", help="chance of PASS (default: .8)")
    command.add_argument("--json", action="store_true", help="print the plan as JSON")
    command.set_defaults(run=plan)

    command = gates.add_parser(
        "run", parents=[common, policy, against, outputs], help="evaluate in looks; stop once it is settled"
    )
    command.add_argument("--looks", type=int, default=3, choices=(1, 2, 3), metavar="1|2|3", help="default: 3")
    command.add_argument("--by", choices=("problems", "epochs"), default="problems", help="what a look is made of")
    command.add_argument("--epochs", type=int, metavar="K", help="runs of each sample (default: the baseline's)")
    command.add_argument("--seed", type=int, default=0, metavar="SEED", help="of the order of problems (default: 0)")
    command.add_argument(
        "evaluation", nargs="+", metavar="-- TASK ...", help="what `inspect eval` takes, after two dashes"
    )
    command.set_defaults(run=run)

    command = gates.add_parser("promote", parents=[common], help="write logs as a baseline file to commit")
    command.add_argument("logs", nargs="+", metavar="LOG", help=LOGS_HELP)
    command.add_argument("-o", "--output", type=Path, required=True, metavar="FILE", help="the baseline file")
    command.add_argument("--reason", required=True, help="why this release is the baseline now")
    command.add_argument("--by", required=True, metavar="WHO", help="who says so")
    command.set_defaults(run=promote)

    command = gates.add_parser("ack", parents=[common, policy], help="accept a loss for a while, on record")
    command.add_argument("metric", metavar="METRIC")
    command.add_argument("--expires", required=True, metavar="YYYY-MM-DD", help="the last day on which it counts")
    command.add_argument("--reason", required=True, help="why")
    command.add_argument("--by", default="", metavar="WHO", help="who accepts it")
    command.add_argument("--condition", default="", metavar="CONDITION", help="in this condition only")
    command.set_defaults(run=ack)

    command = gates.add_parser(
        "calibrate", parents=[common, policy], help="this gate's own error rates, by resampling your logs"
    )
    command.add_argument("logs", nargs="+", metavar="LOG", help=f"{LOGS_HELP}; of at least two epochs")
    command.add_argument("--runs", type=int, default=1000, metavar="N", help="simulated checks (default: 1000)")
    command.add_argument("--seed", type=int, default=0, metavar="SEED", help="default: 0")
    command.add_argument("-o", "--output", type=Path, metavar="DIR", help="write calibration.json and .svg here")
    command.add_argument("--json", action="store_true", help="print the figures as JSON")
    command.set_defaults(run=calibrate)

    command = gates.add_parser("history", parents=[common], help="chart promoted releases over time")
    command.add_argument("baselines", nargs="+", type=Path, metavar="FILE", help="promoted baselines, in any order")
    command.add_argument("-o", "--output", type=Path, required=True, metavar="FILE", help="the picture (.svg)")
    command.set_defaults(run=history)
