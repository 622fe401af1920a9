"""From the text of a reply to clauses with their words and quantities: what the audit of replies compares.

Quantities are numbers (in digits or words: "a dozen", "second"), dates and times of day, each in one spelling, so that
"half past three" meets "15:30" and "March 4th, 2030" meets "4 March 2030". Nothing is converted: "half an hour" is not
"30 minutes", since a user who was told minutes has no reason to say anything else.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from askfirst.benchmark.message import fold_characters
from askfirst.benchmark.numbers import read_numbers
from askfirst.benchmark.words import stem

MAX_READ = 6000
"""Characters of a text that are read; a longer reply is at fault for its length alone."""

_MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
    *("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"),
)
_SMALL = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_PLACES = (
    *("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"),
    *("eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth"),
    *("nineteenth", "twentieth"),
)
ORDINALS = {word: place for place, word in enumerate(_PLACES, start=1)}
_HOURS = {word: hour for hour, word in enumerate(_SMALL, start=1)}
_PAST = {"half": 30, "quarter": 15, "five": 5, "ten": 10, "twenty": 20, "twenty-five": 25}

_MONTH = rf"(?P<month>{'|'.join(sorted(set(_MONTHS), key=len, reverse=True))})\.?"
_DAY = rf"(?P<day>[0-9]{{1,2}}|{'|'.join(ORDINALS)})(?:st|nd|rd|th)?"
_DATES = (
    re.compile(r"\b(?P<year>[0-9]{4})-(?P<month>[0-9]{1,2})-(?P<day>[0-9]{1,2})\b"),
    re.compile(rf"\b(?:the )?{_DAY}(?: of)? {_MONTH}(?:,? (?P<year>[0-9]{{4}}))?\b", re.IGNORECASE),
    re.compile(rf"\b{_MONTH} (?:the )?{_DAY}(?:,? (?P<year>[0-9]{{4}}))?\b", re.IGNORECASE),
)
_HOUR = rf"(?P<hour>[0-9]{{1,2}}|{'|'.join(_HOURS)})"
_HALF_DAY = r"(?: ?(?P<half>[ap])\.?m\b\.?| in the (?P<part>morning|afternoon|evening)| at (?P<night>night))"
_CLOCKS = (
    re.compile(rf"\b(?P<hour>[0-9]{{1,2}}):(?P<minute>[0-5][0-9])(?![0-9]){_HALF_DAY}?", re.IGNORECASE),
    re.compile(rf"\b(?P<hour>[0-9]{{1,2}})\.(?P<minute>[0-5][0-9])(?![0-9]){_HALF_DAY}", re.IGNORECASE),
    re.compile(
        rf"\b(?:a )?(?P<past>{'|'.join(_PAST)})(?: minutes)? (?P<side>past|to|after|before) {_HOUR}\b{_HALF_DAY}?",
        re.IGNORECASE,
    ),
    re.compile(rf"\b{_HOUR}(?: o'clock{_HALF_DAY}?|{_HALF_DAY.replace('<', '<h')})", re.IGNORECASE),
    re.compile(r"\b(?P<noon>noon|midday|midnight)\b", re.IGNORECASE),
)
_COLLOQUIAL = tuple(
    (re.compile(rf"\b{pattern}\b", re.IGNORECASE), replacement)
    for pattern, replacement in (
        (r"half a dozen", "6"),
        (r"(?:the |a |another )?dozens?(?! of the)", "12"),
        (r"(?:just )?(?:a )?couple(?: of)?", "2"),
        (r"a pair of", "2"),
        (r"twice", "2 times"),
        (r"thrice", "3 times"),
        (r"a score of", "20"),
        (r"half an hour", "0.5 hours"),
        (r"(?:a )?quarter of an hour", "0.25 hours"),
        (r"(?:an|one) hour and a half", "1.5 hours"),
        (r"(?:a )?fortnight", "2 weeks"),
        (r"(?:a|one) grand", "1000"),
    )
)
_ORDINAL = re.compile(rf"\b(?:(?P<digits>[0-9]{{1,4}})(?:st|nd|rd|th)|(?P<word>{'|'.join(ORDINALS)}))\b", re.IGNORECASE)
_TOKEN = re.compile(r"@[dc](?P<numbers>[0-9_]+)")
_SENTENCE = re.compile(r"(?<=[.!?])[\"”')]*\s+|\n+")
_SEGMENT = re.compile(
    r";\s+|(?<!everything)(?<!all)(?<!nothing)(?<!anything)(?<!none)[,.]? (?=but\b)"
    r"|[,.]? (?=(?:though|although|however)\b)",
    re.IGNORECASE,
)
_CLAUSE = re.compile(
    r",\s+|:\s+|\s[-\u2013\u2014]\s|\s?\u2014\s?|[()]"
    r"|\s(?=(?:and|so|because|since|while|whereas|which|as for|as to)\b)",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_]+")
_POINTING = re.compile(r"\b(?:the|these|those|all|any) $", re.IGNORECASE)
_SHORT = (
    (re.compile(r"\bcan't\b|\bcannot\b", re.IGNORECASE), "can not"),
    (re.compile(r"\bwon't\b", re.IGNORECASE), "will not"),
    (re.compile(r"n't\b", re.IGNORECASE), " not"),
    (re.compile(r"'(?:s|re|ve|ll|d|m)\b", re.IGNORECASE), ""),
)


@dataclass(frozen=True, slots=True)
class Quantity:
    """One number, date or time of day."""

    kind: str
    """`number`, `date` or `clock`."""
    values: tuple[Fraction, ...]
    """The value; several where a time of day leaves open which half of the day. A date is year (0 if unsaid), month
    and day."""
    unit: str = ""
    """Words after a number, or its currency."""
    weak: bool = False
    """It may be no quantity at all ("this one", "the first thing"): it can meet a fact's and never stands for more."""

    def meets(self, other: "Quantity") -> bool:
        """Say whether this, as a fact holds it, is said by the other."""
        if self.kind != other.kind:
            return False
        return self.values == other.values if self.kind == "date" else self.values[0] in other.values


