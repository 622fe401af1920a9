r"""Reading numbers as people and models write them, each by a stated rule.

| written | read as | rule |
|---|---|---|
| `12`, `-3` (any minus sign), `minus 3`, full-width digits | the number | plain |
| `1,250`, `1'250`, `1 250` (narrow space), `1,250.00`, `1.250,00`, `1.250.000` | groups of three digits | grouped |
| `18.00`, `.5`, `1,5`, `0,125` | a dot, or a comma that can't group, is a decimal sign; never stripped | decimal |
| `1,250` and `1.250`, each alone | English: 1250 and 1.25 | grouped, decimal |
| `1.5e3`, `1.5 x 10^3` | 1500 | scientific |
| `1/2`, `\frac{1}{2}`, `one half`, `1 1/2`, `two and a half` | a fraction; a slash between spaces divides | fraction |
| `twelve`, `twenty-four`, `one hundred and five`, `a dozen` | 12, 24, 105, 12 | words |
| `3 million`, `5k`, `2 dozen` | 3000000, 5000, 24 | magnitude |
| `24 of 30`, `24 out of 30` | 24: the count, never the share | count |
| `50%`, `50 percent` | 50 where the unit is percent, else 1/2 | percent |
| `3 h 20 min`, `5 feet 3 inches`, `2 dollars and 50 cents` | one quantity in the unit asked for | compound |
| `2 hours` where minutes are asked for | 120: known units of one kind are converted | plain |

Not numbers: ordinals (`5th`), dates, clock times and ratios (`1:2`), parts of names (`A4`), digit runs beyond
`MAX_DIGITS`, exponents beyond `MAX_EXPONENT`.
"""

import re
from dataclasses import dataclass
from fractions import Fraction
from itertools import takewhile

from askfirst.benchmark.message import fold_characters, to_plain
from askfirst.benchmark.number_parts import MAX_EXPONENT, continue_number
from askfirst.benchmark.number_words import CARDINAL, NUMBER_WORDS, PARTS, SMALL, VULGAR, alternation, cardinal_of
from askfirst.benchmark.units import measure_of, size_of, unit_of

MAX_DIGITS = 40
"""Digits of the longest number that is read; no answer needs more, and arithmetic on more can hang."""
MAX_TEXT = 50_000
"""Characters of a text that are searched for numbers."""
MAX_VALUE_TEXT = 400
"""Characters of the longest text that `parse_number` takes for one value."""

_NO_UNIT = frozenset((
    "and", "or", "to", "of", "in", "on", "at", "for", "from", "by", "with", "is", "are", "was", "were", "if", "when",
    "per", "each", "then", "than", "but", "so", "as", "out", "a", "an", "the",
))  # fmt: skip
_CURRENCIES = {"$": "dollars", "€": "euros", "£": "sterling", "¥": "yen", "₹": "rupees"}


@dataclass(frozen=True, slots=True)
class Number:
    """One number as it stands in a text."""

    value: Fraction
    """For a percentage the number before the sign; for a compound quantity the amount in its first unit."""
    unit: str
    """Up to three lower-case words after it, or the currency's name; empty where nothing follows."""
    start: int
    end: int
    """Span in `fold_characters(text)`; a leading sign and currency and a trailing percent sign belong to it."""
    rule: str


_CORE = r"[0-9]++(?:[.,'\u202f][0-9]++)*+|\.[0-9]++"
_IN_DIGITS = (
    r"(?P<latex>\\[dt]?frac ?\{ ?(?P<top>[0-9]{1,20}) ?\} ?\{ ?(?P<bottom>[0-9]{1,20}) ?\})"
    r"|(?P<date>(?<![\w.])[0-9]{4}-[0-9]{2}-[0-9]{2}(?![0-9])|(?<![\w.])[0-9]{1,4}+[/.][0-9]{1,2}[/.][0-9]{2,4}(?![\w/]))"
    rf"|(?P<core>(?<![\w.])(?:{_CORE}))(?P<exponent>e[+-]?[0-9]++)?"
    r"|(?P<vulgar>[½⅓⅔¼¾⅕⅖⅗⅘⅙⅛⅜⅝⅞])"
)
_IN_WORDS = (
    rf"|\b(?P<part>(?:one|two|three|four|five|seven)[ -](?:{alternation(PARTS)})s?)\b"
    rf"|\b(?P<words>{CARDINAL})\b"
)
_DIGITS_ONLY = re.compile(_IN_DIGITS, re.IGNORECASE)
_NUMBER = re.compile(_IN_DIGITS + _IN_WORDS, re.IGNORECASE)
_WORD = re.compile(r"[a-z]+")
_GROUPED = re.compile(r"[0-9]{1,3}(?:[,'\u202f][0-9]{3})+(?:\.[0-9]+)?|[0-9]{1,3}(?:\.[0-9]{3}){2,}(?:,[0-9]+)?")
_GROUPED_EUROPEAN = re.compile(r"[0-9]{1,3}(?:\.[0-9]{3})+,[0-9]+")
_DECIMAL = re.compile(r"[0-9]*\.[0-9]+|[0-9]+,[0-9]{1,2}|0,[0-9]+")
_NOT_A_NUMBER = re.compile(r"(?:st|nd|rd|th)\b|(?::\$?[0-9.]++)+|/[0-9]++/[0-9]*+|/0++(?![0-9.])", re.IGNORECASE)
_UNIT_WORDS = re.compile(r"(?:\\text\{)?[ \u202f-]?(¢|[^\W\d_]+)(?:[ -]([^\W\d_]+))?(?: ([^\W\d_]+))?")
_BEFORE = re.compile(
    r"(?P<sign>(?<![\w)\]%.])-|\b(?:minus|negative) )?(?:(?P<money>\\?[$€£¥₹])(?P<inner>-)?)?$", re.IGNORECASE
)
_BETWEEN_PARTS = re.compile(r",? ?(?:and )?")
_OPERATOR_BEFORE = re.compile(r"[0-9)]\s*$")


