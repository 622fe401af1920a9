"""Holm's correction of p values for several tests at once."""

import numpy as np
from numpy.typing import ArrayLike, NDArray


def adjust_holm(p_values: ArrayLike) -> NDArray[np.float64]:
    """Return p values after Holm's correction, in the same order, in [0, 1].

    statsmodels' `multipletests`, which the tests compare this with, collects the whole process's garbage at each call:
    up to a second beside many logs.

    Args:
        p_values: One a test, (test,).

    Source:
        Holm, Scandinavian Journal of Statistics 6 (1979).
    """
    values = np.asarray(p_values, dtype=np.float64)
    order = np.argsort(values, kind="stable")
    steps = np.maximum.accumulate(values[order] * np.arange(len(values), 0, -1))
    adjusted = np.empty_like(values)
    adjusted[order] = np.minimum(steps, 1)
    return adjusted
