"""Units of measure that answers come in, and how they convert."""

from fractions import Fraction
from functools import lru_cache

_UNITS: dict[str, tuple[str, Fraction]] = {
    word: (kind, Fraction(size))
    for kind, size, words in (
        ("time", 1, "s sec secs second seconds"),
        ("time", 60, "min mins minute minutes"),
        ("time", 3600, "h hr hrs hour hours"),
        ("time", 86400, "day days"),
        ("time", 604800, "week weeks"),
        ("years", 1, "month months"),
        ("years", 12, "year years yr yrs"),
        ("money", 100, "dollar dollars usd bucks"),
        ("money", 1, "cent cents ¢"),
        ("euro", 1, "euro euros eur"),
        ("sterling", 1, "sterling gbp"),
        ("yen", 1, "yen jpy"),
        ("rupee", 1, "rupee rupees inr"),
        ("metric length", "0.001", "mm millimeter millimeters millimetre millimetres"),
        ("metric length", "0.01", "cm centimeter centimeters centimetre centimetres"),
        ("metric length", 1, "m meter meters metre metres"),
        ("metric length", 1000, "km kilometer kilometers kilometre kilometres"),
        ("length", 1, "inch inches"),
        ("length", 12, "foot feet ft"),
        ("length", 36, "yard yards yd"),
        ("length", 63360, "mile miles mi"),
        ("metric mass", 1, "g gram grams"),
        ("metric mass", 1000, "kg kilogram kilograms kilo kilos"),
        ("mass", 1, "ounce ounces oz"),
        ("mass", 16, "pound pounds lb lbs"),
        ("volume", "0.001", "ml milliliter milliliters millilitre millilitres"),
        ("volume", 1, "l liter liters litre litres"),
        ("percent", 1, "percent percentage % percents"),
    )
    for word in words.split()
}
"""Kind of quantity and size, by word; sizes of one kind are in one base unit."""


def unit_of(words: str) -> tuple[str, Fraction] | None:
    """Return the kind and size of the unit that some words begin with, None for no known unit."""
    return _UNITS.get(words.partition(" ")[0])


@lru_cache(maxsize=512)
def measure_of(unit: str) -> str:
    """Return what kind of quantity a unit measures ("time", "money", ...), or "" for things that are counted."""
    found = next((_UNITS[word] for word in reversed(unit.lower().split()) if word in _UNITS), None)
    return found[0] if found else ""


@lru_cache(maxsize=512)
def size_of(unit: str) -> Fraction:
    """Return a unit's size in the smallest of its kind; 1 for what is no known unit."""
    return next((_UNITS[word][1] for word in reversed(unit.lower().split()) if word in _UNITS), Fraction(1))
