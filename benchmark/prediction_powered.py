"""A mean that many graded rows and a few labelled ones give together: prediction-powered inference.

The grader's mean is corrected by how far it is off where labels are known. Nothing is assumed about the grader, only
that labelled and unlabelled rows are drawn alike.
"""

from collections.abc import Sequence
from math import sqrt
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from askfirst.benchmark.problem import Frozen

LEVEL = 0.95
"""Of the interval."""
MIN_CLUSTERS = 2
"""Of labelled and of unlabelled rows each."""

Floats = NDArray[np.float64]


class CorrectedMean(Frozen):
    """A mean and its 95% interval, in [0, 1] unless `possible` says otherwise."""

    mean: float
    low: float
    high: float
    weight: float
    """How much of the grader's word went in, in [0, 1]: 0 leaves the labelled rows' mean, 1 is the plain correction."""
    labelled: int
    """Rows with a label and a verdict."""
    unlabelled: int
    """Rows with a verdict alone."""

    @property
    def possible(self) -> bool:
        """False where all of the interval lies outside [0, 1]: labelled and other rows were not drawn alike, then."""
        return self.low <= 1 and self.high >= 0


def correct_mean(
    labels: Sequence[float],
    predictions: Sequence[float],
    unlabelled: Sequence[float],
    *,
    weight: float | None = None,
    clusters: Sequence[str] = (),
    unlabelled_clusters: Sequence[str] = (),
) -> CorrectedMean:
    """Estimate the mean label over all rows.

    With weight w the estimate is the mean of `label - w * prediction` over the labelled rows plus w times the mean of
    the unlabelled predictions. Its variance is the sum of the two means' variances, clustered where clusters are given;
    the quantile is Student's with Satterthwaite's degrees of freedom; the bounds are cut to [0, 1] if that leaves
    anything. Where the rows vary in nothing, so that the interval would have no width, it is Wilson's of the labelled
    rows.

    Args:
        labels: What people say of the labelled rows, in [0, 1].
        predictions: What the grader says of the same rows, in the same order.
        unlabelled: What the grader says of the other rows.
        weight: In [0, 1]; None for the one that makes the interval shortest. Where labelled and unlabelled rows may
            differ, take 1: a smaller weight would let the labelled rows' mean stand in for the others'.
        clusters: The cluster of each labelled row; empty where rows are independent.
        unlabelled_clusters: The same of the unlabelled rows.

    Raises:
        ValueError: If there are fewer than two clusters (or rows) of either sort, whose spread can't be seen; if
            lengths differ; or if a number is outside [0, 1].

    Source:
        Angelopoulos et al., Prediction-Powered Inference (arXiv 2301.09633), mean estimation; the weight is the power
        tuning of PPI++ (arXiv 2311.01453), section 6.
    """
    y, f, g = (np.asarray(values, dtype=np.float64) for values in (labels, predictions, unlabelled))
    _check(y, f, g, weight)
    own, others = _cluster_codes(clusters, y.size), _cluster_codes(unlabelled_clusters, g.size)
    if len(set(own)) < MIN_CLUSTERS or len(set(others)) < MIN_CLUSTERS:
        raise ValueError(f"{len(set(own))} labelled and {len(set(others))} unlabelled clusters; expected at least 2")
    w = _tuned_weight(y, f, g) if weight is None else weight
    mean = float(np.mean(y - w * f) + w * np.mean(g))
    parts = [(_variance_of_mean(y - w * f, own), len(set(own)) - 1)]
    if w:
        parts.append((_variance_of_mean(w * g, others), len(set(others)) - 1))
    low, high = _interval(mean, parts)
    if low == high:
        bounds: Any = stats.binomtest(round(float(y.sum())), y.size).proportion_ci(LEVEL, method="wilson")
        low, high = min(bounds.low, mean), max(bounds.high, mean)
    if low <= 1 and high >= 0:
        low, mean, high = (min(max(bound, 0.0), 1.0) for bound in (low, mean, high))
    return CorrectedMean(mean=mean, low=low, high=high, weight=w, labelled=y.size, unlabelled=g.size)


def _tuned_weight(y: Floats, f: Floats, g: Floats) -> float:
    """Return cov(y, f) / ((1 + n/N) var(f)), cut to [0, 1]; 0 where the grader says the same of all."""
    spread = float(np.var(np.concatenate([f, g]), ddof=1))
    if spread == 0:
        return 0.0
    covariance = float(np.cov(y, f, ddof=1)[0, 1])
    return min(max(covariance / ((1 + y.size / g.size) * spread), 0.0), 1.0)


def _variance_of_mean(values: Floats, clusters: Sequence[int]) -> float:
    count = len(set(clusters))
    sums = np.bincount(clusters, weights=values - values.mean())
    return float(np.sum(sums**2) * count / (count - 1) / values.size**2)


def _interval(mean: float, parts: Sequence[tuple[float, int]]) -> tuple[float, float]:
    variance = sum(part for part, _ in parts)
    if variance == 0:
        return mean, mean
    freedom = variance**2 / sum(part**2 / degrees for part, degrees in parts)
    half = float(stats.t.ppf((1 + LEVEL) / 2, freedom)) * sqrt(variance)
    return mean - half, mean + half


def _cluster_codes(clusters: Sequence[str], rows: int) -> list[int]:
    if not clusters:
        return list(range(rows))
    if len(clusters) != rows:
        raise ValueError(f"{len(clusters)} clusters for {rows} rows; expected one a row")
    codes = {name: code for code, name in enumerate(dict.fromkeys(clusters))}
    return [codes[name] for name in clusters]


def _check(y: Floats, f: Floats, g: Floats, weight: float | None) -> None:
    if y.size != f.size:
        raise ValueError(f"{y.size} labels and {f.size} predictions; expected as many")
    numbers = np.concatenate([y, f, g, [0.0 if weight is None else weight]])
    if not bool(np.all((numbers >= 0) & (numbers <= 1))):
        raise ValueError("a label, prediction or weight lies outside [0, 1]")
