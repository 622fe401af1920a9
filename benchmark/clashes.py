"""Signs that a question is about something like a fragment, but other: another person, day, object, side or time.

Such a question shares words with the fragment, often nearly all; a single word tells that it asks for something else.
"""

import re
from collections.abc import Collection, Mapping, Sequence

from askfirst.benchmark.names import CALENDAR
from askfirst.benchmark.problem import ValueKind
from askfirst.benchmark.vocabulary import entries, word_set
from askfirst.benchmark.words import LIGHT, STOPS, VERBS, is_number, stem, stem_set, synonyms

_OPPOSITES = """
    inside indoor indoors: outside outdoor outdoors terrace; new: old former previous; first: last; start begin: end finish;
    open opening: close closing lock locked shut; arrive arrival: depart departure; morning: evening afternoon night; before: after;
    earliest: latest; minimum least lowest smallest: maximum most highest largest; win won: lost lose; outbound: return
    inbound; upper: lower; left: right; front: back rear; adult: child kid; mother mom mum: father dad; brother: sister; boy:
    girl; man men: woman women; son: daughter; north: south east west; south: east west; lend: borrow; winter: summer; spring:
    autumn; hot: cold; origin: destination; input: output; sender: recipient receiver; entrance: exit; income: expense;
    male: female; deposit: withdrawal; husband: wife; uncle: aunt; day: night; weekday: weekend; breakfast: lunch dinner
    supper; lunch: dinner supper; yes: no; increase rise: decrease fall drop;
"""
OPPOSITES: dict[str, frozenset[str]] = {}
for _entry in entries(_OPPOSITES):
    _left, _, _right = _entry.partition(":")
    for _side, _other in ((_left, _right), (_right, _left)):
        for _word in stem_set(_side):
            OPPOSITES[_word] = OPPOSITES.get(_word, frozenset()) | stem_set(_other)

_UNITS = """
    mass: gram kilogram pound ounce ton milligram; length: meter centimeter kilometer millimeter mile inch foot yard;
    volume: liter milliliter gallon cup pint; time: second minute hour day week month year night; money: dollar euro cent;
    heat: degree; words: word sentence line page paragraph character; share: percent;
"""
_DIMENSIONS = {
    root: name.strip() for name, _, words in (entry.partition(":") for entry in entries(_UNITS)) for root in stem_set(words)
}
_MEASURED: frozenset[ValueKind] = frozenset({"measure", "duration", "money"})
_DETERMINERS = word_set("the a an one single each every of how_many which what these those his her their its your my our")
_ACTING = word_set("do does did will would can could should may might must has have had")
_POSSESSIVES = word_set("his her their your my our")
_RELATED_PEOPLE = word_set(
    """
    opponent rival friend friends neighbor neighbour neighbours brother sister mother father parents uncle aunt cousin
    grandmother grandfather son daughter wife husband partner boss colleague colleagues teacher assistant predecessor
    successor competitor roommate flatmate landlord team teammate
    """
)
_COUNTING = word_set("how_many which what")
_COPULAS = word_set("is are was were be been")
_DAYS = CALENDAR | word_set("yesterday today tomorrow tonight")
_PAST = re.compile(
    r"\b(?:yesterday|previously|(?:last|previous) (?:time|week|month|year|weekend|night|spring|summer|autumn|winter|"
    r"season|visit|occasion|round|term|monday|tuesday|wednesday|thursday|friday|saturday|sunday))\b"
)
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


def dimensions_of(words: Sequence[str]) -> frozenset[str]:
    """Return what the units in a text measure ("mass", "time"); only units behind a number or a slot for one count."""
    found = {_DIMENSIONS.get(stem(word)) for before, word in zip(["", *words], words, strict=False) if is_number(before)}
    return frozenset(name for name in found if name)


def modifiers_of(texts: Collection[Sequence[str]], people: Collection[str]) -> dict[str, frozenset[str]]:
    """Return the words, people's names apart, that stand directly before others in some texts, by the others' stems."""
    found: dict[str, frozenset[str]] = {}
    for words in texts:
        for before, word in zip(words, words[1:], strict=False):
            if before not in people and is_plain(before) and is_plain(word):
                root = stem(word)
                found[root] = found.get(root, frozenset()) | {stem(before)}
    return found


def is_plain(word: str) -> bool:
    """Say whether a word can be a thing's name or what tells it from another of its kind."""
    return word.isalpha() and word not in STOPS and word not in _ANY_NOUN and LIGHT.get(stem(word), 1.0) >= 0.5


