"""Error rates of an instrument on a labelled set: shares with Wilson's interval, other figures by resampling."""

from collections.abc import Callable
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from scipy.stats import binomtest

from askfirst.benchmark.problem import Frozen

LEVEL = 0.95
RESAMPLES = 1_000
"""How often a figure that is no plain share is computed again on resampled groups."""

Counts: TypeAlias = NDArray[np.float64]


class Figure(Frozen):
    """A figure of an audit, with its 95% interval."""

    value: float | None
    """In [0, 1]; None where nothing was there to count."""
    low: float | None = None
    high: float | None = None
    n: int = 0
    """What the figure rests on: the share's denominator, or the groups that were resampled."""

    def __str__(self) -> str:
        """Write it as `.970 [.95, .99]`: what it rests on stands elsewhere."""
        if self.value is None:
            return "-"
        interval = "" if self.low is None or self.high is None else f" [{_short(self.low)}, {_short(self.high)}]"
        return f"{self.value:.3f}".removeprefix("0") + interval


def _short(bound: float) -> str:
    return f"{bound:.2f}".removeprefix("0")


def share(hits: int, total: int) -> Figure:
    """Return hits / total with Wilson's interval; without a value if the total is 0."""
    if total == 0:
        return Figure(value=None)
    interval = binomtest(hits, total).proportion_ci(LEVEL, method="wilson")
    return Figure(value=hits / total, low=float(interval.low), high=float(interval.high), n=total)


def resampled(counts: Counts, statistic: Callable[[Counts], Counts]) -> Figure:
    """Return a statistic of summed counts, with the percentile interval over resampled groups.

    Args:
        counts: Counts, (group, column): cases that belong together, such as the questions about one template, are one
            group; one turn is a group of its own.
        statistic: Maps summed counts, (..., column), to figures in [0, 1], (...); NaN where there is none, which leaves
            that resample out.
    """
    groups = len(counts)
    if groups == 0 or np.isnan(value := float(statistic(counts.sum(axis=0)))):
        return Figure(value=None)
    drawn = np.random.default_rng(0).multinomial(groups, np.full(groups, 1 / groups), size=RESAMPLES)
    low, high = np.nanquantile(statistic(drawn @ counts), [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    return Figure(value=value, low=float(low), high=float(high), n=groups)


def f1(counts: Counts) -> Counts:
    """Return F1 from counts, (..., 3): labelled, found, and both; NaN where there is nothing."""
    with np.errstate(invalid="ignore"):
        return 2 * counts[..., 2] / (counts[..., 0] + counts[..., 1])
