"""What says how far the numbers can be trusted: audits of the instruments, the exploit ceiling, gate verdicts."""

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple, TypeVar, cast

from pydantic import BaseModel, ValidationError

from askfirst.benchmark.errors import LogError
from askfirst.reports.audit_grader import GraderAudit
from askfirst.reports.audit_matcher import MatcherAudit
from askfirst.reports.audit_reader import ReaderAudit
from askfirst.reports.audit_user import UserAudit
from askfirst.reports.exploits import ExploitReport
from askfirst.reports.gate.verdict import GateReport
from askfirst.reports.intervals import Estimate
from askfirst.reports.leaderboard.board import HEADLINE, InstrumentError
from askfirst.reports.rates import Figure

Report = TypeVar("Report", bound=BaseModel)

CEILING = "ceiling"
"""The adversary of an exploit report that the ceiling is of: any policy, another for each family."""


MODEL_USER = "model/"
"""How the identity of a user begins that a model plays."""


class Audits(NamedTuple):
    """What audit files say."""

    instruments: tuple[InstrumentError, ...]
    exploit_ceiling: Estimate | None
    identities: tuple[tuple[str, str], ...]
    """Instrument and identity, one an audit."""


def load_audits(paths: Sequence[str]) -> Audits:
    """Load audit files, as `askfirst audit ... -o FILE` writes them.

    Args:
        paths: Files, or folders of `.json` files.

    Raises:
        LogError: If one can't be read or is no audit, or two are exploit reports.
    """
    errors: list[InstrumentError] = []
    identities: list[tuple[str, str]] = []
    ceilings: list[Estimate | None] = []
    for path in find_json(paths):
        report = _parse_audit(path)
        if isinstance(report, ExploitReport):
            ceilings.append(report.adversaries[CEILING].overall.get(HEADLINE))
            identities += [("reader", report.reader), ("matcher", report.matcher), ("user", report.user)]
        else:
            found = tuple(_errors(report))
            errors += found
            identities += sorted({(each.instrument, each.identity) for each in found})
    if len(ceilings) > 1:
        raise LogError(f"audits: {len(ceilings)} exploit reports; expected one at most; leave the others out")
    return Audits(tuple(errors), ceilings[0] if ceilings else None, tuple(identities))


def load_gates(paths: Sequence[str]) -> tuple[Mapping[str, str], ...]:
    """Load gate verdicts from files that a gate wrote as `gate.json`; oldest candidate first.

    Raises:
        LogError: If one can't be read or is no gate report.
    """
    gates: list[dict[str, str]] = []
    for path in find_json(paths):
        report = _validate(path, GateReport, _read(path))
        candidate, baseline = report.candidate, report.baseline
        gates.append(
            {
                "verdict": report.verdict,
                "sentence": report.sentence,
                "candidate": candidate.name if candidate else "",
                "baseline": baseline.name if baseline else "",
                "date": candidate.date if candidate else "",
            }
        )
    return tuple(sorted(gates, key=lambda gate: (gate["date"], gate["candidate"], gate["sentence"])))


def check_identities(audits: Audits, logged: Sequence[Mapping[str, str]]) -> tuple[str, ...]:
    """Say which audits are of other instruments than the logs', a line each.

    Args:
        audits: The audits.
        logged: Identities of each log, by name.
    """
    lines: list[str] = []
    for instrument, identity in dict.fromkeys(audits.identities):
        used = sorted({each[instrument] for each in logged if instrument in each})
        if instrument == "user":
            # a model user's identity names the audit of its replies and the rules that it words; rules have no audit
            used = [name for name in used if MODEL_USER in name and identity not in name]
        if used and used != [identity]:
            lines.append(f"The audit of the {instrument} is of {identity}; the logs were made with {', '.join(used)}.")
    return tuple(lines)


def find_json(paths: Sequence[str]) -> tuple[Path, ...]:
    """Return files, those of folders in order of their names, each once.

    Raises:
        LogError: If a path does not exist, or a folder has no `.json` file.
    """
    found: dict[Path, None] = {}
    for path in map(Path, paths):
        if not path.exists():
            raise LogError(f"{path}: not there; expected a JSON file or a folder of them; check the path")
        below = sorted(path.rglob("*.json")) if path.is_dir() else [path]
        if not below:
            raise LogError(f"{path}: no .json file in this folder; expected some; check the path")
        found |= dict.fromkeys(below)
    return tuple(found)


def _read(path: Path) -> dict[str, Any]:
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise LogError(f"{path}: not readable as JSON ({error}); expected a report of askfirst; check it") from error
    if not isinstance(content, dict):
        raise LogError(f"{path}: holds no JSON object; expected a report of askfirst; check the file")
    return cast(dict[str, Any], content)


AUDITS: Mapping[str, type[ReaderAudit | MatcherAudit | UserAudit]] = {
    "reader": ReaderAudit,
    "matcher": MatcherAudit,
    "user": UserAudit,
}


def _parse_audit(path: Path) -> ReaderAudit | MatcherAudit | UserAudit | GraderAudit | ExploitReport:
    content = _read(path)
    if content.get("instrument") in AUDITS:
        return _validate(path, AUDITS[content["instrument"]], content)
    if "adversaries" in content:
        return _validate(path, ExploitReport, content)
    if "criteria" in content:
        return _validate(path, GraderAudit, content)
    raise LogError(f"{path}: not an audit; expected what `askfirst audit ... -o FILE` writes; leave it out")


def _validate(path: Path, kind: type[Report], content: Any) -> Report:
    try:
        return kind.model_validate(content)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"]))
        raise LogError(
            f"{path}: {where or 'content'}: {first['msg']}; expected a report of this version; make it again"
        ) from error


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
                    identity=f"{report.grader} {report.grading}",
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
            identity=identity,
        )
