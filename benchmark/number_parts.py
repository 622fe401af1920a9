"""How a number goes on after its digits or words: powers, fractions, magnitudes, percent signs, `of N`."""

import re
from fractions import Fraction

from askfirst.benchmark.number_words import PARTS, SCALES, VULGAR

MAX_EXPONENT = 30
"""Largest power of ten, either way, that is read."""

_POWER = re.compile(r" ?(?:\u00d7|x|\*|\\times) ?10 ?\^ ?\{?(?P<power>[+-]?[0-9]{1,4})\}?", re.IGNORECASE)
_FRACTION = re.compile(r"/(?P<bottom>[0-9]{1,20})(?![0-9]|[.,][0-9])")
_MIXED = re.compile(
    r"(?: |-| and )(?P<top>[0-9]{1,9})/(?P<bottom>[0-9]{1,9})(?![0-9/])| ?(?P<vulgar>[½⅓⅔¼¾⅕⅖⅗⅘⅙⅛⅜⅝⅞])"
    r"| ?\\[dt]?frac ?\{(?P<ltop>[0-9]{1,9})\}\{(?P<lbottom>[0-9]{1,9})\}"
    r"| and (?:a|one)[ -](?P<part>half|third|quarter)\b",
    re.IGNORECASE,
)
_SCALE = re.compile(r" ?(?P<scale>dozen|hundred|thousand|million|billion)\b|(?P<k>k)\b", re.IGNORECASE)
_PERCENT = re.compile(r" ?(?:\\?%|percent\b|per cent\b)", re.IGNORECASE)
_COUNT_OF = re.compile(r" (?:out )?of (?:the |all )?(?P<total>[0-9]{1,12}+)(?![.,/]?[0-9%])", re.IGNORECASE)


def continue_number(text: str, value: Fraction, rule: str, end: int) -> tuple[Fraction, str, int]:
    """Read on where a number goes on: powers, fractions, magnitudes, percent signs, `of N`."""
    whole = rule in ("plain", "words")
    if (match := _POWER.match(text, end)) and abs(int(match["power"])) <= MAX_EXPONENT:
        return value * Fraction(10) ** int(match["power"]), "scientific", match.end()
    if whole and (match := _FRACTION.match(text, end)) and int(match["bottom"]):
        value, rule, end = value / int(match["bottom"]), "fraction", match.end()
    elif whole and (match := _MIXED.match(text, end)) and (part := _mixed_part(match)) is not None:
        value, rule, end = value + part, "fraction", match.end()
    if match := _SCALE.match(text, end):
        scale = SCALES[(match["scale"] or match["k"]).lower()]
        value, rule, end = value * scale, "magnitude", match.end()
    if match := _PERCENT.match(text, end):
        return value, "percent", match.end()
    if (match := _COUNT_OF.match(text, end)) and value <= int(match["total"]):
        return value, "count", match.end()
    return value, rule, end


def _mixed_part(match: re.Match[str]) -> Fraction | None:
    if match["vulgar"]:
        return VULGAR[match["vulgar"]]
    if match["part"]:
        return Fraction(1, PARTS[match["part"].lower()])
    top, bottom = int(match["top"] or match["ltop"]), int(match["bottom"] or match["lbottom"])
    return Fraction(top, bottom) if 0 < top < bottom else None
