"""What a check can see, and how large it has to be: from variances to chances.

The difference of one problem in one epoch varies for three reasons: templates change unlike each other, so do problems
of one template, and every run has its own luck. Only the last is there when nothing changed, and only it falls with
more epochs.
"""

from collections.abc import Callable, Sequence
from functools import lru_cache
from math import sqrt
from typing import Literal

import numpy as np
from scipy.optimize import brentq
from scipy.special import ndtr, ndtri
from scipy.stats import chi2
from scipy.stats import t as student

from askfirst.benchmark.problem import Frozen
from askfirst.reports.gate.decisions import at_floor
from askfirst.reports.gate.paired import FEW, UNSEEN_SKEW, Numbers, pseudo_variance, skewed_quantile
from askfirst.reports.gate.verdict import Gain, Remedy

POWER = 0.8
"""Chance that is planned for."""
MOST_PROBLEMS, MOST_EPOCHS = 20_000, 100
"""Beyond these no number is said to do."""
EPOCHS = (1, 2, 3, 5, 10)
"""What a plan tries."""


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


class Sample(Frozen):
    """What a baseline's rows say of one metric in [0, 1] under one condition."""

    metric: str
    condition: str
    better: Literal["higher", "lower"]
    values: tuple[float, ...]
    """One a problem, epochs collapsed, in [0, 1]."""
    templates: tuple[str, ...]
    """Of each problem, in the same order."""
    epochs: int
    """Runs behind each value."""
    margin: float


class Size(Frozen):
    """One way to run a check."""

    problems: int
    epochs: int
    calls: int
    """Messages of the subject."""
    chance: float
    """That an unchanged model passes on all metrics, at least."""


class Plan(Frozen):
    """How large a check has to be."""

    sizes: tuple[Size, ...]
    """The fewest problems for each number of epochs that does, fewest calls first; empty where none does."""
    warnings: tuple[str, ...]


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


def plan(
    samples: Sequence[Sample],
    *,
    alpha: float,
    calls_per_run: float,
    power: float = POWER,
    problem_churn: float = 0.0,
) -> Plan:
    """Return how many problems and epochs let an unchanged model pass on all metrics with this chance.

    More problems are more of the same templates, or each of its own where the baseline's are. The chance that all pass
    is at least one less the chances that each does not, whatever they have in common.

    Args:
        samples: What the baseline says of each metric and condition.
        alpha: One-sided.
        calls_per_run: Messages of the subject for one problem in one epoch, all arms and conditions.
        power: Wanted chance, in (0, 1).
        problem_churn: Variance between problems of true differences that even out, where the next release is expected
            to be as good but not the same; 0 for the same model.

    Raises:
        ValueError: If there is no sample, or one has no value.
    """
    if not samples or any(not sample.values for sample in samples):
        raise ValueError("a plan needs at least one metric, and a value of each")
    warnings = tuple(_warn(sample) for sample in samples if _hopeless(sample))
    hopeful = [sample for sample in samples if not _hopeless(sample)]
    splits = [
        unchanged(sample.values, sample.templates, sample.epochs).model_copy(update={"problem": problem_churn})
        for sample in hopeful
    ]
    templates = min(len(set(sample.templates)) for sample in samples)
    own = all(len(sample.values) == len(set(sample.templates)) for sample in samples)

    def chance(problems: int, epochs: int) -> float:
        misses = (
            1
            - chance_to_pass(
                split,
                problems=problems,
                templates=problems if own else templates,
                epochs=epochs,
                margin=sample.margin,
                alpha=alpha,
            )
            for sample, split in zip(hopeful, splits, strict=True)
        )
        return 1 - sum(misses)

    sizes: list[Size] = []
    step = 1 if own else templates
    for epochs in EPOCHS if hopeful else ():
        found = _least(
            lambda count, e=epochs: chance(count * step, e) >= power, max(1, 2 // step), MOST_PROBLEMS // step
        )
        if found is not None:
            problems = found * step
            calls = round(problems * epochs * calls_per_run)
            sizes.append(Size(problems=problems, epochs=epochs, calls=calls, chance=chance(problems, epochs)))
    return Plan(sizes=tuple(sorted(sizes, key=lambda size: (size.calls, size.problems))), warnings=warnings)


def remedy(
    split: Split,
    *,
    problems: int,
    templates: int,
    epochs: int,
    margin: float,
    alpha: float,
    calls_per_run: float,
    hopeless: bool = False,
    power: float = POWER,
) -> Remedy:
    """Return what would let the candidate pass with this chance, were it no worse.

    Args:
        split: Why the differences of this check vary.
        problems: In this check.
        templates: In this check; as many as problems where each has its own.
        epochs: In this check.
        margin: Accepted loss, above 0.
        alpha: One-sided.
        calls_per_run: Messages of the subject for one problem in one epoch, of whatever has to be run more.
        hopeless: Whether the baseline is too near to the worst value to pass: then nothing would do.
        power: Wanted chance, in (0, 1).
    """
    own = templates == problems

    def does(count: int, runs: int) -> bool:
        spread = count if own else templates
        return chance_to_pass(split, problems=count, templates=spread, epochs=runs, margin=margin, alpha=alpha) >= power

    if hopeless:
        return Remedy(problems=None, epochs=None, calls=None)
    more_problems = _least(lambda count: does(count, epochs), problems, max(MOST_PROBLEMS, problems))
    more_epochs = _least(lambda count: does(problems, count), epochs, max(MOST_EPOCHS, epochs))
    runs = [
        *([] if more_problems is None else [(more_problems - problems) * epochs]),
        *([] if more_epochs is None else [(more_epochs - epochs) * problems]),
    ]
    return Remedy(problems=more_problems, epochs=more_epochs, calls=round(min(runs) * calls_per_run) if runs else None)


def _hopeless(sample: Sample) -> bool:
    return at_floor(sum(sample.values) / len(sample.values), sample.better, sample.margin)


def _warn(sample: Sample) -> str:
    mean = sum(sample.values) / len(sample.values)
    return (
        f"{sample.metric} ({sample.condition}) can't pass: the baseline, {mean:.2f}, is within {2 * sample.margin:.2g} "
        f"of the worst value; use problems that it solves more often, or a smaller margin"
    )


def _least(does: Callable[[int], bool], low: int, high: int) -> int | None:
    """Return the least number from low to high that does, where more is never worse; None where high does not."""
    if not does(high):
        return None
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if does(middle) else (middle + 1, high)
    return low


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
