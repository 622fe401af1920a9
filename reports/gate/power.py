"""What a check can see: from variances to chances.

The difference of one problem in one epoch varies for three reasons: templates change unlike each other, so do problems
of one template, and every run has its own luck. Only the last is there when nothing changed, and only it falls with
more epochs.
"""

from collections.abc import Sequence
from functools import lru_cache
from math import sqrt

import numpy as np
from scipy.optimize import brentq
from scipy.special import ndtr, ndtri
from scipy.stats import chi2
from scipy.stats import t as student

from askfirst.benchmark.problem import Frozen
from askfirst.reports.gate.paired import FEW, UNSEEN_SKEW, Numbers, pseudo_variance, skewed_quantile
from askfirst.reports.gate.verdict import Gain

POWER = 0.8
"""Chance that is planned for."""


class Split(Frozen):
    """Why a problem's difference varies, as variances; all at least 0."""

    template: float
    """Between the mean differences of templates."""
    problem: float
    """Between problems of one template, run for run's luck aside."""
    epoch: float
    """Luck of one run of each release, together."""
    evenness: float = 1.0
    """As how large a share of the templates, in (0, 1], they count where some vary much less than others."""


def smallest_detectable_drop(gain: Gain, *, epochs: int, alpha: float, power: float = POWER) -> float:
    """Return the true loss whose upper bound is below 0 with this chance, above 0 and at most 1.

    Args:
        gain: Of a check of this size.
        epochs: Runs of each problem.
        alpha: One-sided; for m comparisons, alpha / m tells what Holm's first step finds.
        power: In (alpha, 1).
    """
    variance = max(0.0, gain.standard_error**2 - pseudo_variance(gain.problems, epochs))
    units = gain.templates if gain.templates >= FEW else gain.problems

    def lack(drop: float) -> float:
        pseudo = pseudo_variance(gain.problems, epochs)
        return _chance(drop, variance, pseudo, freedom=gain.degrees_of_freedom, units=units, alpha=alpha) - power

    return 1.0 if lack(1.0) <= 0 else brentq(lack, 0.0, 1.0, xtol=1e-10)


def luck(values: Sequence[float], epochs: int) -> float:
    """Return the variance of one run of a problem about its own chance, at most .25.

    With one epoch a problem's own chance is unseen: the mean's p(1 - p) bounds it from above. Products of arms vary
    less than a yes or no of the same mean, so this errs upwards for them too.

    Args:
        values: One a problem, in [0, 1], at least one.
        epochs: Runs behind each value.
    """
    seen = np.asarray(values, dtype=np.float64)
    bound = float(seen.mean() * (1 - seen.mean()))
    return bound if epochs == 1 else min(bound, float(np.mean(seen * (1 - seen))) * epochs / (epochs - 1))


def unchanged(values: Sequence[float], templates: Sequence[str], epochs: int) -> Split:
    """Return how the difference between two evaluations of one model varies.

    Args:
        values: The model's, one a problem, in [0, 1], at least one.
        templates: The template of each problem.
        epochs: Runs behind each value.
    """
    _, codes, sizes = np.unique(np.asarray(templates, dtype=str), return_inverse=True, return_counts=True)
    seen = np.asarray(values, dtype=np.float64)
    means, own = np.bincount(codes, seen) / sizes, np.bincount(codes, seen * (1 - seen)) / sizes
    shares = means * (1 - means) if epochs == 1 else own
    even = float(shares.mean() ** 2 / np.mean(shares**2)) if shares.any() and len(sizes) < len(seen) else 1.0
    return Split(template=0.0, problem=0.0, epoch=2 * luck(values, epochs), evenness=even)


def split_variance(differences: Sequence[float], templates: Sequence[str], *, epoch: float, epochs: int) -> Split:
    """Return why measured differences vary, by one-way analysis of variance.

    Args:
        differences: One a problem, at least two.
        templates: The template of each problem.
        epoch: Luck of one run of each release: the sum of their `luck`.
        epochs: Runs behind each difference.
    """
    values = np.asarray(differences, dtype=np.float64)
    _, codes, sizes = np.unique(np.asarray(templates, dtype=str), return_inverse=True, return_counts=True)
    total, groups = len(values), len(sizes)
    if groups == 1 or groups == total:
        return Split(template=0.0, problem=max(0.0, float(values.var(ddof=1)) - epoch / epochs), epoch=epoch)
    means = np.bincount(codes, values) / sizes
    within = float(np.sum((values - means[codes]) ** 2)) / (total - groups)
    between = float(np.sum(sizes * (means - values.mean()) ** 2)) / (groups - 1)
    size = (total - float(np.sum(sizes**2)) / total) / (groups - 1)
    return Split(template=max(0.0, (between - within) / size), problem=max(0.0, within - epoch / epochs), epoch=epoch)


def chance_to_pass(
    split: Split, *, problems: int, templates: int, epochs: int, margin: float, alpha: float, drop: float = 0.0
) -> float:
    """Return the chance that a model with this true drop passes on one metric, in [0, 1].

    The mean is normal, its variance estimated with the degrees of freedom of the check; pseudo-problems and the usual
    cost of the skewness correction are counted in.

    Args:
        split: Why differences vary.
        problems: In the check, spread evenly over the templates; at least 2.
        templates: Distinct ones; as many as problems where each has its own.
        epochs: Runs of each problem.
        margin: Accepted loss, above 0.
        alpha: One-sided.
        drop: True loss.
    """
    few = templates < FEW
    freedom = max(1, problems - templates if few else templates - 1)
    shared = 0.0 if few else split.template / templates
    variance = shared + (split.problem + split.epoch / epochs) / problems
    pseudo = pseudo_variance(problems, epochs)
    units = problems if few else templates
    pseudo = pseudo_variance(problems, epochs)
    return _chance(margin - drop, variance, pseudo, freedom=freedom, units=units, alpha=alpha, evenness=split.evenness)


def _chance(
    distance: float, variance: float, pseudo: float, *, freedom: float, units: int, alpha: float, evenness: float = 1.0
) -> float:
    """Return the chance that a bound lies nearer than a distance to the true mean, the mean being normal.

    The bound's width varies with the estimated variance and, on this side, with half of the skewness that symmetric
    samples of so many units show.
    """
    variance = max(variance, 1e-12)
    true_freedom = max(1.0, round(freedom * evenness, 1))
    errors = np.sqrt(variance * _chi_squares(true_freedom) / true_freedom + pseudo)[:, None]
    # standard deviation of a normal sample's skewness, over the root of the units
    spread = sqrt(6 * (units - 1) / ((units - 2) * (units + 1) * (units + 3)) / evenness) if units > 2 else 0.0
    seen = np.minimum(_NORMAL * spread * (1 + UNSEEN_SKEW / units if freedom == units - 1 else 1), 0)
    skew = np.minimum(seen * variance**1.5 - (pseudo / 2) ** 1.5, 0) / (variance + pseudo) ** 1.5
    quantile = skewed_quantile(float(student.isf(alpha, freedom)), skew)
    return float(np.mean(ndtr((distance - quantile * errors) / sqrt(variance))))


_NORMAL = ndtri((np.arange(20) + 0.5) / 20)
"""Equally likely values of a standard normal variable, (20,)."""


@lru_cache(maxsize=1024)
def _chi_squares(freedom: float) -> Numbers:
    """Return equally likely values of chi square, (200,)."""
    return np.asarray(chi2.ppf((np.arange(200) + 0.5) / 200, freedom), dtype=np.float64)
