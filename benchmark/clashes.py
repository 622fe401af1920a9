"""Signs that a question is about something like a fragment, but other: another person, day, object, side or time.

Such a question shares words with the fragment, often nearly all; a single word tells that it asks for something else.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from askfirst.benchmark.names import CALENDAR
from askfirst.benchmark.problem import ValueKind
from askfirst.benchmark.vocabulary import entries, word_set
from askfirst.benchmark.words import LIGHT, STOPS, VERBS, is_number, stem, stem_set, substitutes

_OPPOSITES = """
    inside indoor indoors: outside outdoor outdoors terrace; new: old former previous; first: last; start begin: end
    finish; open opening: close closing lock locked shut; arrive arrival: depart departure; morning: evening afternoon
    night; before: after; earliest: latest; minimum least lowest smallest: maximum most highest largest; win won: lost
    lose; outbound: return inbound; upper: lower; left: right; front: back rear; adult: child kid; mother mom mum:
    father dad; brother: sister; boy: girl; man men: woman women; son: daughter; north: south east west; south: east
    west; lend: borrow; winter: summer; spring: autumn; hot: cold; origin: destination; input: output; sender:
    recipient receiver; entrance: exit; income: expense; male: female; deposit: withdrawal; husband: wife; uncle:
    aunt; day: night; weekday: weekend; breakfast: lunch dinner supper; lunch: dinner supper; yes: no; increase rise:
    decrease fall drop;
"""
OPPOSITES: dict[str, frozenset[str]] = {}
for _entry in entries(_OPPOSITES):
    _left, _, _right = _entry.partition(":")
    for _side, _other in ((_left, _right), (_right, _left)):
        for _word in stem_set(_side):
            OPPOSITES[_word] = OPPOSITES.get(_word, frozenset()) | stem_set(_other)

_UNITS = """
    mass: gram kilogram pound ounce ton milligram; length: meter centimeter kilometer millimeter mile inch foot yard;
    volume: liter milliliter gallon cup pint; time: second minute hour day week month year night; money: dollar euro
    cent; heat: degree; words: word sentence line page paragraph character; share: percent;
"""
_DIMENSIONS = {
    root: name.strip()
    for name, _, words in (entry.partition(":") for entry in entries(_UNITS))
    for root in stem_set(words)
}
_MEASURED: frozenset[ValueKind] = frozenset({"measure", "duration", "money"})
_DETERMINERS = word_set(
    "the a an one single each every of how_many which what these those his her their its your my our"
)
_ACTING = word_set("do does did will would can could should may might must has have had")
_POSSESSIVES = word_set("his her their your my our")
_RELATED_PEOPLE = word_set(
    """
    opponent rival friend friends neighbor neighbour neighbours brother sister mother father parents uncle aunt cousin
    grandmother grandfather son daughter wife husband partner boss colleague colleagues teacher assistant predecessor
    successor competitor roommate flatmate landlord team teammate
    """
)
_SUMS = stem_set("altogether overall combined total sum")
_EACH = stem_set("per each every apiece single one")
_COUNTING = word_set("how_many which what")
_COPULAS = word_set("is are was were be been")
_DAYS = CALENDAR | word_set("yesterday today tomorrow tonight")
_PAST = re.compile(
    r"\b(?:yesterday|previously|(?:last|previous) (?:time|week|month|year|weekend|night|spring|summer|autumn|winter|"
    r"season|visit|occasion|round|term|monday|tuesday|wednesday|thursday|friday|saturday|sunday))\b"
)
_PAST_HINTS = ("yesterday", "previous", "last", "ago", "past", "already", "before")
_PAST_FACT = re.compile(r"\b(?:yesterday|previously|ago|(?:last|previous|past) \w+|already|before)\b")
_ANY_NOUN = word_set(
    """
    little small big large whole full finished single complete actual exact own good correct right final planned usual
    normal regular current main following particular specific desired preferred needed wanted required requested total
    overall average different certain same other another entire individual maximum minimum real true proper precise
    column field table value line row list word page
    one two three four five six seven eight nine ten dozen hundred several first second third possible available
    """
)


class Telling(NamedTuple):
    """What tells a fragment from others of its kind."""

    kind: ValueKind
    people: frozenset[str]
    """People that it names, in lower case."""
    days: frozenset[str]
    """Weekdays and months that it names, in lower case."""
    times: frozenset[str]
    """What `days_of` says of its text and question."""
    own: frozenset[str]
    """The stems of its text and its question."""
    modifiers: Mapping[str, frozenset[str]]
    """What stands before each noun in its text, its question and the goal, by stems."""
    dimensions: frozenset[str]
    """What its value's unit measures."""
    wording: tuple[str, ...]
    """The words of its question."""