def is_about_others(spoken: Sequence[str], people: frozenset[str], own: frozenset[str], days: frozenset[str]) -> bool:
    """Say whether a question is about people or days, and the fragment names only others.

    Args:
        spoken: The question's words in order.
        people: All people of the problem.
        own: The people that the fragment names.
        days: The weekdays and months that the fragment names.
    """
    place = next((place for place, word in enumerate(spoken) if word in people), None) if own else None
    if place is not None and spoken[place] not in own and not {"and", "or"} & set(spoken[place + 1 : place + 3]):
        return True
    asked = CALENDAR.intersection(spoken) if days else frozenset[str]()
    return bool(asked) and not asked & days


def is_of_another(words: Sequence[str], held: Collection[str], people: frozenset[str]) -> bool:
    """Say whether a question asks about a person by a relation that the fragment doesn't name ("Zara's opponent")."""
    return any(
        after in _RELATED_PEOPLE and after not in held and (before in people or before in _POSSESSIVES)
        for before, after in zip(words, words[1:], strict=False)
    )


def days_of(text: str, past: re.Pattern[str] = _PAST_FACT) -> frozenset[str]:
    """Return the days by which a cleaned text places itself: "yesterday", weekdays, and `past` for any past time."""
    days = _DAYS.intersection(text.split())
    return days | {"past"} if past.search(text) else days


def is_at_another_time(text: str, own: frozenset[str]) -> bool:
    """Say whether a question is about another day than the fragment, or about the past where the fragment isn't.

    Args:
        text: The question.
        own: What `days_of` says of the fragment.
    """
    asked = days_of(text, _PAST)
    if "past" in asked and "past" not in own:
        return True
    return bool(asked - {"past"}) and bool(own - {"past"}) and asked.isdisjoint(own)


def names_another(words: Sequence[str], met: Collection[str], modifiers: Mapping[str, frozenset[str]]) -> bool:
    """Say whether the question tells a thing from others of its kind by another word than the fragment does.

    "How heavy is a rose candle?" is not about the lavender candle. Only a word between a determiner and a noun that met
    counts, so that verbs don't.
    """
    for start, word, noun in zip(words, words[1:], words[2:], strict=False):
        if noun in met and word not in met and start in _DETERMINERS and is_plain(word):
            own, root = modifiers.get(stem(noun), frozenset[str]()), stem(word)
            if own and not VERBS & {root, stem(noun)} and not own & {root, *synonyms(root)}:
                return True
    return False


def asks_about_part(words: Sequence[str], met: Collection[str]) -> bool:
    """Say whether a noun that met only tells of what kind another is ("a guitar lesson", "how many soup spoons")."""
    acting = False
    for before, start, word, noun, after in zip(["", *words], words, words[1:], words[2:], [*words[3:], ""], strict=False):
        acting = acting or start in _ACTING
        if start not in _DETERMINERS or word not in met or noun in met or not is_plain(word) or not is_plain(noun):
            continue
        ended = after in _ACTING or after in _COPULAS
        if stem(noun) not in VERBS and (
            (start in _COUNTING and ended) or (acting and stem(after) in VERBS) or (before in ("of", "for") and after == "")
        ):
            return True
    return False


def is_opposite(roots: Collection[str], own: Collection[str]) -> bool:
    """Say whether a question holds the opposite of a word that the fragment holds, and not the word itself."""
    return any(
        not opposite.isdisjoint(own) and root not in own and opposite.isdisjoint(roots)
        for root in roots
        if (opposite := OPPOSITES.get(root))
    )


def has_other_unit(roots: Collection[str], kind: ValueKind, own: frozenset[str]) -> bool:
    """Say whether a question names units, and none that measures what the fragment's value is given in."""
    if kind not in _MEASURED or not own:
        return False
    asked = {_DIMENSIONS[root] for root in roots if root in _DIMENSIONS}
    return bool(asked) and own.isdisjoint(asked)


def is_turned_round(words: Sequence[str], own: Sequence[str]) -> bool:
    """Say whether two wordings share their words, and "you" has changed sides ("has she beaten you", "you beaten her")."""
    if "you" not in words or "you" not in own:
        return False
    after = {stem(word) for word in own[own.index("you") + 1 :] if is_plain(word)}
    before = {stem(word) for word in words[: words.index("you")] if is_plain(word)}
    behind = {stem(word) for word in words[words.index("you") + 1 :] if is_plain(word)}
    return len(after) > 1 and after <= before and not behind & after