@dataclass(frozen=True, slots=True)
class Clause:
    """A piece of a sentence."""

    text: str
    words: tuple[str, ...]
    """In lower case and order, contractions written out."""
    stems: frozenset[str]
    quantities: tuple[Quantity, ...]


@dataclass(frozen=True, slots=True)
class Segment:
    """A sentence, or one side of a "but"."""

    text: str
    clauses: tuple[Clause, ...]
    sentence: int
    """Number of the sentence that it belongs to, from 0."""


@lru_cache(maxsize=4096)
def read_segments(text: str) -> tuple[Segment, ...]:
    """Cut a text into segments and those into clauses, in order."""
    # the sign that tokens begin with is dropped, so that no text can forge one
    plain = _spell_times(fold_characters(text[:MAX_READ]).replace("\u202f", " ").replace("@", " "))
    return tuple(
        Segment(piece, tuple(_to_clause(part) for part in _pieces(piece, _CLAUSE)), number)
        for number, sentence in enumerate(_pieces(plain, _SENTENCE))
        for piece in _pieces(sentence, _SEGMENT)
    )


def read_clauses(text: str) -> tuple[Clause, ...]:
    """Return all clauses of a text in order."""
    return tuple(clause for segment in read_segments(text) for clause in segment.clauses)


def read_quantities(text: str) -> tuple[Quantity, ...]:
    """Return all quantities of a text in order."""
    return tuple(quantity for clause in read_clauses(text) for quantity in clause.quantities)


@lru_cache(maxsize=4096)
def stems_of(text: str) -> frozenset[str]:
    """Return the stems of a text's words; numbers, dates and times of day leave none."""
    return frozenset(root for clause in read_clauses(text) for root in clause.stems)


def words_in(text: str) -> tuple[str, ...]:
    """Return a text's words in order, in lower case, contractions written out."""
    for pattern, replacement in _SHORT:
        text = pattern.sub(replacement, text)
    return tuple(_WORD.findall(text.lower()))


def _pieces(text: str, mark: re.Pattern[str]) -> Iterator[str]:
    yield from (piece.strip() for piece in mark.split(text) if piece and piece.strip())


def _to_clause(text: str) -> Clause:
    rest = _TOKEN.sub(" ", text)
    words = words_in(rest)
    quantities = (*_times_in(text), *_numbers_in(rest))
    return Clause(text, words, frozenset(map(stem, words)), quantities)


def _spell_times(text: str) -> str:
    """Replace dates and times of day by tokens that no comma divides."""
    for pattern in _DATES:
        text = pattern.sub(_date_token, text)
    for pattern in _CLOCKS:
        text = pattern.sub(_clock_token, text)
    return text


def _date_token(match: re.Match[str]) -> str:
    month, day = match["month"].lower(), match["day"].lower()
    number = int(month) if month.isdigit() else _MONTHS.index(month) % 12 + 1
    return f"@d{int(match['year'] or 0)}_{number}_{int(day) if day.isdigit() else ORDINALS[day]}"


def _clock_token(match: re.Match[str]) -> str:
    found = match.groupdict()
    if noon := found.get("noon"):
        return "@c0" if noon.lower() == "midnight" else "@c720"
    hour_text = found["hour"].lower()
    hour = int(hour_text) if hour_text.isdigit() else _HOURS[hour_text]
    minutes = hour * 60 + int(found.get("minute") or 0)
    if past := found.get("past"):
        minutes += _PAST[past.lower()] * (-1 if found["side"].lower() in ("to", "before") else 1)
    if hour > 24 or minutes > 24 * 60:
        return match[0]
    half = (found.get("half") or found.get("hhalf") or "").lower()
    part = (found.get("part") or found.get("hpart") or found.get("night") or found.get("hnight") or "").lower()
    if half or part:
        late = half == "p" or part in ("afternoon", "evening", "night")
        return f"@c{minutes % 720 + (720 if late else 0)}"
    return f"@c{minutes}_{(minutes + 720) % 1440}" if hour <= 12 else f"@c{minutes}"


def _times_in(text: str) -> Iterator[Quantity]:
    for match in _TOKEN.finditer(text):
        values = tuple(Fraction(part) for part in match["numbers"].split("_"))
        yield Quantity("date" if match[0][1] == "d" else "clock", values)


def _numbers_in(text: str) -> Iterator[Quantity]:
    for match in _ORDINAL.finditer(text):
        word = match["word"]
        if word is None or word.lower() != "second" or not text[match.end() :].startswith("s"):
            value = int(match["digits"]) if word is None else ORDINALS[word.lower()]
            yield Quantity("number", (Fraction(value),), weak=word is not None)
    text = _ORDINAL.sub(" ", text)
    for pattern, replacement in _COLLOQUIAL:
        text = pattern.sub(replacement, text)
    for number in read_numbers(text):
        word = text[number.start : number.end].strip().lower()
        weak = word == "one" or (word in _HOURS and _POINTING.search(text[: number.start]) is not None)
        yield Quantity("number", (number.value,), number.unit, weak)
