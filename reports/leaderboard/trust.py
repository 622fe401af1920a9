"""What says how far the numbers can be trusted: audits of the instruments, the exploit ceiling, gate verdicts."""

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple, TypeVar, cast

from pydantic import BaseModel, ValidationError

from askfirst.benchmark.errors import GateError, LogError
from askfirst.reports.audit_grader import GraderAudit
from askfirst.reports.audit_matcher import MatcherAudit
from askfirst.reports.audit_reader import ReaderAudit
from askfirst.reports.audit_user import UserAudit
from askfirst.reports.exploits import ExploitReport
from askfirst.reports.gate.outputs import read_report
from askfirst.reports.joined import join_words
from askfirst.reports.leaderboard.board import HEADLINE, Board, Ceiling, Entry, InstrumentError
from askfirst.reports.leaderboard.files import describe_first, is_finite
from askfirst.reports.leaderboard.public import public_text
from askfirst.reports.rates import Figure

Report = TypeVar("Report", bound=BaseModel)

CEILING = "ceiling"
"""The adversary of an exploit report that the ceiling is of: any policy, another for each family."""

MEASURED_UNDER: Mapping[str, str] = {
    "condition": "ask",
    "persona": "cooperative",
    "user": "rules",
    "protocol": "marked",
}
"""Settings of the dialogues that a ceiling is of, as boards name them."""

FAMILY = "family:"
"""How the slices of families begin."""

MODEL_USER = "model/"
"""How the identity of a user begins that a model plays."""


class Audits(NamedTuple):
    """What audit files say."""

    instruments: tuple[InstrumentError, ...]
    exploit_ceiling: Ceiling | None


def load_audits(paths: Sequence[str]) -> Audits:
    """Load audit files, as `askfirst audit ... -o FILE` writes them.

    Args:
        paths: Files, or folders of `.json` files.

    Raises:
        LogError: If one can't be read or is no audit, or two are exploit reports.
    """
    errors: list[InstrumentError] = []
    ceilings: list[Ceiling | None] = []
    for path in find_json(paths):
        report = _parse_audit(path)
        if isinstance(report, ExploitReport):
            ceilings.append(_to_ceiling(path, report))
        else:
            errors += _errors(report)
    if len(ceilings) > 1:
        raise LogError(f"audits: {len(ceilings)} exploit reports; expected one at most; leave the others out")
    return Audits(tuple(errors), ceilings[0] if ceilings else None)


def load_gates(paths: Sequence[str]) -> tuple[Mapping[str, str], ...]:
    """Load gate verdicts from files that a gate wrote as `gate.json`; oldest candidate first.

    Raises:
        LogError: If one can't be read or is no gate report.
    """
    gates: list[dict[str, str]] = []
    for path in find_json(paths):
        try:
            report = read_report(path)
        except GateError as error:
            raise LogError(str(error)) from error
        candidate, baseline = report.candidate, report.baseline
        gates.append(
            {
                "verdict": report.verdict,
                # what differs between releases is quoted there
                "sentence": public_text(report.sentence),
                "candidate": public_text(candidate.name) if candidate else "",
                "baseline": public_text(baseline.name) if baseline else "",
                "date": candidate.date if candidate else "",
            }
        )
    return tuple(sorted(gates, key=lambda gate: (gate["date"], gate["candidate"], gate["sentence"])))


def check_identities(
    instruments: Sequence[InstrumentError], ceiling: Ceiling | None, logged: Sequence[Mapping[str, str]]
) -> tuple[str, ...]:
    """Say which audits are of other instruments than the logs', a line each.

    Args:
        instruments: What the audits found.
        ceiling: The exploit ceiling, if there is one.
        logged: Identities of each log, by name.
    """
    audited = [*sorted({(each.instrument, each.identity) for each in instruments})]
    audited += ceiling.identities.items() if ceiling else []
    lines: list[str] = []
    for instrument, identity in dict.fromkeys(audited):
        used = sorted({each[instrument] for each in logged if instrument in each})
        if instrument == "user":
            # a model user's identity names the audit of its replies and the rules that it words; rules have no audit
            used = [name for name in used if MODEL_USER in name and identity not in name]
        if used and used != [identity]:
            lines.append(f"The audit of the {instrument} is of {identity}; the logs were made with {', '.join(used)}.")
    return tuple(lines)


def check_ceiling(ceiling: Ceiling | None, boards: Sequence[Board], entries: Mapping[str, Entry]) -> tuple[str, ...]:
    """Say beside which boards the exploit ceiling says little, a line each."""
    if ceiling is None:
        return ()
    return tuple(
        f"The exploit ceiling does not fit {board.title}: it was measured {misfit}."
        for board in boards
        if (misfit := describe_misfit(ceiling, board, entries))
    )