def read_numbers(text: str) -> tuple[Number, ...]:
    """Find the numbers of a text, in order, by the rules of this module.

    Only the first `MAX_TEXT` characters are searched; what can't be read as a number is left out.
    """
    text = fold_characters(text[:MAX_TEXT])
    numbers: list[Number] = []
    position = 0
    spelled = not NUMBER_WORDS.isdisjoint(_WORD.findall(text.lower()))
    pattern = _NUMBER if spelled else _DIGITS_ONLY  # most sentences spell no number, and looking for one is slow
    while (match := pattern.search(text, position)) is not None:
        found, position = _read_match(text, match, spelled)
        for number in found:
            if numbers and (joined := _join(text, numbers[-1], number)) is not None:
                numbers[-1] = joined
            else:
                numbers.append(number)
    return tuple(numbers)


def _read_match(text: str, match: re.Match[str], spelled: bool) -> tuple[list[Number], int]:
    """Return the numbers of a match (none, one, or those of a list) and where to search on."""
    end = match.end()
    if match["date"]:
        return [], end
    if match["latex"]:
        bottom = int(match["bottom"])
        found = (Fraction(int(match["top"]), bottom), "fraction") if bottom else None
    elif match["vulgar"]:
        found = (VULGAR[match["vulgar"]], "fraction")
    elif spelled and match["part"]:
        top, bottom = re.split("[ -]", match["part"].lower())
        found = (Fraction(SMALL[top], PARTS[bottom.removesuffix("s")]), "fraction")
    elif spelled and match["words"]:
        found = (Fraction(cardinal_of(match["words"].lower())), "words")
    else:
        found = _core_value(match["core"], match["exponent"])
        if found is None and "," in match["core"] and len(match["core"]) < MAX_DIGITS:
            return _read_list(match), end
        if no_number := _NOT_A_NUMBER.match(text, end):
            return [], no_number.end()
    if found is None:
        return [], end
    value, rule = found
    value, rule, end = continue_number(text, value, rule, end)
    return [_finish(text, value, rule, match.start(), end)], end


def _read_list(match: re.Match[str]) -> list[Number]:
    """Read `1,2,3`, where the commas group no digits: several numbers."""
    numbers: list[Number] = []
    for piece in re.finditer(r"[0-9.]+", match["core"]):
        found = _core_value(piece[0].strip("."), None)
        if found is not None:
            start = match.start() + piece.start()
            numbers.append(Number(found[0], "", start, start + len(piece[0]), "plain"))
    return numbers


def _core_value(core: str, exponent: str | None) -> tuple[Fraction, str] | None:
    if len(core) > 2 * MAX_DIGITS or sum(character.isdigit() for character in core) > MAX_DIGITS:
        return None
    if core.isdigit():
        value, rule = Fraction(int(core)), "plain"
    elif _GROUPED_EUROPEAN.fullmatch(core):
        value, rule = Fraction(core.replace(".", "").replace(",", ".")), "grouped"
    elif _GROUPED.fullmatch(core) and not core.startswith("0"):
        dots = core.count(".") > 1
        value = Fraction(re.sub(r"\." if dots else r"[,'\u202f]", "", core).replace(",", "."))
        rule = "grouped"
    elif _DECIMAL.fullmatch(core):
        value, rule = Fraction(core.replace(",", ".")), "decimal"
    else:
        return None
    if exponent:
        digits = exponent[1:]
        if len(digits) > 4 or abs(int(digits)) > MAX_EXPONENT:
            return None
        value, rule = value * Fraction(10) ** int(digits), "scientific"
    return value, rule


