"""Rank ranges from paired differences: what can be said of an order, and no more.

Every two models are compared on the problems that all have, with a two-sided t test whose standard error is clustered
by template (CR2 with Satterthwaite's degrees of freedom), and Holm's correction over all pairs. With a chance of at
least .95 no wrong pair is called certain; then every model's true place is in its range.

Source: Mogstad, Romano, Shaikh and Wilhelm 2024 (Review of Economic Studies 91), sections 3 and 4, with Holm's steps in
place of resampled critical values.
"""

from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import Any, NamedTuple, cast

import numpy as np
from scipy.stats import t

from askfirst.reports.holm import adjust_holm
from askfirst.reports.intervals import LEVEL, Floats
from askfirst.reports.leaderboard.board import RankRange
from askfirst.reports.paired import Difference

ALPHA = 0.05
"""The chance that any pair of a board is wrongly called certain."""

ALIKE = 9
"""Digits to which means that are equal agree."""

PSEUDO_PROBLEMS = 2
"""Differences, one of the largest and one of the least value that there can be, that a standard error rests on besides:
without them a few problems that happen to agree would have no spread, and be certain of anything. They take no part in
the mean, and among many problems they weigh nothing."""


class Compared(NamedTuple):
    """Two models on the same problems."""

    one: str
    other: str
    difference: Difference
    """The first one's values minus the other's."""
    p_adjusted: float
    """Two-sided, after Holm's correction over all pairs; 1 where all problems are of one template."""

    @property
    def certain(self) -> bool:
        """Whether the order of the two is settled."""
        return self.p_adjusted <= ALPHA


def compare_models(
    values_by_model: Mapping[str, Sequence[float]], templates: Sequence[str], spread: float = 1.0
) -> tuple[Compared, ...]:
    """Compare every two models.

    Args:
        values_by_model: Each model's values, one a problem, in the same order of problems.
        templates: The template of each problem, in that order; at least one.
        spread: The largest difference that two values can have, above 0.
    """
    names = list(values_by_model)
    pairs = list(combinations(range(len(names)), 2))
    if not pairs:
        return ()
    values = np.array([values_by_model[name] for name in names], dtype=float)
    groups, places = np.unique(np.asarray(templates), return_inverse=True)
    first, second = np.array(pairs).T
    differences = values[first] - values[second]
    means = differences.mean(axis=1)
    if len(groups) < 2:
        alone = [Difference(mean=float(mean), low=None, high=None, n=len(templates)) for mean in means]
        return tuple(
            Compared(names[one], names[other], difference, 1.0)
            for (one, other), difference in zip(pairs, alone, strict=True)
        )
    sizes = np.bincount(places).astype(float)
    errors = spread * standard_errors(differences / spread, means / spread, places, sizes)
    freedom = degrees_of_freedom(sizes)
    p_values: Floats = 2 * cast(Any, t).sf(np.abs(means) / errors, freedom)
    adjusted = adjust_holm(p_values)
    margins = float(t.ppf((1 + LEVEL) / 2, freedom)) * errors
    return tuple(
        Compared(
            names[one],
            names[other],
            Difference(
                mean=float(mean),
                low=max(-spread, float(mean - margin)),
                high=min(spread, float(mean + margin)),
                n=len(templates),
            ),
            float(p),
        )
        for (one, other), mean, margin, p in zip(pairs, means, margins, adjusted, strict=True)
    )


def standard_errors(differences: Floats, means: Floats, places: Any, sizes: Floats) -> Floats:
    """Return the standard error of each mean difference, (pair,), above 0: cluster-robust, CR2.

    Args:
        differences: In [-1, 1], (pair, problem).
        means: Of the differences, (pair,).
        places: The number of each problem's template, (problem,).
        sizes: Problems of each template, (template,); at least 2 templates.

    Source: Bell and McCaffrey 2002 (Survey Methodology 28); for a mean, a cluster of share f weighs 1 / (1 - f).
    """
    problems, groups = differences.shape[1], len(sizes)
    member = np.zeros((problems, groups))
    member[np.arange(problems), places] = 1
    sums = (differences - means[:, None]) @ member
    clustered = (sums**2 / (1 - sizes / problems)).sum(axis=1)
    return np.sqrt(clustered + PSEUDO_PROBLEMS) / problems


def degrees_of_freedom(sizes: Floats) -> float:
    """Return Satterthwaite's degrees of freedom of a CR2 variance: one less than there are templates of equal size.

    Problems of a template are taken to be wholly alike: the less they are, the more degrees of freedom there would be.

    Args:
        sizes: Problems of each template, (template,); at least 2.
    """
    share = sizes / sizes.sum()
    # a template's sum of deviations, by the deviation of each template's own level
    weights = sizes[:, None] * (np.eye(len(sizes)) - share[None, :]) / np.sqrt(1 - share)[:, None]
    spread = weights @ weights.T
    return float(np.trace(spread) ** 2 / (spread**2).sum())


def rank_models(values_by_model: Mapping[str, Sequence[float]], compared: Sequence[Compared]) -> dict[str, RankRange]:
    """Return every model's range of places.

    Args:
        values_by_model: Each model's values; higher is better.
        compared: Every two of them, as `compare_models` gives them.
    """
    better: dict[str, set[str]] = {name: set() for name in values_by_model}
    worse: dict[str, set[str]] = {name: set() for name in values_by_model}
    for pair in compared:
        if pair.certain:
            up, down = (pair.one, pair.other) if pair.difference.mean > 0 else (pair.other, pair.one)
            better[down].add(up)
            worse[up].add(down)
    means = {name: round(sum(values) / len(values), ALIKE) for name, values in values_by_model.items()}
    return {
        name: RankRange(
            best=1 + len(better[name]),
            worst=len(means) - len(worse[name]),
            place=1 + sum(mean > means[name] for mean in means.values()),
            tied_with=tuple(sorted(set(means) - better[name] - worse[name] - {name})),
        )
        for name in means
    }
