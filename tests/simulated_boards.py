"""Leaderboards whose true order is known: right or wrong, alike within a template, and alike across models."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from scipy.stats import beta, norm

from askfirst.reports.leaderboard.ranking import compare_models, rank_models

SHARED = 0.5
"""The share of a template's difficulty, and of a problem's, that all models have in common."""


class Truth(NamedTuple):
    """What a simulated leaderboard is drawn from."""

    means: Sequence[float]
    """Of the models, over all templates that there could be; equal ones are ties."""
    problems: int
    templates: int
    likeness: float
    """Intraclass correlation within a template, of one model, in (0, 1)."""
    uneven: bool = False
    """Whether templates have unequally many problems."""


def draw_board(truth: Truth, generator: Any) -> tuple[dict[str, list[float]], list[str]]:
    """Return each model's values, one a problem, and the problems' templates; a beta-binomial within each template."""
    models, groups = len(truth.means), truth.templates
    if truth.uneven:
        share = generator.dirichlet(np.full(groups, 2.0))
        places = np.sort(generator.choice(groups, truth.problems, p=share))
    else:
        places = np.arange(truth.problems) % groups
    strength = 1 / truth.likeness - 1
    means = np.asarray(truth.means)[:, None]
    chance = beta.ppf(_uniforms(models, groups, generator), means * strength, (1 - means) * strength)
    drawn = _uniforms(models, truth.problems, generator) < chance[:, places]
    values = {f"m{number}": [float(each) for each in row] for number, row in enumerate(drawn)}
    return values, [f"t{place}" for place in places]


def covers(truth: Truth, generator: Any) -> tuple[bool, float]:
    """Draw a board; return whether every model's range holds its true places, and the ranges' mean width."""
    values, templates = draw_board(truth, generator)
    ranges = rank_models(values, compare_models(values, templates))
    means = dict(zip(values, truth.means, strict=True))
    held = all(
        found.best <= 1 + sum(mean > means[name] for mean in truth.means)
        and found.worst >= len(means) - sum(mean < means[name] for mean in truth.means)
        for name, found in ranges.items()
    )
    return held, sum(found.worst - found.best + 1 for found in ranges.values()) / len(ranges)


def _uniforms(models: int, number: int, generator: Any) -> Any:
    common, own = generator.standard_normal((1, number)), generator.standard_normal((models, number))
    return norm.cdf(np.sqrt(SHARED) * common + np.sqrt(1 - SHARED) * own)
