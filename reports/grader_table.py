"""The audit of a grader for the terminal: one row a criterion, and below it what went without a verdict or wrong."""

from collections.abc import Iterator, Mapping

from rich import box
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from askfirst.benchmark.grading import Reason
from askfirst.reports.audit_grader import CriterionAudit, GraderAudit
from askfirst.reports.printable import printable
from askfirst.reports.table import format_estimate

MAX_CHARACTERS = 100
"""What is printed of a question; the JSON has the rest."""


def render_audit(audit: GraderAudit) -> RenderableType:
    """Lay an audit out for the terminal."""
    title = (
        f"{audit.grader} on {audit.questions} labelled questions: {audit.calls} calls, {audit.cached} from the cache"
    )
    parts: list[RenderableType] = [Text(title), _table(audit)]
    parts += [Text(line) for criterion in audit.criteria for line in _details(criterion)]
    if audit.logs:
        parts.append(Text("Corrected: if the grader errs on the logs' questions as it does on the labelled ones."))
    return Group(*parts)


def _table(audit: GraderAudit) -> Table:
    table = Table(box=box.SIMPLE_HEAD, padding=(0, 1), pad_edge=False)
    for name in ("criterion", "unscored ↓", "agreement ↑", "alpha ↑", 'says no to "yes" ↓', 'says yes to "no" ↓'):
        table.add_column(name)
    for one in audit.criteria:
        table.add_row(
            one.criterion,
            f"{sum(one.unscored.values())} of {one.labelled}",
            format_estimate(one.agreement),
            "-" if one.alpha is None else f"{one.alpha:.2f}",
            format_estimate(one.error_of_yes),
            format_estimate(one.error_of_no),
        )
    return table


def _details(audit: CriterionAudit) -> Iterator[str]:
    if audit.unscored:
        yield f"{audit.criterion}: unscored: {_counts(audit.unscored)}"
    if audit.logged_mean is not None:
        line = f"{audit.criterion}: {audit.logged_mean:.2f} of {audit.logged} verdicts in the logs are yes"
        if audit.corrected:
            line += f", corrected {audit.corrected.mean:.2f} [{audit.corrected.low:.2f}, {audit.corrected.high:.2f}]"
            line += "" if audit.corrected.possible else ", which can't be: there it errs otherwise"
        yield line
    if audit.logged_unscored:
        yield f"{audit.criterion}: unscored in the logs: {_counts(audit.logged_unscored)}"
    for one in audit.worst:
        said = f"labelled {_word(one.label)}, graded {_word(one.verdict)}"
        yield f"{audit.criterion}: {one.id}: {said}: {printable(one.text)[:MAX_CHARACTERS]!r}"


def _counts(counts: Mapping[Reason, int]) -> str:
    return ", ".join(f"{count} {reason}" for reason, count in sorted(counts.items()))


def _word(value: bool) -> str:
    return "yes" if value else "no"
