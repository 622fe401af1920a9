"""From two releases to what is judged: one comparison a metric, condition and release, with its bounds."""

from collections.abc import Sequence
from typing import Literal, NamedTuple, TypeAlias

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

FEWEST = 2
"""Problems from which on there is an interval."""

End: TypeAlias = Literal["worst", "best"]


class Compared(NamedTuple):
    """One comparison, and what it rests on."""

    comparison: Comparison
    paired: PairedValues
    unsure_worst: Gain | None
    """Had every guess of the matcher been wrong in the worst way; None where it made none."""
    epochs: int
    """The fewest runs behind a value."""


class Terms(NamedTuple):
    """What comparisons are made by."""

    policy: Policy
    acknowledgements: Sequence[Acknowledgement] = ()
    """Losses that are accepted, expired ones too."""
    fractions: Sequence[float] = WHOLE
    """The share of all planned runs seen at each look so far."""


def compare_metrics(candidate: Release, other: Release, against: Against, terms: Terms) -> list[Compared]:
    """Return all comparisons with one release, in the policy's order and by condition.

    Args:
        candidate: The release in question, only with what the policy counts.
        other: What it is compared with, likewise.
        against: What that is.
        terms: Metrics, margins, alpha and looks.

    Raises:
        InvalidReleaseError: If a metric of the policy has fewer than two problems to compare.
    """
    found: list[Compared] = []
    wrong: list[Difference] = []
    for metric in terms.policy.metrics:
        for condition in sorted({row.condition for row in candidate.rows}):
            paired = pair(candidate, other, metric, condition)
            both = len(paired.measured)
            if both >= FEWEST:
                found.append(_compare(paired, _fewest_epochs((candidate, other), condition), against, terms))
                continue
            sides = [_count_values(release, metric, condition) for release in (other, candidate)]
            what = (
                f"{metric} under condition {condition} ({both} problems with both values; expected at least {FEWEST})"
            )
            wrong.append(Difference(what=what, baseline=sides[0], candidate=sides[1]))
    if wrong:
        raise InvalidReleaseError(wrong)
    return found


def _count_values(release: Release, metric: str, condition: str) -> str:
    rows = [row for row in release.rows if row.condition == condition]
    return f"{sum(metric in row.values for row in rows)} of {len(rows)} problems have a value"


def _fewest_epochs(releases: Sequence[Release], condition: str) -> int:
    return min(row.epochs for release in releases for row in release.rows if row.condition == condition)


def _compare(paired: PairedValues, epochs: int, against: Against, terms: Terms) -> Compared:
    policy, better, measured = terms.policy, GATE_METRICS[paired.metric], paired.measured
    alpha = nominal_alpha(terms.fractions, policy.alpha)

    def gain_of(differences: Sequence[float], templates: Sequence[str]) -> Gain:
        return at_look(estimate_gain(differences, templates, alpha=alpha, epochs=epochs), terms.fractions)

    def gain_at(end: End, unsure: bool) -> Gain:
        pairs = paired.pairs
        return gain_of([extreme(each, better, end, unsure) for each in pairs], [each.template for each in pairs])

    strict = policy.unsure == "bounds"
    doubtful = paired.missing or (strict and paired.unsure)
    comparison = Comparison(
        metric=paired.metric,
        condition=paired.condition,
        against=against,
        better=better,
        baseline=sum(each.baseline for each in measured) / len(measured),
        candidate=sum(each.candidate for each in measured) / len(measured),
        gain=gain_of(
            [gain_between(each.candidate, each.baseline, better) for each in measured],
            [each.template for each in measured],
        ),
        margin=policy.metrics[paired.metric].margin,
        worst=gain_at("worst", strict) if doubtful else None,
        best=gain_at("best", strict) if doubtful else None,
        acknowledged=_find(terms.acknowledgements, paired.metric, paired.condition),
    )
    return Compared(comparison, paired, gain_at("worst", unsure=True) if paired.unsure else None, epochs)


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
