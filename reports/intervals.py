"""95% intervals for means over problems, clustered by template."""

from collections.abc import Sequence
from functools import lru_cache
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from scipy.stats import t

from askfirst.benchmark.problem import Frozen

LEVEL = 0.95

Floats: TypeAlias = NDArray[np.float64]


class Estimate(Frozen):
    """A mean over problems and its interval."""

    mean: float
    """In [0, 1], except of what `estimate_unbounded` estimates."""
    low: float | None
    """Lower bound, in the mean's range; None when all problems are of one template, whose spread can't be seen."""
    high: float | None
    n: int
    """Problems in the mean, at least 1."""
    templates: int


def estimate(values: Sequence[float], templates: Sequence[str]) -> Estimate | None:
    """Return the mean of values in [0, 1] with its 95% interval, None without a value.

    The interval is Wilson's, with the effective sample size that the clustered variance implies and a t quantile with
    one degree of freedom less than there are templates: it stays within [0, 1], and has a width even where all values
    are equal. It is Inspect's `ci_wilson(cluster="template")`, without an object for every value: a leaderboard takes
    many thousand intervals.

    Args:
        values: One value a problem.
        templates: The template of each problem, in the same order.

    Raises:
        ValueError: If a value is outside [0, 1], or the lengths differ.

    Source: Korn and Graubard's effective sample size, as in Franco et al. 2019 (PMC6690503).
    """
    if not values and not templates:
        return None
    if any(not 0 <= value <= 1 for value in values):
        raise ValueError(f"values: {min(values)!r} to {max(values)!r}; expected all between 0 and 1")
    mean, error, clusters = _mean_and_error(values, templates)
    if clusters == 1:
        return Estimate(mean=mean, low=None, high=None, n=len(values), templates=1)
    size, variance = float(len(values)), mean * (1 - mean)
    # neither 0 says how large the sample is worth being taken for
    if variance > 0 and error > 0:
        size = min(variance / error**2, size)
    quantile = t_quantile(clusters - 1)
    shrink = 1 + quantile**2 / size
    centre = (mean + quantile**2 / (2 * size)) / shrink
    half = quantile * (variance / size + quantile**2 / (4 * size**2)) ** 0.5 / shrink
    low, high = max(0.0, centre - half), min(1.0, centre + half)
    return Estimate(mean=mean, low=low, high=high, n=len(values), templates=clusters)


def estimate_unbounded(
    values: Sequence[float], templates: Sequence[str], least: float = -np.inf, most: float = np.inf
) -> Estimate | None:
    """Return the mean of values that no Wilson interval fits, such as counts, with its 95% interval.

    The interval is Student's on the standard error clustered by template, with one degree of freedom less than there
    are templates. Where all values are equal it has no width.

    Args:
        values: One value a problem.
        templates: The template of each problem, in the same order.
        least: The least value that a problem can have: the interval ends there.
        most: The largest one.

    Raises:
        ValueError: If the lengths differ.
    """
    if not values and not templates:
        return None
    mean, error, clusters = _mean_and_error(values, templates)
    if clusters == 1:
        return Estimate(mean=mean, low=None, high=None, n=len(values), templates=1)
    margin = t_quantile(clusters - 1) * error
    low, high = max(float(least), mean - margin), min(float(most), mean + margin)
    return Estimate(mean=mean, low=low, high=high, n=len(values), templates=clusters)


def clustered_error(deviations: Sequence[float], clusters: Sequence[str]) -> float:
    """Return the standard error of a mean, clustered, with the correction G / (G - 1) for G clusters.

    Args:
        deviations: What each problem's value is off the mean.
        clusters: The cluster of each problem, in the same order; at least two different ones.

    Source: Miller 2024 (arXiv 2411.00640), appendix A, with the finite-cluster correction that Inspect adds.
    """
    sums: dict[str, float] = {}
    for deviation, cluster in zip(deviations, clusters, strict=True):
        sums[cluster] = sums.get(cluster, 0.0) + deviation
    squares = sum(each**2 for each in sums.values())
    return (squares * len(sums) / (len(sums) - 1)) ** 0.5 / len(deviations)


@lru_cache
def t_quantile(degrees_of_freedom: int) -> float:
    """Return Student's two-sided 95% quantile; `degrees_of_freedom` is at least 1."""
    return float(t.ppf((1 + LEVEL) / 2, degrees_of_freedom))


def _mean_and_error(values: Sequence[float], templates: Sequence[str]) -> tuple[float, float, int]:
    if len(values) != len(templates):
        raise ValueError(f"{len(values)} values of {len(templates)} templates; expected as many")
    mean, clusters = sum(values) / len(values), len(set(templates))
    error = clustered_error([value - mean for value in values], templates) if clusters > 1 else 0.0
    return mean, error, clusters
