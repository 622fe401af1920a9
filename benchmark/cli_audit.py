"""The commands `askfirst audit ...`: the instruments' own error rates. A part of the composition root."""

import argparse
import asyncio
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from askfirst.benchmark.errors import DataError

if TYPE_CHECKING:
    from pydantic import BaseModel
    from rich.console import Console

    from askfirst.benchmark.labels import Half

EXTERNAL_DATA = "ASKFIRST_EXTERNAL_DATA"
"""Names the folder with the text of the labelled public turns, where --external does not."""


def add_audit(commands: Any, common: argparse.ArgumentParser) -> None:
    """Declare `audit` and the commands below it.

    Args:
        commands: The parser's commands.
        common: What every command takes.
    """
    audit = commands.add_parser("audit", help="measure the instruments themselves")
    audits = audit.add_subparsers(title="instruments", required=True, metavar="INSTRUMENT")
    output = argparse.ArgumentParser(add_help=False)
    output.add_argument("--json", action="store_true", help="print the report as JSON")
    output.add_argument("-o", "--output", type=Path, metavar="FILE", help="write the report as JSON here too")
    labelled = argparse.ArgumentParser(add_help=False)
    labelled.add_argument(
        "--half", choices=("test", "dev", "all"), default="test", help="labelled half (default: test)"
    )
    saved = argparse.ArgumentParser(add_help=False)
    saved.add_argument(
        "--logs", type=Path, nargs="+", metavar="LOG", help="read saved dialogues again, and say what changes"
    )
    parents = [common, output, labelled, saved]

    command = audits.add_parser("reader", parents=parents, help="turn reader: attempts, kinds, answers, questions")
    command.add_argument(
        "--external", type=Path, metavar="DIR", help=f"text of public turns (default: {EXTERNAL_DATA})"
    )
    command.set_defaults(run=audit_reader)

    command = audits.add_parser("matcher", parents=parents, help="question matcher: precision and recall of targets")
    command.add_argument(
        "--matcher", choices=("words", "embedding"), default="words", help="which matcher (default: words)"
    )
    command.set_defaults(run=audit_matcher)

    command = audits.add_parser(
        "user", parents=parents, help="audit of a model user's replies: faults caught, false alarms"
    )
    command.set_defaults(run=audit_user)

    _add_grader(audits, [common, output])
    _add_exploits(audits, [common, output])

    command = audits.add_parser("ranks", parents=[common, output], help="models' order under different simulated users")
    command.add_argument("logs", type=Path, nargs="+", metavar="LOG", help="log files, or folders of them")
    command.set_defaults(run=audit_ranks)


def _add_grader(audits: Any, parents: list[argparse.ArgumentParser]) -> None:
    command = audits.add_parser("grader", parents=parents, help="a model's grades of questions: agreement, errors")
    command.add_argument("--grader", required=True, metavar="MODEL", help="what `--model-role grader=` takes")
    command.add_argument("--limit", type=_count, metavar="N", help="grade N labelled questions, spread over all")
    command.add_argument("--logs", type=Path, nargs="+", metavar="LOG", help="correct the mean of its grades in logs")
    command.set_defaults(run=audit_grader)


def _add_exploits(audits: Any, parents: list[argparse.ArgumentParser]) -> None:
    command = audits.add_parser("exploits", parents=parents, help="what asking habits alone earn")
    command.add_argument("-n", type=int, default=40, metavar="N", help="test problems a family (default: 40)")
    command.add_argument("--seed", type=int, default=0, metavar="SEED", help="default: 0")
    command.set_defaults(run=audit_exploits)


def audit_reader(arguments: argparse.Namespace) -> None:
    """Measure the turn reader on labelled turns, or read saved dialogues again with it."""
    if arguments.logs:
        reread_logs(arguments)
        return
    from askfirst.data.labelled_sets import load_turns
    from askfirst.reports import audit_reader, audit_tables

    turns = load_turns(_external(arguments.external), _half(arguments.half))
    audit = audit_reader.audit_reader(turns.cases, arguments.half, turns.left_out)
    if _write(audit, arguments):
        audit_tables.print_reader_audit(audit, _console())


