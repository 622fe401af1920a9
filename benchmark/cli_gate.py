"""The commands `askfirst gate ...`: whether a release may go out. A part of the composition root."""

import argparse
import datetime
import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from askfirst.benchmark.errors import GateError

if TYPE_CHECKING:
    from rich.console import Console

    from askfirst.reports.gate.check import Circumstances
    from askfirst.reports.gate.policy import Policy
    from askfirst.reports.gate.release import Release
    from askfirst.reports.gate.verdict import GateReport

EXIT_USAGE = 2

POLICY_FILE = Path("gate.toml")
"""The policy where none is named."""

WIDTH = 120
"""Columns of output that goes to no terminal."""

LOGS_HELP = "log files, or folders of them, anywhere that fsspec reaches"


def add_gate(commands: Any, common: argparse.ArgumentParser) -> None:
    """Declare `gate` and the commands below it.

    Args:
        commands: The parser's commands.
        common: What every command takes.
    """
    gate = commands.add_parser("gate", help="pass or fail a release against a baseline")
    gate.set_defaults(error_status=EXIT_USAGE)
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


def check(arguments: argparse.Namespace) -> int:
    """Compare a candidate's logs with a baseline, and return the exit status of the build."""
    from askfirst.reports.gate.check import Contestants, invalid_report
    from askfirst.reports.gate.check import check as check_releases
    from askfirst.reports.gate.invalid import InvalidReleaseError
    from askfirst.reports.gate.logs import load_release

    around = _circumstances(arguments)
    try:
        baseline, anchor = _load_others(arguments, around.policy)
        contestants = Contestants(load_release(arguments.candidate), baseline, anchor)
    except InvalidReleaseError as error:
        report = invalid_report(error.differences, around)
    else:
        report = check_releases(contestants, around)
    return _give(report, arguments)


def run(arguments: argparse.Namespace) -> int:
    """Evaluate a candidate in looks, stop once the verdict is settled, and return the exit status of the build."""
    from askfirst.reports.gate.check import invalid_report
    from askfirst.reports.gate.invalid import InvalidReleaseError
    from askfirst.reports.gate.run import check_arguments, plan_looks
    from askfirst.reports.gate.stopping import check_in_looks

    around = _circumstances(arguments)
    if arguments.output is None:
        raise GateError("gate run: no -o; expected a folder that keeps the looks' logs; name one")
    check_arguments(arguments.evaluation)
    try:
        baseline, anchor = _load_others(arguments, around.policy)
    except InvalidReleaseError as error:
        return _give(invalid_report(error.differences, around), arguments)
    epochs: int = arguments.epochs or max(row.epochs for row in baseline.rows)
    looks = plan_looks(baseline, arguments.by, epochs, arguments.looks, arguments.seed)
    report = check_in_looks(
        looks,
        arguments.evaluation,
        arguments.output,
        (baseline, anchor),
        around,
        tell=lambda line: sys.stderr.write(f"{line}\n"),
    )
    return _give(report, arguments)


def plan(arguments: argparse.Namespace) -> None:
    """Print how many problems and epochs a check against this baseline needs."""
    from askfirst.reports.gate.planning import plan_check, render_plan

    found = plan_check(_release(arguments.baseline), _policy(arguments), arguments.power)
    if arguments.json:
        sys.stdout.write(found.model_dump_json(indent=2) + "\n")
    else:
        _console().print(render_plan(found))


def promote(arguments: argparse.Namespace) -> None:
    """Write logs as a baseline file."""
    from askfirst.reports.gate.baseline import write_baseline
    from askfirst.reports.gate.logs import load_release

    release = load_release(arguments.logs, "baseline")
    write_baseline(arguments.output, release, arguments.by, arguments.reason, _today().isoformat())
    sys.stderr.write(f"{arguments.output}: {release.name}, {len(release.rows)} problems; commit it\n")


def ack(arguments: argparse.Namespace) -> None:
    """Record that a loss is accepted for a while."""
    from askfirst.reports.gate.acknowledgements import add_acknowledgement
    from askfirst.reports.gate.verdict import Acknowledgement

    file = _acknowledgements_file(arguments)
    entry = Acknowledgement(
        metric=arguments.metric,
        condition=arguments.condition,
        expires=arguments.expires,
        reason=arguments.reason,
        by=arguments.by,
    )
    add_acknowledgement(file, entry, _today())
    sys.stderr.write(f"{file}: {arguments.metric} is accepted until {arguments.expires}; commit it\n")


