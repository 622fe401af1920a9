"""Audits as tables for the terminal."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import zip_longest

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from askfirst.reports.audit_matcher import MatcherAudit
from askfirst.reports.audit_reader import KINDS, ReaderAudit
from askfirst.reports.printable import printable
from askfirst.reports.sensitivity import RANKED_BY, Sensitivity
from askfirst.reports.table import TABLE_MEASURES, Column

MAX_PRINTED = 10
"""Worst cases that a table shows; the JSON has more."""

MAX_CELL = 60
"""Characters of a misread turn's cell."""

READER_ROWS: Mapping[str, str] = {
    "attempt_precision": "attempt: precision",
    "attempt_recall": "attempt: recall",
    "attempt_f1": "attempt: F1",
    "kinds_macro_f1": "seven kinds: macro-F1",
    "answers": "answer right, given an attempt",
    "question_precision": "questions: precision",
    "question_recall": "questions: recall",
}
MATCHER_COLUMNS: Mapping[str, str] = {
    "precision": "precision",
    "recall": "recall",
    "precision_when_sure": "precision, sure",
    "right": "kind and targets",
    "unsure": "unsure",
}


def print_reader_audit(audit: ReaderAudit, console: Console) -> None:
    """Print figures by set, the confusion of kinds, the comparison with other labels, and misread turns."""
    sets = [name for name in ("all", "real", "public", "smollm2-135m", "written") if name in audit.figures]
    table = _table("turn reader", *(f"{name} ({audit.figures[name].turns} turns)" for name in sets))
    for field, title in READER_ROWS.items():
        table.add_row(title, *(str(getattr(audit.figures[name], field)) for name in sets))
    for kind in KINDS:
        table.add_row(f"  {kind}: F1", *(str(audit.figures[name].kind_f1[kind]) for name in sets))
    console.print(table)
    confusion = _table("labelled as, read as →", *KINDS)
    for kind, row in audit.figures["all"].confusion.items():
        confusion.add_row(kind, *(str(row.get(other, "")) for other in KINDS))
    console.print(confusion)
    if audit.rivalry:
        rival = audit.rivalry
        console.print(
            f"Beside the labels that came with {rival.turns} of these turns: the reader alone is right on "
            f"{rival.only_reader_right}, they alone on {rival.only_rival_right} (exact McNemar test, p = "
            f"{rival.p_value:.2g})."
        )
    _print_left_out(audit.left_out, console)
    worst = _table("misread", "labelled", "read", "rule")
    for each in audit.worst[:MAX_PRINTED]:
        cells = (each.labelled, each.read, each.rule)
        worst.add_row(each.id, *(Text(printable(" ".join(cell.split())[:MAX_CELL])) for cell in cells))
    console.print(worst)
    _print_closing(audit.identity, audit.half, len(audit.worst), console)


def print_matcher_audit(audit: MatcherAudit, console: Console) -> None:
    """Print figures by language, category and family, and wrongly matched questions."""
    table = _table("question matcher", "questions", *MATCHER_COLUMNS.values())
    for name, figures in audit.figures.items():
        cells = [str(getattr(figures, field)) for field in MATCHER_COLUMNS]
        table.add_row(name, str(figures.questions), *cells, end_section="/" not in name)
    console.print(table)
    through = _table("through the reader", "precision", "recall", "offers taken for questions")
    for name, figures in audit.figures.items():
        if "/" not in name:
            cells = (figures.read_precision, figures.read_recall, figures.taken_for_questions)
            through.add_row(name, *map(str, cells))
    console.print(through)
    worst = _table("wrongly matched", "category", "question", "labelled", "found", "confidence")
    for each in audit.worst[:MAX_PRINTED]:
        unsure = " unsure" if each.unsure else ""
        worst.add_row(
            each.id,
            f"{each.language}/{each.category}",
            Text(printable(each.text[:100])),
            each.labelled,
            each.found,
            f"{each.confidence:.2f}{unsure}",
        )
    console.print(worst)
    _print_closing(f"{audit.identity}, {audit.reader}", audit.half, len(audit.worst), console)


def print_sensitivity(found: Sensitivity, console: Console) -> None:
    """Print, for each log, what changed, the measures before and after, and whether any rank did."""
    for log in found.logs:
        console.print(
            f"[bold]{printable(log.label)}[/bold]: {log.changed_turns} of {log.turns} turns in {log.dialogues} "
            f"dialogues are read otherwise; {log.cut} dialogues would have ended earlier, {log.open} would have gone "
            f"on, {log.unjudged} can't be judged again and are left out",
            highlight=False,
        )
        if log.recorded_reader == found.reader and log.recorded_matcher == found.matcher:
            console.print("  read again with the instruments that recorded it", style="dim")
        table = _table("measure", "recorded", "read again")
        for row in _changed_rows(log.before, log.after):
            table.add_row(*row)
        console.print(table)
    changed = _table("turn", "recorded", "now")
    for each in found.worst[:MAX_PRINTED]:
        changed.add_row(f"{each.sample} {each.turn}", Text(printable(each.recorded)), Text(printable(each.now)))
    if found.worst:
        console.print(changed)
    order = "unchanged" if found.same_order else "CHANGED"
    console.print(f"Order by {RANKED_BY}: {order}")
    for before, after in zip_longest(found.order_before, found.order_after):
        console.print(f"  {before}" if before == after else f"  {before} -> {after}", highlight=False, markup=False)
    console.print(f"Read with {found.reader} and {found.matcher}", style="dim", highlight=False)


def _changed_rows(before: Column, after: Column) -> Iterator[Sequence[str]]:
    for measure in TABLE_MEASURES:
        cells = [
            "-" if (found := column.estimates.get(measure)) is None else f"{found.mean:.3f} n={found.n}"
            for column in (before, after)
        ]
        yield (measure, *cells)


def _print_left_out(left_out: Mapping[str, int], console: Console) -> None:
    for reason, count in left_out.items():
        if count:
            console.print(f"{count} labelled turns are left out: {reason}", style="yellow")


def _print_closing(identity: str, half: str, wrong: int, console: Console) -> None:
    shown = min(wrong, MAX_PRINTED)
    console.print(
        f"{identity}; half: {half}; 95% intervals; {shown} of {wrong} listed cases shown", style="dim", highlight=False
    )


def _table(first: str, *others: str) -> Table:
    table = Table(box=box.SIMPLE_HEAD, padding=(0, 1), pad_edge=False)
    table.add_column(first, overflow="fold")
    for other in others:
        table.add_column(other, overflow="fold")
    return table