def audit_matcher(arguments: argparse.Namespace) -> None:
    """Measure the question matcher on labelled questions, or read saved dialogues again with it."""
    if arguments.logs:
        reread_logs(arguments)
        return
    from askfirst.benchmark.embedding_matcher import embedding_instruments
    from askfirst.benchmark.fragment_index import index_fragments
    from askfirst.benchmark.instruments import RULES
    from askfirst.benchmark.reader import READER_IDENTITY
    from askfirst.data.labelled_sets import load_questions
    from askfirst.reports import audit_matcher, audit_tables

    instruments = embedding_instruments() if arguments.matcher == "embedding" else RULES

    async def match_all() -> list[audit_matcher.MatchedCase]:
        matched: list[audit_matcher.MatchedCase] = []
        for case in load_questions(_half(arguments.half)):
            index = index_fragments(case.problem)
            asked = () if case.question.kind == "none" else (case.question.text,)
            cut = audit_matcher.questions_of(case)
            whole = await instruments.match(asked, case.problem, index)
            pieces = await instruments.match(cut, case.problem, index)
            matched.append(audit_matcher.MatchedCase(case, whole[0] if whole else None, tuple(pieces)))
        return matched

    audit = audit_matcher.audit_matcher(asyncio.run(match_all()), instruments.matcher, READER_IDENTITY, arguments.half)
    if _write(audit, arguments):
        audit_tables.print_matcher_audit(audit, _console())


def audit_exploits(arguments: argparse.Namespace) -> None:
    """Play policies that know the answers and ask by habit, and print how far they get."""
    from rich.console import Console
    from rich.progress import Progress

    from askfirst.benchmark.exploits.ceiling import FamilyProblems, play_family
    from askfirst.benchmark.exploits.lessons import to_trials
    from askfirst.benchmark.problem import Split
    from askfirst.benchmark.scenario import Settings
    from askfirst.data.problems import draw_scenarios
    from askfirst.data.registry import FAMILIES
    from askfirst.reports.exploits import print_exploits, report_exploits
    from askfirst.tasks.build import hash_scenarios

    # adversaries learn from more than they are measured on, as they would
    counts: dict[Split, int] = {"train": 2 * arguments.n, "dev": arguments.n, "test": arguments.n}
    drawn = {
        family.name: [
            draw_scenarios([family], count, Settings(), seed=arguments.seed, split=split)
            for split, count in counts.items()
        ]
        for family in FAMILIES.values()
    }
    problems = {name: FamilyProblems(*map(to_trials, parts)) for name, parts in drawn.items()}
    data_hash = hash_scenarios([scenario for parts in drawn.values() for part in parts for scenario in part])
    with Progress(console=Console(stderr=True), transient=True) as progress:
        bar = progress.add_task("Playing", total=len(FAMILIES) * (counts["dev"] + counts["test"]))
        grids = {name: play_family(each, lambda: progress.advance(bar)) for name, each in problems.items()}
    report = report_exploits(grids, data_hash=data_hash, seed=arguments.seed)
    if _write(report, arguments):
        print_exploits(report, _console())


def audit_ranks(arguments: argparse.Namespace) -> None:
    """Say whether models keep their order under different simulated users."""
    from askfirst.reports.rank_stability import describe_stability, group_by_user, rank_stability, render_ranks
    from askfirst.reports.results import load_results

    stability = rank_stability(group_by_user(load_results(arguments.logs)))
    if not _write(stability, arguments):
        return
    console = _console()
    console.print(render_ranks(stability))
    for line in describe_stability(stability):
        console.print(line, markup=False, highlight=False, soft_wrap=True)


