"""95% intervals for means over problems, clustered by template."""

from collections.abc import Callable, Sequence
from typing import cast

from inspect_ai.scorer import SampleScore, Score, ci_wilson

from askfirst.benchmark.problem import Frozen

LEVEL = 0.95


class Estimate(Frozen):
    """A mean over problems and its interval."""

    mean: float
    """In [0, 1]."""
    low: float | None
    """Lower bound in [0, 1]; None when all problems are of one template, whose spread can't be seen."""
    high: float | None
    n: int
    """Problems in the mean, at least 1."""
    templates: int


def estimate(values: Sequence[float], templates: Sequence[str]) -> Estimate | None:
    """Return the mean of values in [0, 1] with its 95% interval, None without a value.

    The interval is Wilson's, with the effective sample size that the clustered variance implies and a t quantile with
    one degree of freedom less than there are templates: it stays within [0, 1], and has a width even where all values
    are equal.

    Args:
        values: One value a problem.
        templates: The template of each problem, in the same order.

    Raises:
        ValueError: If a value is outside [0, 1], or the lengths differ.
    """
    scores = [
        SampleScore(score=Score(value=value), sample_metadata={"template": template})
        for value, template in zip(values, templates, strict=True)
    ]
    if not scores:
        return None
    mean, clusters = sum(values) / len(values), len(set(templates))
    if clusters == 1:
        return Estimate(mean=mean, low=None, high=None, n=len(values), templates=1)
    interval = cast(Callable[[list[SampleScore]], dict[str, float]], ci_wilson(LEVEL, cluster="template"))(scores)
    return Estimate(mean=mean, low=interval["lower"], high=interval["upper"], n=len(values), templates=clusters)
