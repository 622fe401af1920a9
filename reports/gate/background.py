"""What a report tells around its metrics: what changed, what was compared, with what settings."""

from collections.abc import Iterator

from askfirst.reports.gate.blocks import MOST_LINES, Block, Cell, Grid, Paragraph, SideBySide
from askfirst.reports.gate.phrases import badge, count, describe_acknowledgement, to_cost, to_decimals, to_signed
from askfirst.reports.gate.verdict import Acknowledgement, GateReport, Part, ReleaseSummary, Stopping


def tell_parts(parts: tuple[Part, ...]) -> Iterator[Block]:
    """Say which kind of failure grew most, and how often each thing happened."""
    if not parts:
        return
    grown = max((part for part in parts if part.bad), key=lambda part: part.change, default=None)
    if grown and grown.change > 0:
        yield Paragraph(
            f'What grew most: "{grown.name}" (condition {grown.condition}), from {to_decimals(grown.baseline)} to '
            f"{to_decimals(grown.candidate)} of the problems."
        )
    else:
        yield Paragraph("No kind of failure grew.")
    yield Grid(
        ("what happened, share of problems", "condition", "baseline", "candidate", "change"),
        tuple(
            (
                Cell(part.name),
                Cell(part.condition),
                Cell(to_decimals(part.baseline)),
                Cell(to_decimals(part.candidate)),
                Cell(to_signed(part.change)),
            )
            for part in parts
        ),
    )


def tell_worst_problems(report: GateReport, most: int) -> Iterator[Block]:
    """Yield the problems that lost most, numbered, each with both dialogues, `most` of them."""
    for number, worst in enumerate(report.worst_problems[:most], start=1):
        lost = f"{worst.metric} worse by {to_decimals(worst.loss)}"
        title = f"{number}. {worst.problem} (condition {worst.condition}, arm {worst.arm}): {lost}"
        yield SideBySide(title, worst.against, worst.baseline, worst.candidate)
    if len(report.worst_problems) > most:
        yield Paragraph(f"({len(report.worst_problems) - most:,} more in gate.json)")


def tell_comparability(report: GateReport) -> Iterator[Block]:
    """List in what the evaluations differ, what makes them incomparable first."""
    if not report.differences:
        yield Paragraph("No difference between the evaluations was found.")
        return
    ordered = sorted(report.differences, key=lambda difference: not difference.fatal)
    yield Grid(
        ("difference", "baseline", "candidate", "effect"),
        tuple(
            (
                Cell(difference.what),
                Cell(difference.baseline or "-"),
                Cell(difference.candidate or "-"),
                Cell(badge("INVALID"), "INVALID") if difference.fatal else Cell("only told"),
            )
            for difference in ordered[:MOST_LINES]
        ),
    )
    if len(ordered) > MOST_LINES:
        yield Paragraph(f"({count(len(ordered) - MOST_LINES, 'more difference')} in gate.json)")


def tell_acknowledgements(report: GateReport) -> Iterator[str]:
    """Say of each acknowledgement what it does now."""
    for acknowledgement in report.acknowledgements:
        yield f"{_effect(acknowledgement, report)}: {describe_acknowledgement(acknowledgement)}"


def _effect(acknowledgement: Acknowledgement, report: GateReport) -> str:
    if any(metric.acknowledged == acknowledgement for metric in report.metrics):
        return "in force"
    lost = any(
        metric.verdict == "FAIL"
        and metric.acknowledged is None
        and metric.metric == acknowledgement.metric
        and acknowledgement.condition in ("", metric.condition)
        for metric in report.metrics
    )
    return "EXPIRED, the loss counts" if lost else "not needed"


def tell_looks(stopping: Stopping | None) -> Iterator[Block]:
    """Say what stopping early saved, and how each look went."""
    if stopping is None:
        return
    saved = stopping.planned_calls - stopping.made_calls
    share = f" ({saved / stopping.planned_calls:.0%})" if stopping.planned_calls else ""
    yield Paragraph(
        f"{stopping.made_calls:,} of {count(stopping.planned_calls, 'planned call')} were made: {saved:,} saved{share}."
    )
    if stopping.looks:
        yield Grid(
            ("look", "problems", "epochs", "calls", "verdict"),
            tuple(
                (
                    *map(Cell, (f"{look.number}", f"{look.problems:,}", f"{look.epochs:,}", f"{look.calls:,}")),
                    Cell(badge(look.verdict), look.verdict),
                )
                for look in stopping.looks
            ),
        )


def tell_releases(report: GateReport) -> Iterator[Block]:
    """Say who was compared, a column each."""
    by_role = {"candidate": report.candidate, "baseline": report.baseline, "anchor": report.anchor}
    releases = {role: release for role, release in by_role.items() if release is not None}
    if releases:
        columns = [_describe_release(release) for release in releases.values()]
        yield Grid(
            ("", *releases),
            tuple((Cell(name), *(Cell(column[name]) for column in columns)) for name in columns[0]),
        )


def _describe_release(release: ReleaseSummary) -> dict[str, str]:
    missing = ", ".join(f"{number:,} {kind}" for kind, number in sorted(release.missing.items()) if number)
    return {
        "model": release.name,
        "date": release.date,
        "source": release.source,
        "samples": f"{release.samples:,}",
        "missing": missing or "none",
        "calls": f"{release.calls:,}",
        "cost": to_cost(release.cost_usd),
    }


def tell_settings(report: GateReport) -> Iterator[Block]:
    """List the exit status, the settings that decided and the versions of packages, by name."""
    settings = (
        ("exit status", f"{report.exit_status}"),
        *sorted(report.policy.items()),
        *sorted(report.versions.items()),
    )
    yield Grid(("setting or package", "value"), tuple((Cell(name), Cell(value)) for name, value in settings))