class Cues(NamedTuple):
    """What in a question could tell it from a fragment; read once, compared with each fragment."""

    person: str
    """The first person that it names; empty where it names none, or several alike."""
    days: frozenset[str]
    """Weekdays and months that it names."""
    times: frozenset[str]
    """What `days_of` says of it, for times that are surely past."""
    relations: tuple[str, ...]
    """People that it names by their relation to someone ("Zara's opponent")."""
    modified: tuple[tuple[str, str], ...]
    """Nouns between a determiner and a noun, with that noun ("a rose candle")."""
    parts: tuple[tuple[str, str], ...]
    """The same where what follows shows that the second is the thing ("how many soup spoons should")."""
    opposites: tuple[tuple[str, frozenset[str]], ...]
    """Its stems that have opposites, with these."""
    dimensions: frozenset[str]
    """What its units measure."""
    summed: bool
    """It asks for a sum ("altogether")."""
    turns: tuple[frozenset[str], frozenset[str]] | None
    """The stems before and behind its "you"; None without one."""


def dimensions_of(words: Sequence[str]) -> frozenset[str]:
    """Return what the units in a text measure ("mass", "time"); only units behind a number count."""
    found = {
        _DIMENSIONS.get(stem(word)) for before, word in zip(["", *words], words, strict=False) if is_number(before)
    }
    return frozenset(name for name in found if name)


def modifiers_of(texts: Collection[Sequence[str]], people: Collection[str]) -> dict[str, frozenset[str]]:
    """Return the words, people's names apart, that stand directly before others in some texts, by the others' stems."""
    found: dict[str, frozenset[str]] = {}
    for words in texts:
        for before, word in pairwise(words):
            if before not in people and is_plain(before) and is_plain(word):
                root = stem(word)
                found[root] = found.get(root, frozenset()) | {stem(before)}
    return found


@lru_cache(maxsize=20_000)
def is_plain(word: str) -> bool:
    """Say whether a word can be a thing's name or what tells it from another of its kind."""
    return word.isalpha() and word not in STOPS and word not in _ANY_NOUN and LIGHT.get(stem(word), 1.0) >= 0.5


def days_of(text: str, past: re.Pattern[str] = _PAST_FACT) -> frozenset[str]:
    """Return the days by which a cleaned text places itself: "yesterday", weekdays, and `past` for any past time."""
    days = _DAYS.intersection(text.split())
    return days | {"past"} if any(word in text for word in _PAST_HINTS) and past.search(text) else days


def read_cues(words: Sequence[str], roots: Collection[str], people: frozenset[str]) -> Cues:
    """Read what could tell a question from a fragment.

    Args:
        words: The question's words in order.
        roots: The stems of those that can identify something.
        people: All people of the problem.
    """
    place = next((place for place, word in enumerate(words) if word in people), None)
    several = place is not None and not {"and", "or"}.isdisjoint(words[place + 1 : place + 3])
    modified, parts = _nouns_before_nouns(words)
    return Cues(
        person="" if place is None or several else words[place],
        days=CALENDAR.intersection(words),
        times=days_of(" ".join(words), _PAST),
        relations=()
        if _RELATED_PEOPLE.isdisjoint(words)
        else tuple(
            after
            for before, after in pairwise(words)
            if after in _RELATED_PEOPLE and (before in people or before in _POSSESSIVES)
        ),
        modified=modified,
        parts=parts,
        opposites=tuple(
            (root, opposite) for root in roots if (opposite := OPPOSITES.get(root)) and opposite.isdisjoint(roots)
        ),
        dimensions=frozenset(_DIMENSIONS[root] for root in roots if root in _DIMENSIONS),
        summed=not _SUMS.isdisjoint(roots),
        turns=_around_you(words),
    )


