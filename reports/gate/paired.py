"""One interval: the mean difference of two releases over the same problems, and what chance leaves open.

Four decisions that look odd until they are taken back; each rests on the simulation in docs/gate_statistics.md:

- Two pseudo-problems lie below and above the mean. They add to the variance and leave the mean alone, so that
  problems which all agree don't give an interval without width. They count once as problems, never as templates.
- Their distance falls with the fourth root of the epochs, not the square root: a loss that sits in few problems
  (a broken one fails every time) is not seen better by running the same problems more often.
- The quantile is corrected for skewness, on the side where that widens the interval. Near the ceiling losses are rare
  and large: Student's t then passes a loss of the margin up to four times as often as it says.
- With fewer than `FEW` templates the spread between them can't be told, so the interval is about these templates only.
"""

from collections.abc import Sequence
from typing import NamedTuple, TypeAlias, cast

import numpy as np
from numpy.typing import NDArray
from scipy.stats import t as student

from askfirst.benchmark.errors import GateError
from askfirst.reports.gate.verdict import Gain

FEW = 10
"""Templates from which on the interval is about other templates like these."""
UNSEEN_SKEW = 6
"""Samples of few templates understate a large skewness: what is seen of G counts 1 + 6/G times."""

Numbers: TypeAlias = NDArray[np.float64]
Codes: TypeAlias = NDArray[np.intp]


class Moments(NamedTuple):
    """What is estimated of the mean of differences, one value a run: (run,)."""

    mean: Numbers
    variance: Numbers
    """Of the mean, without pseudo-problems."""
    third: Numbers
    """Third central moment of the mean: its sign says on which side the rare large values are."""
    degrees_of_freedom: Numbers
    problems: int


class Intervals(NamedTuple):
    """One-sided bounds, one value a run: (run,)."""

    low: Numbers
    high: Numbers
    standard_error: Numbers
    """With pseudo-problems."""
    p_loss: Numbers


def pseudo_variance(problems: int, epochs: int) -> float:
    """Return what the two pseudo-problems add to the variance of a mean over problems."""
    return 2 * _pseudo_distance(epochs) ** 2 / problems**2


def estimate_moments(differences: Numbers, codes: Codes) -> Moments:
    """Return the moments of the mean of differences.

    Args:
        differences: (run, problem): the benchmark has many runs, a check has one.
        codes: The template of each problem, (problem,), from 0 without gaps.
    """
    order = np.argsort(codes, kind="stable")
    differences, sizes = differences[:, order], np.bincount(codes).astype(np.float64)
    if len(sizes) >= FEW:
        return _between_templates(differences, sizes)
    strata = _merge_lone(codes)
    return _within_strata(differences[:, np.argsort(strata[order], kind="stable")], np.bincount(strata).astype(float))


def bound(moments: Moments, *, alpha: float, epochs: int) -> Intervals:
    """Return one-sided 1 - alpha bounds with pseudo-problems and the correction for skewness.

    Source:
        Hall, On the Removal of Skewness by Transformation, JRSS B 54 (1992), equation 2.3: the cubic transformation.
    """
    distance = _pseudo_distance(epochs)
    variance = moments.variance + pseudo_variance(moments.problems, epochs)
    error, lone = np.sqrt(variance), (distance / moments.problems) ** 3
    # each side for itself, as if its own pseudo-problem alone had been seen there
    below = np.minimum(moments.third - lone, 0) / variance**1.5
    above = -np.maximum(moments.third + lone, 0) / variance**1.5
    quantile = cast(Numbers, student.isf(alpha, moments.degrees_of_freedom))
    return Intervals(
        low=moments.mean - skewed_quantile(quantile, below) * error,
        high=moments.mean + skewed_quantile(quantile, above) * error,
        standard_error=error,
        p_loss=cast(Numbers, student.sf(_bend(-moments.mean / error, above), moments.degrees_of_freedom)),
    )


def skewed_quantile(quantile: float | Numbers, skew: Numbers) -> Numbers:
    """Return what a quantile becomes under skewness: `_bend` undone; further out for skewness below 0.

    Args:
        quantile: Of Student's t.
        skew: Third moment of the mean over its standard error's cube; any sign, most often within [-1, 1].
    """
    inner = skew * (quantile - skew / 6)
    straight = np.abs(skew) < 1e-12
    safe = np.where(straight, 1, skew)
    # near 0 the cube root less one loses its digits; below -1 only the cube root is defined
    root = np.where(np.abs(inner) < 0.5, np.expm1(np.log1p(np.maximum(inner, -0.5)) / 3), np.cbrt(1 + inner) - 1)
    return np.where(straight, quantile, 3 / safe * root)


