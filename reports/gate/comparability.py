"""Whether two releases can be compared at all, and their values problem by problem.

Scores of another data set, user, matcher or sampling differ for reasons that are not the model's. Everything but the
subject has to be equal; what differs is named with its two values.
"""

from collections.abc import Collection, Mapping, Sequence
from math import isclose
from typing import Literal, NamedTuple, TypeAlias

from askfirst.benchmark.problem import Frozen
from askfirst.reports.gate.identity import DATA, TOLD, UNSET, may_differ
from askfirst.reports.gate.metrics import RANGE
from askfirst.reports.gate.release import Bounds, Identity, Release, ReleaseRow, RowKey
from askfirst.reports.gate.verdict import Difference

MAX_ERROR_SHARE = 0.10
"""Above this share of errored or unscored samples a release says too little of its model."""

MAX_ERROR_GAP = 0.05
"""Errors are rarely by chance: beyond this difference between the shares it's two kinds of problems that are left."""

SOME = 3
"""How many of a long list are named."""

Epochs: TypeAlias = int | Literal["equal"] | None
"""What the numbers of epochs have to be: a number, the same in both, or anything."""


class Pair(Frozen):
    """One problem in both releases."""

    problem: str
    template: str
    candidate: float | None
    """None where no sample has a value."""
    baseline: float | None
    candidate_bounds: Bounds
    """Both ends are the value where no sample is missing; the metric's whole range where nothing else is known."""
    baseline_bounds: Bounds
    candidate_unsure: Bounds
    """As the bounds, wider where the matcher only guessed."""
    baseline_unsure: Bounds

    @property
    def missing(self) -> bool:
        """Whether a sample is missing in either release."""
        return any(bounds.low != bounds.high for bounds in (self.candidate_bounds, self.baseline_bounds))

    @property
    def unsure(self) -> bool:
        """Whether the matcher only guessed, in either release."""
        sides = ((self.candidate_unsure, self.candidate_bounds), (self.baseline_unsure, self.baseline_bounds))
        return any(unsure != bounds for unsure, bounds in sides)


class Measured(NamedTuple):
    """One problem that has a value in both releases."""

    template: str
    candidate: float
    baseline: float


class PairedValues(Frozen):
    """One metric under one condition, problem by problem."""

    metric: str
    condition: str
    pairs: tuple[Pair, ...]
    """In order of problem; empty where the metric applies to no problem."""

    @property
    def measured(self) -> tuple[Measured, ...]:
        """The problems that have both values."""
        return tuple(
            Measured(pair.template, pair.candidate, pair.baseline)
            for pair in self.pairs
            if pair.candidate is not None and pair.baseline is not None
        )

    @property
    def missing(self) -> int:
        """Problems in which a sample of either release is missing."""
        return sum(pair.missing for pair in self.pairs)

    @property
    def unsure(self) -> int:
        """Problems in which the matcher only guessed, in either release."""
        return sum(pair.unsure for pair in self.pairs)


def compare(
    candidate: Release,
    baseline: Release,
    *,
    subset: bool = False,
    epochs: Epochs = None,
    max_error_share: float = MAX_ERROR_SHARE,
) -> list[Difference]:
    """Return what two releases' evaluations do not have in common; no fatal one means that they can be compared.

    Args:
        candidate: The release in question.
        baseline: The one that it is compared with.
        subset: Whether the candidate may have been run on some of the baseline's problems only.
        epochs: What the numbers of epochs have to be.
        max_error_share: Largest share of errored or unscored samples in either release, in (0, 1].
    """
    return [
        *_compare_identities(candidate, baseline, epochs),
        *_compare_problems(candidate, baseline, subset),
        *_compare_errors(candidate, baseline, max_error_share),
    ]


def restrict(release: Release, conditions: Collection[str] = (), families: Collection[str] = ()) -> Release:
    """Return the release with only the rows of some conditions and families; none given means all.

    Its counts stay those of all samples.
    """
    rows = tuple(
        row
        for row in release.rows
        if (not conditions or row.condition in conditions) and (not families or row.family in families)
    )
    identities = tuple(one for one in release.identities if not conditions or one.condition in conditions)
    return release.model_copy(update={"rows": rows, "identities": identities})


def pair(candidate: Release, baseline: Release, metric: str, condition: str) -> PairedValues:
    """Pair two releases' values of a metric by problem.

    A problem is in it if either release has a value, or both could have had one. Of the side without a value nothing
    is known but the metric's range.
    """
    mine, theirs = _rows(candidate, condition), _rows(baseline, condition)
    return PairedValues(
        metric=metric,
        condition=condition,
        pairs=tuple(
            _pair(mine[name], theirs[name], metric)
            for name in sorted(mine.keys() & theirs.keys())
            if _has_pair(mine[name], theirs[name], metric)
        ),
    )


