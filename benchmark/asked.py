"""What a question asks for, apart from its words: the kind of value, and whether it is general.

The kind is read from the question words ("how many", "when"), from a few nouns ("percentage", "date") and from units
("how many minutes"). It decides against a fragment only where the two can't meet ("how many" and a date).
"""

import re
from collections.abc import Collection, Sequence
from functools import lru_cache
from typing import Literal, TypeAlias

from askfirst.benchmark.problem import ValueKind
from askfirst.benchmark.vocabulary import word_set
from askfirst.benchmark.words import stem, stem_set

Asked: TypeAlias = Literal[
    "how_many", "how_much", "money", "duration", "when", "clock", "place", "person", "times", "size", "degree", "age",
    "percent", "frequency", "colour", "number", "which", "yesno",
]  # fmt: skip
"""What is asked for; `yesno` is the weakest, since any fact can be asked for by yes or no."""

_NUMERIC: frozenset[ValueKind] = frozenset({"count", "money", "duration", "percent", "ratio", "measure"})
_NUMERIC_OR_DATE: frozenset[ValueKind] = _NUMERIC | frozenset[ValueKind]({"date"})

AGREES: dict[Asked, frozenset[ValueKind]] = {
    "how_many": frozenset({"count"}),
    "how_much": frozenset({"money", "measure"}),
    "money": frozenset({"money"}),
    "duration": frozenset({"duration"}),
    "when": frozenset({"date"}),
    "clock": frozenset({"date", "text"}),
    "place": frozenset({"text", "choice"}),
    "person": frozenset({"text", "choice", "list"}),
    "times": frozenset({"count", "ratio"}),
    "size": frozenset({"measure"}),
    "degree": frozenset({"measure"}),
    "age": frozenset({"duration"}),
    "percent": frozenset({"percent", "ratio"}),
    "frequency": frozenset({"count"}),
    "colour": frozenset({"choice", "text"}),
    "number": frozenset({"count"}),
    "which": frozenset({"text", "choice", "list", "date"}),
    "yesno": frozenset({"yesno"}),
}
"""Kinds of values that answer plainly."""

CLASHES: dict[Asked, frozenset[ValueKind]] = {
    "how_many": frozenset({"money", "date", "yesno", "text", "duration"}),
    "how_much": frozenset({"date", "yesno", "text", "list"}),
    "money": frozenset({"count", "duration", "date", "yesno", "text", "choice", "list", "measure"}),
    "duration": frozenset({"count", "money", "percent", "yesno", "list", "text", "choice"}),
    "when": frozenset({"count", "money", "percent", "ratio", "measure", "list"}),
    "clock": frozenset({"count", "money", "percent", "ratio", "measure", "list", "yesno"}),
    "place": _NUMERIC_OR_DATE,
    "person": _NUMERIC_OR_DATE,
    "times": frozenset({"money", "date", "yesno", "text", "list"}),
    "size": frozenset({"count", "money", "date", "list", "text", "choice", "yesno"}),
    "degree": frozenset({"count", "money", "date", "list", "text"}),
    "age": frozenset({"count", "money", "percent", "yesno", "list", "choice", "text"}),
    "percent": frozenset({"date", "duration", "text", "list", "yesno", "choice", "measure"}),
    "frequency": frozenset({"money", "date", "percent"}),
    "colour": _NUMERIC_OR_DATE | frozenset[ValueKind]({"yesno"}),
    "number": frozenset({"money", "date", "yesno"}),
    "which": frozenset(),
    "yesno": frozenset(),
}
"""Kinds of values that can't be what was asked for."""

UNLIKELY: dict[Asked, frozenset[ValueKind]] = {
    "how_many": frozenset({"measure", "choice"}),
    "money": frozenset({"percent"}),
    "when": frozenset({"duration", "yesno"}),
    "which": frozenset({"count", "percent", "ratio", "yesno"}),
}
"""Kinds of values that rarely answer."""

