"""Collapses one problem's runs into one row: values, and the bounds that missing and unsure runs leave open.

A run that errored, was never made or has no scores could have given any value in the metric's range, in every arm that
the metric looks at. A measure that does not apply to a run (NaN) leaves the mean, and the bounds with it.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from math import isnan

from askfirst.benchmark.measures import COMBINE, CONTRASTS, JOINT
from askfirst.reports.gate.metrics import GATE_METRICS, UNMATCHED
from askfirst.reports.gate.release import Bounds, ReleaseRow
from askfirst.reports.gate.runs import Run


def mean(values: Sequence[float]) -> float | None:
    """Return the mean; None of nothing."""
    return sum(values) / len(values) if values else None


def bound(values: Sequence[float], unknown: int) -> Bounds | None:
    """Return what the mean in [0, 1] could be, were the unknown ones known; None of nothing."""
    runs, total = len(values) + unknown, sum(values)
    return Bounds(total / runs, (total + unknown) / runs) if runs else None


def arms_by_metric(runs: Iterable[Run]) -> dict[str, tuple[str, ...]]:
    """Return which arms each metric looks at: those in which any run has a value of it; in the metrics' order."""
    found: dict[str, set[str]] = {}
    for run in runs:
        for metric in run.values or ():
            found.setdefault(metric, set()).add(run.arm)
    return {metric: tuple(sorted(found[metric])) for metric in GATE_METRICS if metric in found}


def is_whole(run: Run) -> bool:
    """Say whether a run came to its end and has scores; one that errored counts for nothing, whatever it scored."""
    return not run.errored and run.values is not None


def collapse_problem(
    condition: str, runs: Sequence[Run], planned_by_arm: Mapping[str, int], applies: Mapping[str, Collection[str]]
) -> ReleaseRow:
    """Collapse the runs of one problem under one condition.

    A plain metric is its mean over the problem's runs. A joint one is the product of its arms' means, a contrast
    `under` minus the mean of the others; both only where every arm of the evaluation has a value.

    Args:
        condition: That of the `under` arm.
        runs: All that there are, whole or not; at least one.
        planned_by_arm: How many runs there should be; an arm that was not to be run is missing.
        applies: The arms that each metric looks at.
    """
    first, needed = runs[0], set(runs[0].arms)
    whole: dict[str, list[Mapping[str, float]]] = {arm: [] for arm in planned_by_arm}
    sure: dict[str, list[Mapping[str, float]]] = {arm: [] for arm in planned_by_arm}
    for run in runs:
        if run.values is not None and is_whole(run):
            whole[run.arm].append(run.values)
            if not run.unsure:
                sure[run.arm].append(run.values)
    lacking = {arm: max(0, count - len(whole[arm])) for arm, count in planned_by_arm.items()}
    guessed = {arm: lacking[arm] + len(whole[arm]) - len(sure[arm]) for arm in planned_by_arm}
    missing, unsure = any(lacking.values()), guessed != lacking

    values: dict[str, float] = {}
    bounds: dict[str, Bounds] = {}
    unsure_bounds: dict[str, Bounds] = {}
    for metric, looked_at in applies.items():
        arms = [arm for arm in looked_at if arm in whole]
        known = _values_by_arm(metric, arms, whole)
        if _spans_arms(metric) and (
            not needed <= set(arms)
            # where there is nothing to be right about, no run of the problem can have a value
            or any(len(known[arm]) < len(whole[arm]) for arm in arms)
        ):
            continue
        if (value := _value(metric, known)) is not None:
            values[metric] = value
        if missing and (span := _span(metric, known, lacking)) is not None:
            bounds[metric] = span
        if unsure and metric not in UNMATCHED:
            span = _span(metric, _values_by_arm(metric, arms, sure), guessed)
            if span is not None:
                unsure_bounds[metric] = span
    return ReleaseRow(
        condition=condition,
        problem=first.problem,
        template=first.template,
        family=first.family,
        level=first.level,
        epochs=max(planned_by_arm.values()),
        values=values,
        bounds=bounds,
        unsure_bounds=unsure_bounds,
    )


def _spans_arms(metric: str) -> bool:
    return metric in JOINT or metric in CONTRASTS


def _values_by_arm(
    metric: str, arms: Sequence[str], runs: Mapping[str, Sequence[Mapping[str, float]]]
) -> dict[str, list[float]]:
    return {arm: [values[metric] for values in runs[arm] if metric in values] for arm in arms}


def _value(metric: str, known: Mapping[str, Sequence[float]]) -> float | None:
    if not _spans_arms(metric):
        return mean([value for values in known.values() for value in values])
    means = {arm: value for arm, values in known.items() if (value := mean(values)) is not None}
    return _combine(metric, means, len(known))


def _span(metric: str, known: Mapping[str, Sequence[float]], unknown: Mapping[str, int]) -> Bounds | None:
    if not _spans_arms(metric):
        return bound([value for values in known.values() for value in values], sum(unknown[arm] for arm in known))
    spans = {arm: span for arm, values in known.items() if (span := bound(values, unknown[arm])) is not None}
    # of a contrast the other arms count against
    against = {arm for arm in spans if metric in CONTRASTS and arm != "under"}
    low = _combine(metric, {arm: span.high if arm in against else span.low for arm, span in spans.items()}, len(known))
    high = _combine(metric, {arm: span.low if arm in against else span.high for arm, span in spans.items()}, len(known))
    return None if low is None or high is None else Bounds(low, high)


def _combine(metric: str, by_arm: Mapping[str, float], arms: int) -> float | None:
    if len(by_arm) < arms:
        return None
    value = COMBINE["contrast" if metric in CONTRASTS else "joint"](by_arm)
    return None if isnan(value) else value