def estimate_gain(differences: Sequence[float], templates: Sequence[str], *, alpha: float, epochs: int) -> Gain:
    """Return the mean of paired differences and its one-sided bounds.

    Args:
        differences: One a problem, epochs collapsed, in [-1, 1]; positive where the candidate is better.
        templates: The template of each problem, in the same order. Problems that share nothing have one each.
        alpha: The chance that the true mean is below `low`, and that it is above `high`; in (0, .5).
        epochs: How often each problem was run, at least 1.

    Raises:
        GateError: If there are fewer than two problems, or a difference is no number in [-1, 1].
        ValueError: If the lengths differ, or alpha or epochs are out of range.
    """
    if len(differences) != len(templates) or not 0 < alpha < 0.5 or epochs < 1:
        raise ValueError(
            f"needs a template a difference, alpha in (0, .5) and epochs >= 1; got {len(differences)} differences, "
            f"{len(templates)} templates, alpha {alpha!r}, epochs {epochs!r}"
        )
    values = np.asarray(differences, dtype=np.float64)
    if len(values) < 2:
        raise GateError(f"paired problems: found {len(values)}; expected at least 2; compare logs of the same problems")
    if not np.all(np.abs(values) <= 1):  # NaN too
        wrong = float(values[~(np.abs(values) <= 1)][0])
        raise GateError(f"differences: found {wrong!r}; expected numbers in [-1, 1]; gate metrics between 0 and 1")
    names, codes = np.unique(np.asarray(templates, dtype=str), return_inverse=True)
    moments = estimate_moments(values[None, :], codes)
    found = bound(moments, alpha=alpha, epochs=epochs)
    return Gain(
        mean=float(moments.mean[0]),
        low=max(-1.0, float(found.low[0])),
        high=min(1.0, float(found.high[0])),
        standard_error=float(found.standard_error[0]),
        degrees_of_freedom=float(moments.degrees_of_freedom[0]),
        p_loss=float(found.p_loss[0]),
        problems=len(values),
        templates=len(names),
        estimand="templates like these" if len(names) >= FEW else "these templates",
    )


def _pseudo_distance(epochs: int) -> float:
    return epochs**-0.25


def _between_templates(differences: Numbers, sizes: Numbers) -> Moments:
    """Cluster-robust, CR2; with equal sizes its degrees of freedom are the templates less one.

    Source:
        Bell and McCaffrey, Survey Methodology 28 (2002); Pustejovsky and Tipton, JBES 36 (2018). For a mean under
        working independence the adjustment of a cluster of share f is 1 / sqrt(1 - f), and Satterthwaite's degrees of
        freedom have the closed form below.
    """
    runs, problems = differences.shape
    mean = differences.mean(axis=1)
    sums, share = _sum_groups(differences - mean[:, None], sizes), sizes / problems
    pull = share**2 / (1 - share)
    freedom = 1 / (np.sum(share**2) + np.sum(pull) ** 2 - np.sum(pull**2))
    # a template with half of all problems has no third moment of its own
    third_weight = np.where(share < 0.5, 1 / ((1 - share) * np.maximum(1 - 2 * share, 1e-9)), 0)
    third_weight *= 1 + UNSEEN_SKEW / len(sizes)
    return Moments(
        mean=mean,
        variance=(sums**2 / (1 - share)).sum(axis=1) / problems**2,
        third=(sums**3 * third_weight).sum(axis=1) / problems**3,
        degrees_of_freedom=np.full(runs, freedom),
        problems=problems,
    )


def _within_strata(differences: Numbers, sizes: Numbers) -> Moments:
    """Stratified by template, Welch and Satterthwaite's degrees of freedom; strata have at least two problems."""
    problems = differences.shape[1]
    means = _sum_groups(differences, sizes) / sizes
    rest = differences - np.repeat(means, sizes.astype(np.intp), axis=1)
    variances = _sum_groups(rest**2, sizes) * sizes / (sizes - 1) / problems**2
    variance, weight = variances.sum(axis=1), (variances**2 / (sizes - 1)).sum(axis=1)
    # where nothing varies only the pseudo-problems give a width
    freedom = np.divide(variance**2, weight, out=np.full_like(weight, problems - len(sizes)), where=weight > 0)
    third_weight = sizes**2 / np.maximum((sizes - 1) * (sizes - 2), 1)
    return Moments(
        mean=differences.mean(axis=1),
        variance=variance,
        third=(_sum_groups(rest**3, sizes) * third_weight).sum(axis=1) / problems**3,
        degrees_of_freedom=freedom,
        problems=problems,
    )


def _merge_lone(codes: Codes) -> Codes:
    """Put templates of one problem into one stratum, which can only overstate the variance (collapsed strata)."""
    sizes = np.bincount(codes)
    lone = np.flatnonzero(sizes == 1)
    if len(lone) == 1 and len(sizes) > 1:
        others = np.where(sizes == 1, np.iinfo(np.intp).max, sizes)
        lone = np.append(lone, np.argmin(others))
    merged = np.where(np.isin(codes, lone), lone[0], codes) if len(lone) else codes
    return np.unique(merged, return_inverse=True)[1]


def _sum_groups(values: Numbers, sizes: Numbers) -> Numbers:
    if len(sizes) == values.shape[1]:
        return values
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]]).astype(np.intp)
    return np.add.reduceat(values, starts, axis=1)


def _bend(value: Numbers, skew: Numbers) -> Numbers:
    """Hall's transformation of a studentised mean with this skewness: what then is close to Student's t."""
    return value + skew * value**2 / 3 + skew**2 * value**3 / 27 + skew / 6
