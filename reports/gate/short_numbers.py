"""Means in few digits: those over a few epochs are fractions, exact and a third as long as their decimals."""

from fractions import Fraction

LARGEST_DENOMINATOR = 99
"""Up to this a number that is exactly a fraction is written as one."""


def shorten(value: float) -> int | float | str:
    """Return what JSON writes shortest and `lengthen` turns back into the very same number."""
    if value == int(value):
        return int(value)
    fraction = Fraction(value).limit_denominator(LARGEST_DENOMINATOR)
    return str(fraction) if fraction.numerator / fraction.denominator == value else value


def lengthen(value: int | float | str) -> float:
    """Return the number that was shortened.

    Raises:
        ValueError: If a text is no fraction.
    """
    if not isinstance(value, str):
        return float(value)
    numerator, slash, denominator = value.partition("/")
    if not slash or not int(denominator):
        raise ValueError(f"{value!r} is no fraction")
    return int(numerator) / int(denominator)