def _rows(release: Release, condition: str) -> dict[str, ReleaseRow]:
    return {row.problem: row for row in release.rows if row.condition == condition}


def _has_pair(mine: ReleaseRow, theirs: ReleaseRow, metric: str) -> bool:
    known = metric in mine.values or metric in theirs.values
    return known or (metric in mine.bounds and metric in theirs.bounds)


def _pair(mine: ReleaseRow, theirs: ReleaseRow, metric: str) -> Pair:
    mine_bounds, their_bounds = _bounds(mine, metric), _bounds(theirs, metric)
    return Pair(
        problem=mine.problem,
        template=mine.template,
        candidate=mine.values.get(metric),
        baseline=theirs.values.get(metric),
        candidate_bounds=mine_bounds,
        baseline_bounds=their_bounds,
        candidate_unsure=mine.unsure_bounds.get(metric, mine_bounds),
        baseline_unsure=theirs.unsure_bounds.get(metric, their_bounds),
    )


def _bounds(row: ReleaseRow, metric: str) -> Bounds:
    value = row.values.get(metric)
    return row.bounds.get(metric, RANGE if value is None else Bounds(value, value))


def _compare_identities(candidate: Release, baseline: Release, epochs: Epochs) -> list[Difference]:
    mine, theirs = _identities(candidate), _identities(baseline)
    found: list[Difference] = []
    for task, condition in sorted(mine.keys() | theirs.keys()):
        own, other = mine.get((task, condition)), theirs.get((task, condition))
        where = f"{task}, condition {condition}"
        if own is None or other is None:
            sides = ["evaluated" if one else "not evaluated" for one in (other, own)]
            found.append(Difference(what=where, baseline=sides[0], candidate=sides[1]))
            continue
        data_differ = own.facts.get(DATA) != other.facts.get(DATA)
        for fact in [*other.facts, *(name for name in own.facts if name not in other.facts)]:
            values = other.facts.get(fact, UNSET), own.facts.get(fact, UNSET)
            fatal = fact not in TOLD or (fact == "epochs" and epochs is not None)
            expected = {str(epochs)} if fact == "epochs" and isinstance(epochs, int) else {values[0]}
            if {*values} != expected and not may_differ(fact, data_differ):
                found.append(
                    Difference(what=f"{fact} of {where}", baseline=values[0], candidate=values[1], fatal=fatal)
                )
    return found


def _identities(release: Release) -> Mapping[tuple[str, str], Identity]:
    return {(one.task, one.condition): one for one in release.identities}


def _compare_problems(candidate: Release, baseline: Release, subset: bool) -> list[Difference]:
    mine, theirs = {row.key for row in candidate.rows}, {row.key for row in baseline.rows}
    if not mine & theirs:
        return [Difference(what="problems in common", baseline=_count(theirs), candidate=_count(mine))]
    found: list[Difference] = []
    for condition in sorted({key.condition for key in mine | theirs}):
        own = {key.problem for key in mine if key.condition == condition}
        other = {key.problem for key in theirs if key.condition == condition}
        # a condition that one side lacks is named by its identity
        if not own or not other or own == other or (subset and own < other):
            continue
        found.append(
            Difference(
                what=f"problems under condition {condition}",
                baseline=f"{len(other)}{_name_some('only here', sorted(other - own))}",
                candidate=f"{len(own)}{_name_some('only here', sorted(own - other))}",
            )
        )
    return found


def _count(keys: Collection[RowKey]) -> str:
    return f"none of {len({key.problem for key in keys})}"


def _name_some(what: str, names: Sequence[str]) -> str:
    if not names:
        return ""
    more = ", ..." if len(names) > SOME else ""
    return f", {len(names)} {what}: {', '.join(names[:SOME])}{more}"


def _compare_errors(candidate: Release, baseline: Release, most: float) -> list[Difference]:
    mine, theirs = _error_share(candidate), _error_share(baseline)
    limit = ""
    if mine > most or theirs > most:
        limit = f"at most {_percent(most)} each"
    elif (gap := abs(mine - theirs)) > MAX_ERROR_GAP and not isclose(gap, MAX_ERROR_GAP):
        limit = f"at most {_percent(MAX_ERROR_GAP)} apart"
    if not limit:
        return []
    what = f"samples without scores ({limit})"
    return [Difference(what=what, baseline=_percent(theirs), candidate=_percent(mine))]


def _error_share(release: Release) -> float:
    lost = release.missing.get("errored", 0) + release.missing.get("unscored", 0)
    return lost / release.samples


def _percent(share: float) -> str:
    return f"{100 * share:.1f}%"