_IMPLIED: dict[Asked, str] = {
    "how_many": "number count quantity amount size",
    "number": "number count quantity amount size",
    "how_much": "amount price cost level contents quantity weight length height width sum",
    "money": "price cost amount fee",
    "duration": "duration time length hours minutes age days",
    "when": "date day time start deadline",
    "clock": "time hour start",
    "place": "place location address position",
    "person": "name person",
    "times": "number times ratio frequency count",
    "size": "size length distance speed height width depth",
    "degree": "level amount size",
    "age": "age years",
    "which": "name title kind type sort model choice",
    "percent": "percentage percent share fraction proportion rate part discount",
    "frequency": "frequency number count",
    "colour": "color",
}
IMPLIES = {kind: frozenset(stem(word) for word in word_set(words)) for kind, words in _IMPLIED.items()}
"""Stems of nouns that the question word says already: "how much is a ticket" asks for a price."""

WEAK: frozenset[Asked] = frozenset({"yesno", "which", "number"})
"""What any question can ask for, so that asking alike says little."""

MEASURES = stem_set("number amount count quantity fraction share percentage percent ratio proportion")
"""Stems of nouns that say how a value is written rather than what it is."""

_BY_WORD: dict[str, Asked] = {
    "how_many": "how_many", "how_much": "how_much", "how_very": "degree", "how_long": "duration", "how_far": "size",
    "how_fast": "size", "how_often": "frequency", "how_old": "age", "how_many_times": "times", "what_time": "clock",
    "when": "when", "where": "place", "who": "person", "whom": "person",
}  # fmt: skip
_KINDS: tuple[tuple[str, Asked], ...] = (
    ("number quantity count", "number"),
    ("price cost fee $ € £", "money"),
    ("duration", "duration"),
    ("date", "when"),
    ("percent percentage proportion fraction %", "percent"),
    ("age", "age"),
    ("color", "colour"),
)
_BY_STEM: dict[str, Asked] = {root: kind for words, kind in _KINDS for root in stem_set(words)}
_SPENDING = stem_set("cost pay charge spend earn sell worth rent price fee budget owe save")
_PAYING = stem_set("cost pay charge")
_NIGHTS = stem_set("night")
TIME_UNITS = stem_set("second minute hour day week month year winter summer spring autumn season decade century")
MONEY_UNITS = stem_set("dollar euro cent pound")
MEASURE_UNITS = stem_set(
    "kilometer meter mile liter gallon gram kilogram pound degree centimeter millimeter ounce watt volt acre hectare "
    "inch foot yard cup tablespoon teaspoon"
)
_LEADS = word_set("what which how why whose")
_LEADING: frozenset[Asked | None] = frozenset({"when", "place", "person"})
"""Asked for by words that ask only where they lead ("What is your pulse when you rest?")."""
_AUXILIARIES = word_set(
    "is are was were do does did has have had can could will would should may might am any whether if"
)

_INFO = (
    r"(?:info(?:rmation)?|details?|context|data|specifics|facts?|background|clarifications?|clues?|hints?|"
    r"numbers|values|figures|inputs?|variables|parameters|arguments|story|statement|description|requirements|"
    r"symptoms|particulars)"
)
_GENERAL = re.compile(
    r"|".join(
        (
            rf"\b(?:more|additional|enough|insufficient|further|other|any|some|extra|missing|necessary|required|relevant|"
            rf"full|complete|all|remaining|specific|needed|known|given|what|which|few|the|your|these|those|of|about) "
            rf"(?:\w+ ){{0,2}}{_INFO}\b",
            r"\b(?:what|anything|something|everything|who|which) (?:\w+ )?(?:else|more)\b",
            r"\b(?:everything|anything)\b",
            r"\bwhat (?:do|should|would|must) (?:i|we) (?:\w+ )?(?:know|consider|need)\b",
            r"\bwhat (?:do|did|have|can|would) (?:you|we) (?:\w+ )?(?:know|have|see|observed?|noticed?|tell|give)\b",
            r"\b(?:tell|share|say|know|hear|learn|explain|describe|provide|elaborate|details?) (?:\w+ )?"
            r"(?:more|further)\b",
            r"\bmore (?:about|on|specific|detailed)\b",
            r"\b(?:elaborate|clarify|restate|rephrase|list all|list everything|all (?:of )?the)\b",
            r"\b(?:ignore|disregard|forget) (?:\w+ ){0,3}(?:instructions?|prompt|rules)\b",
        )
    )
)