def _finish(text: str, value: Fraction, rule: str, start: int, end: int) -> Number:
    unit = "percent" if rule == "percent" else ""
    before = _BEFORE.search(text, max(0, start - 12), start)
    if before is not None:
        operator = _OPERATOR_BEFORE.search(text[max(0, before.start() - 3) : before.start()])
        if before["inner"] or (before["sign"] and not operator):
            value = -value
        if before["money"] and not unit:
            unit = _CURRENCIES[before["money"][-1]]
        start = before.start() if before[0] else start
    if not unit and (words := _UNIT_WORDS.match(text, end)):
        unit = " ".join(takewhile(lambda word: word and word.lower() not in _NO_UNIT, words.groups(""))).lower()
    if not unit and text[end : end + 2].strip()[:1] in _CURRENCIES and text[end : end + 2].strip():
        unit = _CURRENCIES[text[end : end + 2].strip()[0]]
    return Number(value, unit, start, end, rule)


def _join(text: str, first: Number, second: Number) -> Number | None:
    """Join `3 h` and `20 min` into one quantity in the first one's unit."""
    larger, smaller = unit_of(first.unit), unit_of(second.unit)
    if larger is None or smaller is None or larger[0] != smaller[0] or larger[1] <= smaller[1] or second.value < 0:
        return None
    word = first.unit.partition(" ")[0]
    gap = text[first.end : second.start]
    if word != "dollars" or gap.strip().startswith("dollar"):
        gap = gap.lstrip(" \u202f-").removeprefix(word) if gap.lower().lstrip(" \u202f-").startswith(word) else "?"
    if not _BETWEEN_PARTS.fullmatch(gap):
        return None
    sign = -1 if first.value < 0 else 1
    value = first.value + sign * second.value * smaller[1] / larger[1]
    return Number(value, word, first.start, second.end, "compound")


def to_unit(number: Number, unit: str) -> Fraction:
    """Return a number's value in a unit: converted where both are known units of one kind, else as it stands.

    A percentage is its number where the unit is percent, else its share (50% is 1/2).
    """
    kind = measure_of(unit)
    if number.rule == "percent":
        return number.value if kind == "percent" else number.value / 100
    stated = unit_of(number.unit)
    if stated is None or stated[0] != kind:
        return number.value
    return number.value * stated[1] / size_of(unit)


_EQUALS = re.compile(r"[=≈]")
_EXPRESSION = re.compile(
    r"[+*\u00d7÷^]|/\s*[0-9(]|\b(?:plus|minus|times|divided)\b|\b[xyznXYZ]\b|(?<=[0-9])[a-zA-Z](?![a-zA-Z])"
)
_ASIDE = re.compile(r"\((?![^()]*\bor\b)[^()]*\)")
_GLUED_UNIT = re.compile(r"(?<=0)(?:h|s|m|g|l)\b")
_SPACED_GROUPS = re.compile(r"^[-+]?[$€£]?[0-9]{1,3}(?: [0-9]{3})+(?![0-9])")


def parse_number(text: str, unit: str = "") -> Fraction | None:
    """Read a text that holds one value, or None where it holds none or several.

    Words around the value don't matter ("about 12 apples", "x = 12", "**$12**"), nor does an aside in brackets
    ("12 (5 + 7)"); after an equals sign only what follows counts. Equal values count once ("2 hours, or 120 minutes").
    An expression that was not worked out ("3 + 4", "5x") is no value.

    Args:
        text: The value as written.
        unit: The unit in which the value is returned; empty for a bare number.
    """
    values = parse_numbers(text, unit)
    return next(iter(values)) if len(values) == 1 else None


def parse_numbers(text: str, unit: str = "") -> frozenset[Fraction]:
    """Return the distinct values that a text gives, as `parse_number` reads them; empty where it gives none."""
    if len(text) > MAX_VALUE_TEXT:
        return frozenset()
    *_, plain = _EQUALS.split(to_plain(fold_characters(text)))
    plain = _SPACED_GROUPS.sub(lambda match: match[0].replace(" ", "\u202f"), plain.strip())
    outside = _ASIDE.sub(" ", plain)
    plain = outside if any(character.isdigit() for character in outside) else plain
    numbers = read_numbers(plain)
    if not numbers or _EXPRESSION.search(_GLUED_UNIT.sub("", _rest(plain, numbers))):
        return frozenset()
    return frozenset(to_unit(number, unit) for number in numbers)


def _rest(text: str, numbers: tuple[Number, ...]) -> str:
    """Return the text around the numbers, with a 0 in place of each."""
    pieces: list[str] = []
    position = 0
    for number in numbers:
        pieces += [text[position : number.start], "0"]
        position = number.end
    return "".join([*pieces, text[position:]])


def spell_number(value: Fraction | int) -> str:
    """Write a number canonically: an integer, an exact decimal of at most 9 places, or else a reduced fraction."""
    value = Fraction(value)
    if value.denominator == 1:
        return str(value.numerator)
    places = next((places for places in range(1, 10) if (value * 10**places).denominator == 1), None)
    if places is None:
        return f"{value.numerator}/{value.denominator}"
    digits = str(abs(value.numerator * 10**places // value.denominator)).rjust(places + 1, "0")
    return f"{'-' if value < 0 else ''}{digits[:-places]}.{digits[-places:]}"
