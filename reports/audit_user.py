"""How well the audit of replies tells honest wordings of a model user from faulty ones."""

from collections import Counter
from collections.abc import Mapping, Sequence
from time import process_time
from typing import NamedTuple, get_args

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from askfirst.benchmark.labels import ReplyCase
from askfirst.benchmark.problem import Frozen
from askfirst.benchmark.reply_audit import audit_reply
from askfirst.benchmark.reply_plan import ReplyPlan
from askfirst.benchmark.reply_scene import Fault, FaultKind, Scene
from askfirst.reports.rates import Figure, share

SCHEMA_VERSION = 1
MAX_WORST = 60
"""Wrongly judged replies that a report lists."""
MAX_PRINTED = 10
"""Of these, how many a table shows."""

KINDS: tuple[FaultKind, ...] = get_args(FaultKind)


class AuditedCase(NamedTuple):
    """A labelled reply and what the audit found."""

    case: ReplyCase
    found: tuple[Fault, ...]


class UserFigures(Frozen):
    """The figures of one set of replies."""

    replies: int
    caught: Figure
    """Of faulty replies: the share in which the audit finds a fault, of whatever kind."""
    false_alarms: Figure
    """Of honest replies: the share in which it finds one."""
    kind_right: Figure
    """Of caught replies: the share whose plainest fault is of the labelled kind."""


class Misjudged(Frozen):
    """One reply that the audit judged otherwise than labelled, for people."""

    id: str
    labelled: str
    """A fault's kind, or `honest`."""
    message: str
    plan: str
    reply: str
    found: tuple[str, ...]


class UserAudit(Frozen):
    """Everything that an audit of the model user's audit says."""

    schema_version: int = SCHEMA_VERSION
    instrument: str = "user"
    identity: str
    half: str
    figures: UserFigures
    by_kind: Mapping[str, Figure]
    """Share caught, by the labelled kind of fault."""
    kinds_found: Mapping[str, Mapping[str, int]]
    """Kind of the plainest fault found, by the labelled kind: `none` where nothing was found."""
    by_family: Mapping[str, UserFigures]
    milliseconds: float
    """Processor time that auditing one reply takes on average."""
    worst: tuple[Misjudged, ...]


def to_scene(case: ReplyCase) -> Scene:
    """Return what a labelled reply is audited against."""
    reply = case.reply
    return Scene(ReplyPlan(acts=reply.plan), case.problem, frozenset(reply.known), reply.message)


def audit_user(cases: Sequence[ReplyCase], identity: str, half: str) -> UserAudit:
    """Audit labelled replies and compare with the labels.

    Args:
        cases: Labelled replies, at least one.
        identity: The audit's.
        half: Which half the replies are, for the report.
    """
    start = process_time()
    audited = [AuditedCase(case, audit_reply(case.reply.reply, to_scene(case))) for case in cases]
    seconds = process_time() - start
    found: dict[str, Counter[str]] = {}
    for each in audited:
        kind = each.found[0].kind if each.found else "none"
        found.setdefault(each.case.reply.fault or "honest", Counter())[kind] += 1
    families = sorted({each.case.problem.family for each in audited})
    return UserAudit(
        identity=identity,
        half=half,
        figures=figure_out(audited),
        by_kind={kind: _caught([each for each in audited if each.case.reply.fault == kind]) for kind in KINDS},
        kinds_found=found,
        by_family={
            family: figure_out([each for each in audited if each.case.problem.family == family]) for family in families
        },
        milliseconds=1000 * seconds / len(cases),
        worst=tuple(_describe(each) for each in audited if bool(each.found) != bool(each.case.reply.fault))[:MAX_WORST],
    )


def figure_out(audited: Sequence[AuditedCase]) -> UserFigures:
    """Return the figures of some audited replies."""
    faulty = [each for each in audited if each.case.reply.fault]
    honest = [each for each in audited if not each.case.reply.fault]
    caught = [each for each in faulty if each.found]
    return UserFigures(
        replies=len(audited),
        caught=_caught(faulty),
        false_alarms=share(sum(bool(each.found) for each in honest), len(honest)),
        kind_right=share(sum(each.found[0].kind == each.case.reply.fault for each in caught), len(caught)),
    )


def _caught(faulty: Sequence[AuditedCase]) -> Figure:
    return share(sum(bool(each.found) for each in faulty), len(faulty))


def _describe(each: AuditedCase) -> Misjudged:
    reply = each.case.reply
    return Misjudged(
        id=reply.id,
        labelled=reply.fault or "honest",
        message=reply.message,
        plan=" ".join(act.text for act in reply.plan),
        reply=reply.reply,
        found=tuple(map(str, each.found)),
    )


def print_user_audit(audit: UserAudit, console: Console) -> None:
    """Print the figures by kind and family, and some misjudged replies."""
    table = _table(f"audit of replies, {audit.half} half", "faults caught", "false alarms", "kind right", "replies")
    table.add_row("all", *_cells(audit.figures), style="bold")
    for family, figures in audit.by_family.items():
        table.add_row(family, *_cells(figures))
    console.print(table)
    kinds = _table("labelled as, found as →", "caught", *KINDS, "none")
    for kind in (*KINDS, "honest"):
        row = audit.kinds_found.get(kind, {})
        caught = str(audit.by_kind[kind]) if kind in audit.by_kind else ""
        kinds.add_row(kind, caught, *(str(row.get(other, "")) for other in (*KINDS, "none")))
    console.print(kinds)
    console.print(f"{audit.identity}: {audit.milliseconds:.1f} ms a reply")
    for each in audit.worst[:MAX_PRINTED]:
        found = "; ".join(each.found) or "nothing"
        console.print(Text(f"{each.id} ({each.labelled}): {each.reply!r} found: {found}"[:400]))


def _table(*columns: str) -> Table:
    table = Table(box=box.SIMPLE_HEAD, padding=(0, 1), pad_edge=False)
    for column in columns:
        table.add_column(column, overflow="fold")
    return table


def _cells(figures: UserFigures) -> tuple[str, ...]:
    return str(figures.caught), str(figures.false_alarms), str(figures.kind_right), str(figures.replies)