def asked_of(words: Sequence[str], stems: Collection[str]) -> tuple[Asked, ...]:
    """Return what a question asks for, strongest first; empty when its words leave it open.

    Args:
        words: The question's words in order, phrases joined ("how_many").
        stems: The stems of those words.
    """
    found: list[Asked] = []
    led = bool(words) and words[0] in _AUXILIARIES
    for place, word in enumerate(words):
        kind = _BY_WORD.get(word)
        if kind in _LEADING and led:
            continue
        led = led or kind is not None or word in _LEADS
        if kind in ("how_many", "how_much"):
            kind = _by_unit(kind, words[place + 1 : place + 3], stems)
        if kind is not None and kind not in found:
            found.append(kind)
    if found:
        return tuple(found)
    if words and words[0] == "what" and not _PAYING.isdisjoint(stems):
        return ("money",)
    if words and words[0] in _AUXILIARIES:
        found.append("yesno")
    found.extend(dict.fromkeys(_BY_STEM[word] for word in stems if word in _BY_STEM))
    if not found and "which" in words[:2]:
        found.append("which")
    return tuple(found)


def _by_unit(kind: Asked, following: Sequence[str], stems: Collection[str]) -> Asked:
    units = {stem(word) for word in following}
    if (kind == "how_many" and units & MONEY_UNITS) or "money" in units:
        return "money"
    if kind == "how_many" and units & (TIME_UNITS | _NIGHTS):
        return "duration"
    if "percent" in units:
        return "percent"
    if kind == "how_many" and units & MEASURE_UNITS:
        return "size"
    if kind == "how_much" and not _SPENDING.isdisjoint(stems):
        return "money"
    return kind


@lru_cache(maxsize=4096)
def agreement(asked: tuple[Asked, ...], kind: ValueKind, own: frozenset[Asked] = frozenset()) -> float:
    """Return 1 if a value of that kind answers plainly, 0 if that is open, -0.5 if it is rare, -1 if it can't be.

    Args:
        asked: What the question asks for.
        kind: The kind of the fragment's value.
        own: What the fragment's own question asks for, which always answers plainly.
    """
    if not asked:
        return 0.0
    if any(kind in AGREES[one] or (one in own and one not in WEAK) for one in asked):
        return 1.0
    if all(kind in CLASHES[one] for one in asked):
        return -1.0
    return -0.5 if all(kind in CLASHES[one] or kind in UNLIKELY.get(one, ()) for one in asked) else 0.0


_ALIKE: tuple[frozenset[Asked], ...] = (
    frozenset({"person"}), frozenset({"place"}), frozenset({"when", "clock"}), frozenset({"money", "how_much"}),
    frozenset({"duration", "age"}), frozenset({"colour"}), frozenset({"percent"}),
    frozenset({"size", "degree", "how_much"}),
    frozenset({"how_many", "number", "times", "frequency"}),
)  # fmt: skip


_GROUPS: dict[Asked, frozenset[int]] = {
    kind: frozenset(place for place, kinds in enumerate(_ALIKE) if kind in kinds) for kind in AGREES
}


@lru_cache(maxsize=4096)
def asks_other(asked: tuple[Asked, ...], own: frozenset[Asked]) -> bool:
    """Say whether a question asks for another kind of value than the fragment's own question, both of them plainly."""
    if not asked or not own:
        return False
    mine = frozenset[int]().union(*(_GROUPS[kind] for kind in asked))
    return (
        bool(mine)
        and mine.isdisjoint(theirs := frozenset[int]().union(*(_GROUPS[kind] for kind in own)))
        and bool(theirs)
    )


def is_general(text: str) -> bool:
    """Say whether a cleaned question asks for information as such ("any more details", "what else")."""
    return _GENERAL.search(text) is not None
