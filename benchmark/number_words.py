"""Numbers in English words: the words, the pattern of a spelled number, and its value."""

import re
from fractions import Fraction

SMALL = {
    "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16,
    "seventeen": 17, "eighteen": 18, "nineteen": 19,
}  # fmt: skip
TENS = {
    "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
SCALES = {"dozen": 12, "hundred": 100, "thousand": 10**3, "k": 10**3, "million": 10**6, "billion": 10**9}
PARTS = {"half": 2, "third": 3, "quarter": 4, "fourth": 4, "fifth": 5, "sixth": 6, "eighth": 8, "tenth": 10}
VULGAR = {
    "½": Fraction(1, 2), "⅓": Fraction(1, 3), "⅔": Fraction(2, 3), "¼": Fraction(1, 4), "¾": Fraction(3, 4),
    "⅕": Fraction(1, 5), "⅖": Fraction(2, 5), "⅗": Fraction(3, 5), "⅘": Fraction(4, 5), "⅙": Fraction(1, 6),
    "⅛": Fraction(1, 8), "⅜": Fraction(3, 8), "⅝": Fraction(5, 8), "⅞": Fraction(7, 8),
}  # fmt: skip


def alternation(words: dict[str, int]) -> str:
    """Return the pattern of any of the words, longer ones first."""
    return "|".join(sorted(words, key=len, reverse=True))


_BELOW_HUNDRED = (
    rf"(?:(?:{alternation(TENS)})(?:[- ](?:one|two|three|four|five|six|seven|eight|nine))?|{alternation(SMALL)})"
)
_BELOW_THOUSAND = rf"(?:(?:{_BELOW_HUNDRED}|an?)[ -]hundred(?:[ -](?:and )?{_BELOW_HUNDRED})?|{_BELOW_HUNDRED})"
CARDINAL = (
    rf"(?:{_BELOW_THOUSAND}(?:[ -](?:thousand|million|billion)(?:,? (?:and )?{_BELOW_THOUSAND})?){{0,3}}"
    r"|an? (?:thousand|million|dozen))"
)
"""Pattern of a spelled whole number."""
NUMBER_WORDS = frozenset((*SMALL, *TENS, *SCALES))
"""Any of them stands in each spelled number."""


def cardinal_of(words: str) -> int:
    """Return the number that a text spells which `CARDINAL` matches, in lower case."""
    total, current = 0, 0
    for word in re.split(r"[ ,-]+", words):
        if word in ("a", "an"):
            current = 1
        elif word in SMALL or word in TENS:
            current += SMALL.get(word, 0) or TENS.get(word, 0)
        elif word in ("hundred", "dozen"):
            current *= SCALES[word]
        elif word in SCALES:
            total, current = total + current * SCALES[word], 0
    return total + current
