"""Looking at a candidate before all of it was run: how strict each look has to be so that the chances of error stay.

Alpha is spent as O'Brien and Fleming's bounds do, almost nothing early, by the share of the runs that each look has
seen in fact. A share of runs is a careful measure of information: what problems of one template or epochs of one
problem have in common is seen early, so looks resemble each other more than assumed, and fewer of them err.
"""

from collections.abc import Sequence
from functools import lru_cache
from math import sqrt

import numpy as np
from scipy.optimize import brentq
from scipy.special import ndtr, ndtri

from askfirst.reports.gate.verdict import Gain

MOST_LOOKS = 3
_FAR = 9.0
"""Standard normal values beyond this have no chance that matters here."""
_HALF_NODES, _HALF_WEIGHTS = np.polynomial.legendre.leggauss(400)
_NODES, _WEIGHTS = (_HALF_NODES + 1) / 2, _HALF_WEIGHTS / 2
"""Gauss and Legendre's, for an integral over [0, 1]."""
_LEAST_P, _MOST_ALPHA = 1e-9, 0.5
"""Sequential p values below the first are given as the first, those above the second as 1."""


def spend(fraction: float, alpha: float) -> float:
    """Return how much of alpha may be spent once this share of the runs, in (0, 1], was seen.

    Source:
        Lan and DeMets, Biometrika 70 (1983), first spending function.
    """
    return float(2 * ndtr(ndtri(alpha / 2) / sqrt(fraction)))


def nominal_alpha(fractions: Sequence[float], alpha: float) -> float:
    """Return the one-sided alpha for the interval at the last of these looks, in (0, alpha].

    Used as the alpha of `estimate_gain`, it maps the bound to Student's t with the degrees of freedom of that look.

    Args:
        fractions: The share of all planned runs seen at each look so far, rising, the last planned one 1; at most
            three, each in (0, 1].
        alpha: The one-sided chance of error over all looks, in (0, 1).

    Raises:
        ValueError: If the fractions or alpha are not as said.
    """
    rising = all(a < b for a, b in zip((0.0, *fractions), fractions, strict=False))
    if not fractions or len(fractions) > MOST_LOOKS or not rising or fractions[-1] > 1 or not 0 < alpha < 1:
        raise ValueError(
            f"looks: found fractions {list(fractions)!r} and alpha {alpha!r}; expected 1 to {MOST_LOOKS} fractions "
            "that rise within (0, 1], and alpha in (0, 1)"
        )
    return float(ndtr(-_bounds(tuple(fractions), alpha)[-1]))


def sequential_p(p: float, fractions: Sequence[float]) -> float:
    """Return the least alpha over all looks at which a p value of the last look is significant, in [p, 1].

    These, not the plain p values, go into Holm's correction. At a single look with fraction 1 it is p itself. No alpha
    above .5 is of use: where only that would do it is 1.

    Source:
        Liu and Anderson, Journal of the American Statistical Association 103 (2008): sequential p values.
    """
    if p > nominal_alpha(fractions, _MOST_ALPHA):
        return 1.0
    if p <= nominal_alpha(fractions, _LEAST_P):
        return _LEAST_P

    def excess(log_alpha: float) -> float:
        return nominal_alpha(fractions, float(np.exp(log_alpha))) - p

    found = brentq(excess, np.log(_LEAST_P), np.log(_MOST_ALPHA), xtol=1e-10)
    return float(np.exp(found))


def at_look(gain: Gain, fractions: Sequence[float]) -> Gain:
    """Return a look's gain, estimated at its nominal alpha, with the sequential p value in place of the plain one."""
    return gain.model_copy(update={"p_loss": sequential_p(gain.p_loss, fractions)})


@lru_cache(maxsize=4096)
def _bounds(fractions: tuple[float, ...], alpha: float) -> tuple[float, ...]:
    """Return the normal bounds of all looks up to the last fraction."""
    if not fractions:
        return ()
    earlier = _bounds(fractions[:-1], alpha)
    target = spend(fractions[-1], alpha)

    def excess(z: float) -> float:
        return _chance_to_cross(fractions, (*earlier, z)) - target

    # the nominal level can't exceed what is spent in all, nor fall below what is spent now
    low = float(-ndtri(min(target, 1 - 1e-16)))
    if excess(low) <= 0 or excess(_FAR) >= 0:
        return (*earlier, low if excess(low) <= 0 else _FAR)
    return (*earlier, brentq(excess, low, _FAR, xtol=1e-12))


def _chance_to_cross(fractions: tuple[float, ...], bounds: tuple[float, ...]) -> float:
    """Return the chance that independent increments cross a bound at any of up to three looks.

    Given the middle look, the first and the last are independent: one integral does what a general multivariate normal
    distribution would do by random numbers.
    """
    if len(bounds) == 1:
        return float(ndtr(-bounds[0]))
    times, middle = (fractions, bounds) if len(bounds) == 3 else ((*fractions, 1.0), (*bounds, np.inf))
    first, last = sqrt(times[0] / times[1]), sqrt(times[1] / times[2])
    below, above = min(-_FAR, middle[1] - 1), middle[1]
    z = below + (above - below) * _NODES
    before = ndtr((middle[0] - first * z) / sqrt(1 - first**2))
    after = ndtr((middle[2] - last * z) / sqrt(1 - last**2)) if len(bounds) == 3 else 1.0
    density = np.exp(-(z**2) / 2) / sqrt(2 * np.pi)
    # the chance to cross, not one less the chance to stay: it may be tiny
    return float(ndtr(-above) + (above - below) * np.sum(_WEIGHTS * density * (1 - before * after)))
