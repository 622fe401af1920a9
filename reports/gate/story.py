"""What a report tells, in the order in which people need it; the terminal and Markdown lay it out."""

from collections.abc import Iterator

from askfirst.reports.gate.background import (
    tell_acknowledgements,
    tell_comparability,
    tell_looks,
    tell_parts,
    tell_releases,
    tell_settings,
    tell_worst_problems,
)
from askfirst.reports.gate.blocks import Block, Cell, Command, Grid, Paragraph, Section, list_items
from askfirst.reports.gate.phrases import (
    badge,
    count,
    describe_acknowledgement,
    describe_gain,
    name_comparison,
    name_metric,
    name_release,
    name_verdict,
    to_cost,
    to_decimals,
    to_interval,
    to_margin,
    to_sentence,
)
from askfirst.reports.gate.verdict import GateReport, MetricVerdict, Remedy, Verdict

WORST = "Worst problems"
"""The section that holds dialogues."""


def tell(report: GateReport, most_dialogues: int, narrow: bool = False) -> list[Section]:
    """Return the sections that follow the verdict's sentence, in the order in which people need them; none is empty.

    Args:
        report: What the check found.
        most_dialogues: Problems whose dialogues are told.
        narrow: Whether baseline and candidate share a column.
    """
    compared = Section("Comparability", tuple(tell_comparability(report)))
    sections = [
        *([] if report.metrics else [compared]),
        Section("Metrics", tuple(_metrics(report, narrow))),
        Section("Why", tuple(list_items(_reasons(report)))),
        Section("What would settle it", tuple(list_items(_remedies(report)))),
        Section("Which part changed", tuple(tell_parts(report.parts))),
        Section(WORST, tuple(tell_worst_problems(report, most_dialogues))),
        *([compared] if report.metrics else []),
        Section("Warnings", tuple(list_items(report.warnings))),
        Section("Acknowledgements", tuple(list_items(tell_acknowledgements(report)))),
        Section("Early stopping", tuple(tell_looks(report.stopping))),
        Section("Who was compared", tuple(tell_releases(report))),
        Section("Settings and versions", tuple(tell_settings(report))),
        Section("To reproduce", (Command(report.command),)),
    ]
    return [section for section in sections if section.blocks]


def _metrics(report: GateReport, narrow: bool) -> Iterator[Block]:
    for where in dict.fromkeys(map(name_comparison, report.metrics)):
        metrics = [metric for metric in report.metrics if name_comparison(metric) == where]
        between = ("was → now",) if narrow else (metrics[0].against, "candidate")
        header = ("metric", *between, "difference [range]", "margin", "verdict", "finds")
        release = report.anchor if metrics[0].against == "anchor" else report.baseline
        yield Paragraph(f"{where[0].upper()}{where[1:]} {name_release(release)}:")
        yield Grid(header, tuple(_metric_row(metric, narrow) for metric in metrics))
    if report.metrics:
        yield from (Paragraph(line) for line in _legend(report))


def _metric_row(metric: MetricVerdict, narrow: bool) -> tuple[Cell, ...]:
    means = (to_decimals(metric.baseline), to_decimals(metric.candidate))
    return (
        Cell(name_metric(metric)),
        *(map(Cell, [" → ".join(means)] if narrow else means)),
        Cell(to_interval(metric.gain)),
        Cell(to_margin(metric.margin)),
        Cell(badge(metric.verdict) + (", acknowledged" if metric.acknowledged else ""), metric.verdict),
        Cell(to_decimals(metric.smallest_detectable_drop)),
    )


def _legend(report: GateReport) -> Iterator[str]:
    yield (
        "↑ higher is better, ↓ lower is better. Difference: positive means that the candidate is better; in brackets, "
        f"the range that chance leaves open (the truth lies beyond either end with a chance of {report.alpha:g}). "
        "Margin: the loss that would still be accepted. Finds: the smallest true loss that a check of this size "
        "finds 8 times in 10."
    )
    yield (
        "PASS: even the range's low end loses less than the margin. FAIL: the whole range is a loss, and it reaches "
        "the margin. INCONCLUSIVE: neither is shown."
    )
    fixed = {metric.gain.templates for metric in report.metrics if metric.gain.estimand == "these templates"}
    if fixed:
        yield (
            f"Only {' or '.join(f'{number:,}' for number in sorted(fixed))} templates were run: the verdict speaks "
            "of these templates, not of others like them."
        )


def _reasons(report: GateReport) -> Iterator[str]:
    # what is wrong comes first; sorting keeps the order otherwise
    order: tuple[Verdict, ...] = ("INVALID", "FAIL", "INCONCLUSIVE", "PASS")
    for metric in sorted(report.metrics, key=lambda metric: order.index(metric.verdict)):
        found = f"{name_metric(metric)}: {name_verdict(metric)}"
        reason = to_sentence(f"{found} ({name_comparison(metric)}): {metric.reason}")
        yield " ".join([reason, *_details(metric)])


def _details(metric: MetricVerdict) -> Iterator[str]:
    if metric.margin_reason:
        yield to_sentence(f"The margin's reason: {metric.margin_reason}")
    if metric.verdict == "FAIL":
        yield (
            "Were the candidate no worse, chance would show such a loss with a probability of "
            f"{metric.p_adjusted:.2g} (all comparisons counted)."
        )
    if metric.missing and metric.worst and metric.best:
        yield (
            f"Samples are missing in {count(metric.missing, 'problem')}: had all gone against the candidate, "
            f"{metric.worst[0]} ({describe_gain(metric.worst[1])}); for it, "
            f"{metric.best[0]} ({describe_gain(metric.best[1])})."
        )
    if metric.unsure and metric.unsure_worst:
        yield (
            f"The matcher only guessed in {count(metric.unsure, 'problem')}: had every guess been wrong in the worst "
            f"way, {metric.unsure_worst[0]} ({describe_gain(metric.unsure_worst[1])})."
        )
    if metric.acknowledged:
        yield f"Accepted for now: {describe_acknowledgement(metric.acknowledged)}"


def _remedies(report: GateReport) -> Iterator[str]:
    for metric in report.metrics:
        if metric.remedy is not None:
            compared = f"{name_comparison(metric)}; {count(metric.gain.problems, 'problem')} now"
            yield f"{name_metric(metric)} ({compared}): {_describe_remedy(metric.remedy)}"


def _describe_remedy(remedy: Remedy) -> str:
    ways = [
        *([] if remedy.problems is None else [f"{count(remedy.problems, 'problem')} with the epochs of now"]),
        *([] if remedy.epochs is None else [f"{count(remedy.epochs, 'epoch')} of the problems of now"]),
    ]
    if not ways:
        return "no number of problems or epochs would do; accept a larger margin or leave the metric out."
    price = "" if remedy.cost_usd is None else f" for about {to_cost(remedy.cost_usd)}"
    subject = "the cheaper way takes" if len(ways) == 2 else "that takes"
    calls = "" if remedy.calls is None else f"; {subject} {count(remedy.calls, 'more call')}{price}"
    return f"{' or '.join(ways)}{calls}."
