"""Collapses one problem's runs into one row: values, and the bounds that missing and unsure runs leave open.

A run that errored, was never made or has no scores could have given any value in the metric's range, in every arm that
the metric looks at. A measure that does not apply to a run (NaN) leaves the mean, and the bounds with it.
"""

from collections.abc import Collection, Mapping, Sequence
from math import isnan
from typing import NamedTuple

from askfirst.benchmark.measures import COMBINE, CONTRASTS, JOINT
from askfirst.reports.gate.metrics import GATE_METRICS, UNMATCHED
from askfirst.reports.gate.release import Bounds, ReleaseRow
from askfirst.reports.gate.runs import Run


class Arm(NamedTuple):
    """What one arm of a problem gave of one metric."""

    values: Sequence[float]
    unknown: int
    """Runs that could have given any value."""

    @property
    def mean(self) -> float | None:
        """The mean of what is known; None where nothing is."""
        return sum(self.values) / len(self.values) if self.values else None

    @property
    def bounds(self) -> Bounds | None:
        """What the mean could be; None where no run could have given a value."""
        runs, total = len(self.values) + self.unknown, sum(self.values)
        return Bounds(total / runs, (total + self.unknown) / runs) if runs else None


def arms_by_metric(runs: Collection[Run]) -> dict[str, frozenset[str]]:
    """Return which arms each metric looks at: those in which any run has a value of it."""
    found: dict[str, set[str]] = {}
    for run in runs:
        for metric in run.values or ():
            found.setdefault(metric, set()).add(run.arm)
    return {metric: frozenset(arms) for metric, arms in found.items()}


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
    first, arms = runs[0], tuple(sorted(planned_by_arm))
    whole = {arm: [run for run in runs if run.arm == arm and is_whole(run)] for arm in arms}
    sure = {arm: [run for run in whole[arm] if not run.unsure] for arm in arms}
    lacking = {arm: max(0, planned_by_arm[arm] - len(whole[arm])) for arm in arms}
    guessed = {arm: lacking[arm] + len(whole[arm]) - len(sure[arm]) for arm in arms}
    missing, unsure = any(lacking.values()), any(len(sure[arm]) < len(whole[arm]) for arm in arms)

    values: dict[str, float] = {}
    bounds: dict[str, Bounds] = {}
    unsure_bounds: dict[str, Bounds] = {}
    for metric in GATE_METRICS:
        looked_at = [arm for arm in arms if arm in applies.get(metric, ())]
        if not looked_at or (_spans_arms(metric) and not set(first.arms) <= set(looked_at)):
            continue
        known = _arms(metric, looked_at, whole, lacking)
        if _spans_arms(metric) and any(len(known[arm].values) < len(whole[arm]) for arm in looked_at):
            continue  # there is nothing to be right about: no run of this problem can have a value
        value = _value(metric, known)
        if value is not None:
            values[metric] = value
        if missing and (span := _span(metric, known)) is not None:
            bounds[metric] = span
        if unsure and metric not in UNMATCHED:
            span = _span(metric, _arms(metric, looked_at, sure, guessed))
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


def _arms(
    metric: str, arms: Sequence[str], runs: Mapping[str, Sequence[Run]], unknown: Mapping[str, int]
) -> dict[str, Arm]:
    return {
        arm: Arm([run.values[metric] for run in runs[arm] if run.values and metric in run.values], unknown[arm])
        for arm in arms
    }


def _value(metric: str, arms: Mapping[str, Arm]) -> float | None:
    if not _spans_arms(metric):
        return Arm([value for arm in arms.values() for value in arm.values], 0).mean
    means = {name: arm.mean for name, arm in arms.items()}
    return _combine(metric, {name: mean for name, mean in means.items() if mean is not None}, len(arms))


def _span(metric: str, arms: Mapping[str, Arm]) -> Bounds | None:
    if not _spans_arms(metric):
        return Arm(
            [value for arm in arms.values() for value in arm.values], sum(a.unknown for a in arms.values())
        ).bounds
    spans = {name: arm.bounds for name, arm in arms.items()}
    found = {name: span for name, span in spans.items() if span is not None}
    contrast = metric in CONTRASTS
    # of a contrast the other arms count against
    lows = {name: span.high if contrast and name != "under" else span.low for name, span in found.items()}
    highs = {name: span.low if contrast and name != "under" else span.high for name, span in found.items()}
    low, high = (_combine(metric, ends, len(arms)) for ends in (lows, highs))
    return None if low is None or high is None else Bounds(low, high)


def _combine(metric: str, by_arm: Mapping[str, float], arms: int) -> float | None:
    if len(by_arm) < arms:
        return None
    value = COMBINE["contrast" if metric in CONTRASTS else "joint"](by_arm)
    return None if isnan(value) else value
