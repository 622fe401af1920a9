"""From two releases to what is judged: one comparison a metric, condition and release, with its bounds."""

from collections.abc import Callable, Sequence
from typing import Literal, NamedTuple, TypeAlias

from askfirst.benchmark.errors import GateError
from askfirst.reports.gate.comparability import Pair, PairedValues, pair
from askfirst.reports.gate.decisions import Comparison
from askfirst.reports.gate.invalid import InvalidReleaseError
from askfirst.reports.gate.looks import at_look, nominal_alpha
from askfirst.reports.gate.metrics import GATE_METRICS
from askfirst.reports.gate.paired import estimate_gain
from askfirst.reports.gate.policy import Policy
from askfirst.reports.gate.release import Release
from askfirst.reports.gate.verdict import Acknowledgement, Against, Better, Difference, Gain

WHOLE = (1.0,)
"""The looks of a check that sees everything at once: one, at the end."""

End: TypeAlias = Literal["worst", "best"]


class Compared(NamedTuple):
    """One comparison, and what it rests on."""

    comparison: Comparison
    paired: PairedValues
    unsure_worst: Gain | None
    """Had every guess of the matcher been wrong in the worst way; None where it made none."""
    epochs: int
    """The fewest runs behind a value."""


def compare_metrics(
    candidate: Release,
    baseline: Release,
    against: Against,
    policy: Policy,
    acknowledgements: Sequence[Acknowledgement],
    fractions: Sequence[float] = WHOLE,
) -> list[Compared]:
    """Return all comparisons with one release, in the policy's order and by condition.

    Args:
        candidate: The release in question, only with what the policy counts.
        baseline: What it is compared with, likewise.
        against: What that is.
        policy: Metrics, margins and alpha.
        acknowledgements: Losses that are accepted, expired ones too.
        fractions: The share of all planned runs seen at each look so far.

    Raises:
        InvalidReleaseError: If a metric of the policy has fewer than two problems to compare.
    """
    found: list[Compared] = []
    wrong: list[Difference] = []
    for metric, asked in policy.metrics.items():
        for condition in sorted({row.condition for row in candidate.rows}):
            paired = pair(candidate, baseline, metric, condition)
            both = len(paired.complete)
            try:
                found.append(
                    _compare(candidate, baseline, paired, against, asked.margin, policy, acknowledgements, fractions)
                )
            except GateError:
                sides = [_count_values(release, metric, condition) for release in (baseline, candidate)]
                what = f"{metric} under condition {condition} ({both} problems with both values; expected at least 2)"
                wrong.append(Difference(what=what, baseline=sides[0], candidate=sides[1]))
    if wrong:
        raise InvalidReleaseError(wrong)
    return found


def _count_values(release: Release, metric: str, condition: str) -> str:
    rows = [row for row in release.rows if row.condition == condition]
    return f"{sum(metric in row.values for row in rows)} of {len(rows)} problems have a value"


def _compare(
    candidate: Release,
    baseline: Release,
    paired: PairedValues,
    against: Against,
    margin: float,
    policy: Policy,
    acknowledgements: Sequence[Acknowledgement],
    fractions: Sequence[float],
) -> Compared:
    better = GATE_METRICS[paired.metric]
    alpha = nominal_alpha(fractions, policy.alpha)
    epochs = min(
        row.epochs for release in (candidate, baseline) for row in release.rows if row.condition == paired.condition
    )

    def gain_of(pairs: Sequence[Pair], difference: Callable[[Pair], float]) -> Gain:
        differences = [difference(each) for each in pairs]
        return at_look(
            estimate_gain(differences, [each.template for each in pairs], alpha=alpha, epochs=epochs), fractions
        )

    complete = paired.complete
    gain = gain_of(complete, lambda each: gain_between(each.candidate or 0.0, each.baseline or 0.0, better))
    strict = policy.unsure == "bounds"
    doubtful = paired.missing or (strict and paired.unsure)
    worst = gain_of(paired.pairs, lambda each: extreme(each, better, "worst", strict)) if doubtful else None
    best = gain_of(paired.pairs, lambda each: extreme(each, better, "best", strict)) if doubtful else None
    unsure = gain_of(paired.pairs, lambda each: extreme(each, better, "worst", True)) if paired.unsure else None
    comparison = Comparison(
        metric=paired.metric,
        condition=paired.condition,
        against=against,
        better=better,
        baseline=sum(each.baseline or 0.0 for each in complete) / len(complete),
        candidate=sum(each.candidate or 0.0 for each in complete) / len(complete),
        gain=gain,
        margin=margin,
        worst=worst,
        best=best,
        acknowledged=_find(acknowledgements, paired.metric, paired.condition),
    )
    return Compared(comparison, paired, unsure, epochs)


def gain_between(candidate: float, baseline: float, better: Better) -> float:
    """Return the difference, positive where the candidate is better."""
    return candidate - baseline if better == "higher" else baseline - candidate


def extreme(each: Pair, better: Better, end: End, unsure: bool) -> float:
    """Return a problem's difference had everything unknown gone against the candidate (`worst`), or for it (`best`).

    Args:
        each: The problem.
        better: Which values of the metric are better.
        end: Which extreme.
        unsure: Whether what the matcher only guessed counts as unknown.
    """
    mine = each.candidate_unsure if unsure else each.candidate_bounds
    theirs = each.baseline_unsure if unsure else each.baseline_bounds
    # the candidate's worst is its low end where higher is better, its high end where lower is
    low_first = (better == "higher") == (end == "worst")
    return gain_between(*((mine.low, theirs.high) if low_first else (mine.high, theirs.low)), better)


def _find(acknowledgements: Sequence[Acknowledgement], metric: str, condition: str) -> Acknowledgement | None:
    """Return the entry that lasts longest of those on a metric and condition, None without one."""
    fitting = [each for each in acknowledgements if each.metric == metric and each.condition in ("", condition)]
    return max(fitting, key=lambda each: each.expires, default=None)