def audit_user(arguments: argparse.Namespace) -> None:
    """Measure the audit of a model user's replies on labelled replies, or read saved dialogues again."""
    if arguments.logs:
        reread_logs(arguments)
        return
    from askfirst.benchmark.reply_audit import AUDIT_IDENTITY
    from askfirst.data.labelled_sets import load_replies
    from askfirst.reports import audit_user

    audit = audit_user.audit_user(load_replies(_half(arguments.half)), AUDIT_IDENTITY, arguments.half)
    if _write(audit, arguments):
        audit_user.print_user_audit(audit, _console())


def reread_logs(arguments: argparse.Namespace) -> None:
    """Read saved dialogues again, and say which scores and ranks change."""
    from rich.console import Console
    from rich.progress import track

    from askfirst.benchmark.embedding_matcher import embedding_instruments
    from askfirst.benchmark.instruments import RULES
    from askfirst.benchmark.reader import READER_IDENTITY, read_turn
    from askfirst.data.registry import family_check
    from askfirst.reports import audit_tables
    from askfirst.reports.sensitivity import measure_sensitivity
    from askfirst.scorers.measures import measures

    embedding = getattr(arguments, "matcher", "words") == "embedding"
    instruments = embedding_instruments() if embedding else RULES
    found = measure_sensitivity(
        arguments.logs,
        read=read_turn,
        match=instruments.match,
        check=family_check,
        scorer=measures,
        identities=(READER_IDENTITY, instruments.matcher),
        track=lambda logs: track(logs, "reading again", console=Console(stderr=True), transient=True),
    )
    if _write(found, arguments):
        audit_tables.print_sensitivity(found, _console())


def audit_grader(arguments: argparse.Namespace) -> None:
    """Have a model grade labelled questions, and say how far it can be believed."""
    from rich.console import Console
    from rich.progress import Progress

    from askfirst.data.labelled_sets import load_questions
    from askfirst.reports import audit_grader, grader_table
    from askfirst.reports.grade_labelled import grade_labelled, make_grader, spread
    from askfirst.reports.logged_grades import load_logged_grades

    cases = spread([case for case in load_questions() if case.question.kind != "none"], arguments.limit)
    model = make_grader(arguments.grader)
    logged = load_logged_grades(arguments.logs, str(model)) if arguments.logs else None
    console = Console(stderr=True)
    with Progress(console=console, disable=not console.is_terminal, transient=True) as progress:
        bar = progress.add_task("grading", total=len(cases))
        grades = grade_labelled(cases, model, lambda: progress.advance(bar))
    audit = audit_grader.audit_grader(
        [case.question for case in cases], grades.outcomes, grader=str(model), calls=grades.calls,
        cached=grades.cached, logged=logged,
    )  # fmt: skip
    if _write(audit, arguments):
        _console().print(grader_table.render_audit(audit))


def _count(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r}; expected a whole number of at least 1")
    return int(text)


def _half(name: str) -> "Half | None":
    halves: dict[str, Half | None] = {"dev": "dev", "test": "test", "all": None}
    return halves[name]


def _external(given: Path | None) -> Path | None:
    return given or (Path(named) if (named := os.environ.get(EXTERNAL_DATA)) else None)


def _write(report: "BaseModel", arguments: argparse.Namespace) -> bool:
    """Write a report as JSON where that was asked for; say whether tables are to be printed."""
    text = report.model_dump_json(indent=2) + "\n"
    output: Path | None = arguments.output
    if output is not None:
        partial = output.with_name(f".{output.name}.partial")
        try:
            output.parent.mkdir(parents=True, exist_ok=True)
            partial.write_text(text, encoding="utf-8")
            partial.replace(output)
        except OSError as error:
            partial.unlink(missing_ok=True)
            raise DataError(f"{output}: can't be written ({error.strerror}); expected room and rights") from error
    if arguments.json:
        sys.stdout.write(text)
    return not arguments.json


def _console() -> "Console":
    from askfirst.benchmark.cli import to_console

    return to_console()
