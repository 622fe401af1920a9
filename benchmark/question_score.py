"""From the signs that a question targets a fragment to log-odds: weights from labelled questions."""

from operator import mul
from typing import NamedTuple


class Signs(NamedTuple):
    """What speaks for and against a question's targeting a fragment."""

    explained: float
    """Share of the question's weight that the fragment holds, in [0, 1]."""
    named: float
    """Share of the best name's weight that the question holds, in [0, 1]."""
    evidence: float
    """Weight of the question's words that met, at least 0."""
    agrees: float
    """What `agreement` says of the kind of value."""
    asks_alike: bool
    """The fragment's own question asks for the same kind of value."""
    asks_other: bool
    """It asks for another."""
    headless: bool
    """The noun that the best name is built around was not said."""
    other_counted: int
    """1 where both sides count, and count different things; 2 where another fragment counts what is asked for."""
    clashes: bool
    """It is about something like the fragment, but other (`clashes.py`)."""
    unique: bool
    """A word met that no other fragment holds."""
    unknown: float
    """Weight of the question's words that no fragment and no goal holds, common verbs left out, at least 0."""
    focus_met: bool = False
    """What is asked for is a word that the fragment holds."""
    focus_elsewhere: bool = False
    """It is one that another fragment holds, and this one doesn't."""
    focus_unknown: bool = False
    """It is one that no fragment holds."""
    rival: float = 0.0
    """How much more of the question the best other fragment explains, in [-1, 1]."""


def features(signs: Signs) -> tuple[float, ...]:
    """Return what is weighed, in the order of `WEIGHTS`."""
    explained, named, unknown = signs.explained, signs.named, min(signs.unknown, MOST_UNKNOWN)
    return (
        explained,
        named,
        (1 - explained) * (1 - named),
        signs.agrees > 0,
        signs.agrees < 0,
        signs.asks_alike,
        signs.asks_other,
        signs.headless,
        signs.other_counted,
        signs.clashes,
        signs.unique,
        unknown,
        unknown * named,
        named**4,
        signs.focus_elsewhere,
        signs.focus_unknown,
        signs.rival,
    )


MOST_UNKNOWN = 2.0
"""Unknown words beyond this weight count no more."""
CERTAIN = 8.0
"""Log-odds of what was named word for word."""
OPEN = 1.2
"""Log-odds of the one argument that a request leaves open."""
IN_FULL = Signs(1.0, 1.0, 1.0, 0.0, False, False, False, 0, False, True, 0.0)
"""The signs of what was named word for word."""
BIAS = -4.0
WEIGHTS = (
    2.15, 1.28, -1.46, -0.29, -2.02, 0.52, -0.31, -0.35, -2.0, -6.0, 0.64, 1.94, -1.74, 2.37, -0.49, -1.47, -3.24,
)  # fmt: skip


def score(signs: Signs) -> float:
    """Return the log-odds that the question targets the fragment."""
    return BIAS + sum(map(mul, WEIGHTS, features(signs)))