def calibrate(arguments: argparse.Namespace) -> None:
    """Print the gate's own error rates on logs, by resampling them."""
    from rich.console import Console
    from rich.progress import Progress

    from askfirst.reports.gate.calibration import calibrate_gate
    from askfirst.reports.gate.calibration_output import render_calibration, write_calibration
    from askfirst.reports.gate.outcomes import load_outcomes

    policy = _policy(arguments)
    outcomes = load_outcomes(arguments.logs, policy)
    with Progress(console=Console(stderr=True)) as progress:
        shown = progress.add_task("simulated checks", total=None)
        found = calibrate_gate(
            outcomes,
            policy,
            runs=arguments.runs,
            seed=arguments.seed,
            advance=lambda done, total: progress.update(shown, completed=done, total=total),
        )
    if arguments.output is not None:
        write_calibration(found, policy, arguments.output)
    if arguments.json:
        sys.stdout.write(found.model_dump_json(indent=2) + "\n")
    else:
        _console().print(render_calibration(found, policy))


def history(arguments: argparse.Namespace) -> None:
    """Chart promoted releases over time."""
    from askfirst.reports.gate.baseline import load_baseline
    from askfirst.reports.gate.history import write_history

    write_history([load_baseline(path) for path in arguments.baselines], arguments.output)
    sys.stderr.write(f"{arguments.output}: {len(arguments.baselines)} releases\n")


def _circumstances(arguments: argparse.Namespace) -> "Circumstances":
    from askfirst.reports.gate.acknowledgements import load_acknowledgements
    from askfirst.reports.gate.check import Circumstances

    policy = _policy(arguments)
    if arguments.on_inconclusive:
        policy = policy.model_copy(update={"on_inconclusive": arguments.on_inconclusive})
    entries = load_acknowledgements(_acknowledgements_file(arguments), _today())
    return Circumstances(policy, entries, _today(), shlex.join(["askfirst", *sys.argv[1:]]))


def _load_others(arguments: argparse.Namespace, policy: "Policy") -> tuple["Release", "Release | None"]:
    """Load what a candidate is compared with: the baseline, and the anchor if there is one."""
    baseline: list[str] = arguments.baseline or ([policy.baseline] if policy.baseline else [])
    if not baseline:
        raise GateError(
            "gate: no baseline; expected --baseline, or `baseline` in the policy; "
            "promote one with `askfirst gate promote`"
        )
    anchor: list[str] = arguments.anchor or ([policy.anchor] if policy.anchor else [])
    return _release(baseline), _release(anchor) if anchor else None


def _release(paths: list[str]) -> "Release":
    from askfirst.reports.gate.baseline import is_baseline, load_baseline
    from askfirst.reports.gate.logs import load_release

    if len(paths) == 1 and is_baseline(paths[0]):
        return load_baseline(Path(paths[0]))
    return load_release(paths, "baseline")


def _policy(arguments: argparse.Namespace) -> "Policy":
    from askfirst.reports.gate.policy import load_policy

    return load_policy(_policy_file(arguments))


def _policy_file(arguments: argparse.Namespace) -> Path | None:
    return arguments.policy or (POLICY_FILE if POLICY_FILE.exists() else None)


def _acknowledgements_file(arguments: argparse.Namespace) -> Path:
    from askfirst.reports.gate.acknowledgements import FILE

    return (_policy_file(arguments) or POLICY_FILE).parent / FILE


def _today() -> datetime.date:
    return datetime.datetime.now(tz=datetime.UTC).date()


def _give(report: "GateReport", arguments: argparse.Namespace) -> int:
    """Write and print a report, and return the exit status that it stands for."""
    from askfirst.reports.gate.annotations import render_annotations
    from askfirst.reports.gate.outputs import to_json, write_outputs
    from askfirst.reports.gate.terminal import DIALOGUES, render_terminal

    if arguments.output is not None:
        write_outputs(report, arguments.output)
    if arguments.json:
        sys.stdout.write(to_json(report).decode())
    else:
        console = _console()
        dialogues = len(report.worst_problems) if arguments.verbose else DIALOGUES
        console.print(render_terminal(report, console.width, dialogues))
    if arguments.annotations:
        sys.stdout.write("".join(f"{line}\n" for line in render_annotations(report)))
    return report.exit_status


def _console() -> "Console":
    from rich.console import Console

    return Console(width=None if sys.stdout.isatty() else WIDTH)