def _nouns_before_nouns(words: Sequence[str]) -> tuple[tuple[tuple[str, str], ...], tuple[tuple[str, str], ...]]:
    modified: list[tuple[str, str]] = []
    parts: list[tuple[str, str]] = []
    acting = False
    for before, start, word, noun, after in zip(
        ["", *words], words, words[1:], words[2:], [*words[3:], ""], strict=False
    ):
        acting = acting or start in _ACTING
        if start not in _DETERMINERS or not is_plain(word) or not is_plain(noun) or stem(noun) in VERBS:
            continue
        if stem(word) not in VERBS:
            modified.append((word, noun))
        ended = after in _ACTING or after in _COPULAS
        counted = start in _COUNTING and ended
        if counted or (acting and stem(after) in VERBS) or (before in ("of", "for") and after == ""):
            parts.append((word, noun))
    return tuple(modified), tuple(parts)


def _around_you(words: Sequence[str]) -> tuple[frozenset[str], frozenset[str]] | None:
    if "you" not in words:
        return None
    place = list(words).index("you")
    before, behind = (
        frozenset(stem(word) for word in part if is_plain(word)) for part in (words[:place], words[place:])
    )
    return before, behind


def clash(cues: Cues, met: Collection[str], fragment: Telling) -> bool:
    """Say whether a question is about something like a fragment, but other.

    Args:
        cues: The question's.
        met: The question's words that the fragment holds.
        fragment: What tells the fragment from others.
    """
    return (
        bool(cues.person and fragment.people and cues.person not in fragment.people)
        or bool(cues.days and fragment.days and cues.days.isdisjoint(fragment.days))
        or any(person not in met for person in cues.relations)
        or _is_at_another_time(cues.times, fragment.times)
        or any(_names_another(word, noun, met, fragment) for word, noun in cues.modified)
        or any(word in met and noun not in met for word, noun in cues.parts)
        or _is_opposite(cues, fragment)
        or _has_other_unit(cues, fragment)
        or (cues.summed and not fragment.own.isdisjoint(_EACH) and fragment.own.isdisjoint(_SUMS))
        or _is_turned_round(cues, fragment)
    )


def _is_at_another_time(asked: frozenset[str], own: frozenset[str]) -> bool:
    """Say whether a question is about another day than the fragment, or about the past where the fragment isn't."""
    if not asked:
        return False
    if "past" in asked and "past" not in own:
        return True
    return bool(asked - {"past"}) and bool(own - {"past"}) and asked.isdisjoint(own)


def _names_another(word: str, noun: str, met: Collection[str], fragment: Telling) -> bool:
    """Say whether a question tells a thing from others by another word: a rose candle is not the lavender candle."""
    if noun not in met or word in met:
        return False
    own, root = fragment.modifiers.get(stem(noun)), stem(word)
    return bool(own) and own.isdisjoint({root, *substitutes(root)})


def _is_opposite(cues: Cues, fragment: Telling) -> bool:
    """Say whether a question holds the opposite of a word that the fragment holds; options are asked for by both."""
    if fragment.kind in ("choice", "yesno"):
        return False
    return any(root not in fragment.own and not opposite.isdisjoint(fragment.own) for root, opposite in cues.opposites)


def _has_other_unit(cues: Cues, fragment: Telling) -> bool:
    """Say whether a question names units, and none that measures what the fragment's value is given in."""
    if not cues.dimensions or not fragment.dimensions or fragment.kind not in _MEASURED:
        return False
    return fragment.dimensions.isdisjoint(cues.dimensions)


def _is_turned_round(cues: Cues, fragment: Telling) -> bool:
    """Say whether "you" has changed sides between two like wordings ("has she beaten you", "have you beaten her")."""
    if cues.turns is None or (own := _around_you(fragment.wording)) is None:
        return False
    (before, behind), (_, after) = cues.turns, own
    return len(after) > 1 and after <= before and behind.isdisjoint(after)