def describe_misfit(ceiling: Ceiling, board: Board, entries: Mapping[str, Entry]) -> str:
    """Say in what a ceiling was measured otherwise than a board; empty where it was not."""
    slices = {name for key in board.order for name in entries[key].slices}
    families = {name.removeprefix(FAMILY) for name in slices if name.startswith(FAMILY)}
    measured = set(ceiling.families)
    found: list[str] = []
    if others := sorted(families - measured):
        found.append(f"without {join_words(others)}")
    if more := sorted(measured - families):
        found.append(f"on {join_words(more)} as well")
    found += [
        f"under {name} {usual}, not {used}"
        for name, usual in MEASURED_UNDER.items()
        if (used := board.settings.get(name, usual)) != usual
    ]
    return "; ".join(found)


def find_json(paths: Sequence[str]) -> tuple[Path, ...]:
    """Return files, those of folders in order of their names, each once.

    Raises:
        LogError: If a path does not exist, or a folder has no `.json` file.
    """
    found: dict[Path, None] = {}
    for path in map(Path, paths):
        try:
            below = sorted(path.rglob("*.json")) if path.is_dir() else [path] if path.exists() else None
        except OSError as error:
            raise LogError(f"{path}: {error.strerror}; expected a JSON file or a folder of them; check it") from error
        if below is None:
            raise LogError(f"{path}: not there; expected a JSON file or a folder of them; check the path")
        if not below:
            raise LogError(f"{path}: no .json file in this folder; expected some; check the path")
        found |= dict.fromkeys(below)
    return tuple(found)


def _read(path: Path) -> dict[str, Any]:
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise LogError(f"{path}: not readable as JSON ({error}); expected a report of askfirst; check it") from error
    if not isinstance(content, dict):
        raise LogError(f"{path}: holds no JSON object; expected a report of askfirst; check the file")
    return cast(dict[str, Any], content)


def _to_ceiling(path: Path, report: ExploitReport) -> Ceiling | None:
    adversary = report.adversaries.get(CEILING)
    if adversary is None:
        raise LogError(
            f"{path}: adversaries: {sorted(report.adversaries)!r}; expected {CEILING!r} among them; make it again"
        )
    joint_success = adversary.overall.get(HEADLINE)
    if joint_success is None:
        return None
    return Ceiling(
        joint_success=joint_success,
        families=tuple(sorted(map(public_text, adversary.by_family))),
        data=public_text(report.data_hash),
        seed=report.seed,
        identities={name: public_text(getattr(report, name)) for name in ("reader", "matcher", "user")},
    )


AUDITS: Mapping[str, type[ReaderAudit | MatcherAudit | UserAudit]] = {
    "reader": ReaderAudit,
    "matcher": MatcherAudit,
    "user": UserAudit,
}


def _parse_audit(path: Path) -> ReaderAudit | MatcherAudit | UserAudit | GraderAudit | ExploitReport:
    content = _read(path)
    instrument = content.get("instrument")
    if isinstance(instrument, str) and instrument in AUDITS:
        return _validate(path, AUDITS[instrument], content)
    if "adversaries" in content:
        return _validate(path, ExploitReport, content)
    if "criteria" in content:
        return _validate(path, GraderAudit, content)
    raise LogError(f"{path}: not an audit; expected what `askfirst audit ... -o FILE` writes; leave it out")


def _validate(path: Path, kind: type[Report], content: Any) -> Report:
    try:
        report = kind.model_validate(content)
    except ValidationError as error:
        raise LogError(f"{path}: {describe_first(error)}; expected a report of this version; make it again") from error
    if not is_finite(report.model_dump()):
        raise LogError(f"{path}: holds a number that is not finite; expected finite ones; make it again")
    return report


def _errors(report: ReaderAudit | MatcherAudit | UserAudit | GraderAudit) -> Iterator[InstrumentError]:
    if isinstance(report, ReaderAudit):
        for name in ("real", "all"):
            if name in report.figures:
                figures = report.figures[name]
                yield from _row("reader", f"attempt F1, {name} turns", figures.attempt_f1, report.identity)
                yield from _row("reader", f"kinds macro-F1, {name} turns", figures.kinds_macro_f1, report.identity)
    elif isinstance(report, MatcherAudit):
        for language in (name for name in report.figures if "/" not in name):
            figures = report.figures[language]
            yield from _row("matcher", f"precision, {language}", figures.precision, report.identity)
            yield from _row("matcher", f"recall, {language}", figures.recall, report.identity)
            yield from _row("matcher", f"unsure, {language}", figures.unsure, report.identity)
    elif isinstance(report, UserAudit):
        yield from _row("user", "faults caught", report.figures.caught, report.identity)
        yield from _row("user", "false alarms", report.figures.false_alarms, report.identity)
    else:
        for criterion in report.criteria:
            if (found := criterion.agreement) is not None:
                yield InstrumentError(
                    instrument="grader",
                    figure=f"agreement, {criterion.criterion}",
                    value=found.mean,
                    low=found.low,
                    high=found.high,
                    n=found.n,
                    identity=f"{public_text(report.grader)} {report.grading}",
                )


def _row(instrument: str, figure: str, found: Figure, identity: str) -> Iterator[InstrumentError]:
    if found.value is not None:
        yield InstrumentError(
            instrument=instrument,
            figure=figure,
            value=found.value,
            low=found.low,
            high=found.high,
            n=found.n,
            identity=public_text(identity),
        )
