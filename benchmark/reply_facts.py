"""What an act says of its fragment, in the parts that any wording keeps: quantities, option words, denial, bounds.

The act's text is what counts, not the fragment's value: a persona may have the user say something else.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from askfirst.benchmark.problem import Fragment, Value, ValueKind
from askfirst.benchmark.reply_text import ORDINALS, Clause, Quantity, read_clauses, read_quantities, stems_of, words_in
from askfirst.benchmark.reply_vocabulary import FREE, FUNCTION_STEMS, FUNCTION_WORDS
from askfirst.benchmark.words import related, stem, synonyms

LOOSE_SHARE = 0.5
"""The least share of a text's own words that a reply keeps where no single word is the value."""

_BOUND = {
    "least": r"at least|or more|or (?:longer|later|after|higher|above|up|over)|no less than|no fewer than|not less than"
    r"|not before|nothing before|no earlier|not earlier|at the earliest|earliest|minimum|and (?:up|above|more)"
    r"|from [^.;]{0,40}? on(?:wards?)?\b|from [^.;]{0,30} upwards?|starting (?:from|on|at)|lowest",
    "most": r"at (?:the )?most|or (?:less|fewer|below|under|shorter|earlier|before)|no more than|not more than|up to"
    r"|not (?:higher|longer|later) than|no later|no longer than|at the latest|latest|maximum|as (?:high|far) as"
    r"|at the highest|highest|greatest|limit",
    "more": r"(?<!no )(?<!not )(?<!or )(?:more|over|above|longer|later) than|\bover (?=[0-9])|exceed\w*",
    "less": r"(?<!no )(?<!not )(?:fewer|less|under|below|shorter) than|\bunder (?=[0-9])",
    "about": r"(?:about|around|roughly|approximately|nearly|almost|circa|some|approx\.?|maybe|perhaps|probably)"
    r"(?= (?:an? |the )?(?:[0-9$\u20ac\u00a3]|@c|one\b|two\b|three\b|four\b|five\b|six\b|seven\b|eight\b|nine\b|ten\b"
    r"|eleven\b|twelve\b|dozen\b|\w+teen\b|\w+ty\b|hundred\b|thousand\b))|\bor so\b|more or less|-ish\b",
}
_BOUNDS = {name: re.compile(rf"\b(?:{pattern})", re.IGNORECASE) for name, pattern in _BOUND.items()}
_DENIED = {"more": "most", "less": "least"}
"""What a bound is where it is denied: "can't take longer than"."""
_NO_MORE_NO_LESS = re.compile(r"\bno more,? (?:and|or|but)? ?no (?:less|fewer)\b", re.IGNORECASE)
_MAY = re.compile(r"\b(?:may|can|could|might)\b", re.IGNORECASE)

ORDINAL_STEMS = frozenset(map(stem, ORDINALS))
SAME = {stem(word): stem(other) for word, other in (("shut", "closed"), ("closed", "shut"), ("left", "leave"))}
"""Option words that may stand for each other."""

_EACH = re.compile(r"\b(?:each|per|every|everyone|single|apiece|any one)\b", re.IGNORECASE)
_TOGETHER = re.compile(
    r"\b(?:together|whole|entire|all in all|in total|altogether|all told|overall|combined|in all(?=[,.;:!?]|$))\b",
    re.IGNORECASE,
)

_RATE = re.compile(
    r"\b(?:a|an|per|each|every|once an?) (minute|hour|day|night|week|month|year)\b"
    r"|\b(hourly|daily|nightly|weekly|monthly|yearly|annually)\b",
    re.IGNORECASE,
)
_ALL = re.compile(r"\ball (?:my|the|our|your|his|her|their|of)\b", re.IGNORECASE)

_NEGATION = re.compile(
    r"\b(?:not|no|never|none|nobody|nothing|neither|nor|without|hardly|lacks?|lacking|fails?|unless|except"
    r"|(?:is|are) out|(?:leaves?|left) out|omit\w*)\b",
    re.IGNORECASE,
)
_NO_NEGATION = re.compile(
    r"\b(?:no|not|nothing|none) "
    r"(?:(?:more|less|fewer|longer|later|earlier|higher) than|before|only|just|matter|doubt|problem)\b"
    r"|^no$|\bnothing but\b|\bor nothing\b|\bno,|\bwhy not\b",
    re.IGNORECASE,
)
_QUOTED = re.compile(
    r"`([^`]{1,200})`|[\"\u201c\u201d]([^\"\u201c\u201d]{1,200})[\"\u201c\u201d]|(?<!\w)'([^']{1,80})'(?!\w)"
)


@dataclass(frozen=True, slots=True)
class Fact:
    """What has to be kept of one act, and what else its fragment could have said."""

    id: str
    text: str
    stems: frozenset[str]
    """Of all its words that are no mere function words."""
    topic: frozenset[str]
    """Of the words of its plainest question."""
    quantities: tuple[Quantity, ...]
    phrases: tuple[str, ...]
    """What stands in quotes: it is kept as it is."""
    words: frozenset[str]
    """Stems that a reply keeps, or their synonyms."""
    share: float
    """The least share of `words` that is kept, in [0, 1]."""
    denies: bool
    """It denies what it is asked for; a question that denies already is none of these."""
    neutral: bool
    """Its question denies something, so that a denial in the reply says nothing."""
    yesno: bool
    bounds: frozenset[str]
    others: tuple[frozenset[str], ...]
    """Of each other value of its fragment: the stems that belong to it alone."""

    @property
    def own(self) -> frozenset[str]:
        """Stems by which a clause shows that it speaks of this fact."""
        return self.stems | self.topic


def content_stems(text: str) -> frozenset[str]:
    """Return the stems of a text's words that are no function words."""
    return frozenset(stem(word) for word in words_in(text) if word not in FUNCTION_WORDS and len(word) > 1)


class Asked(NamedTuple):
    """What of a fragment says how its text is to be read: hashable, so that no text is read twice."""

    id: str
    question: str
    kind: ValueKind
    value: Value
    domain: tuple[Value, ...]


def read_fact(text: str, fragment: Fragment) -> Fact:
    """Read what an act says of a fragment."""
    asked = Asked(fragment.id, fragment.question, fragment.kind, fragment.value, fragment.domain)
    return _read_fact(text, asked)


@lru_cache(maxsize=4096)
def _read_fact(text: str, fragment: Asked) -> Fact:
    asked = content_stems(fragment.question)
    own = content_stems(text)
    yesno = fragment.kind == "yesno"
    neutral = is_negated(fragment.question)
    denies = is_negated(text) and not neutral
    words, share = _kept_words(text, fragment, denies)
    return Fact(
        id=fragment.id,
        text=text,
        stems=own,
        topic=asked,
        quantities=_own_quantities(text, fragment),
        phrases=quoted(text),
        words=words,
        share=share,
        denies=denies,
        neutral=neutral,
        yesno=yesno,
        bounds=frozenset(bound for clause in read_clauses(text) for bound in bounds_of(clause.text)),
        others=tuple(_other_values(text, fragment)),
    )


def _kept_words(text: str, fragment: Asked, denies: bool) -> tuple[frozenset[str], float]:
    """Return which words a wording keeps, and how large a share of them."""
    if fragment.kind == "yesno":
        if denies or fragment.value is True:
            return frozenset(), 1.0
        return _apart(text, fragment), 1.0
    value = stems_of(str(fragment.value)) - ORDINAL_STEMS if isinstance(fragment.value, str) else frozenset[str]()
    if value and fragment.domain and value <= stems_of(text):
        kept = value - FUNCTION_STEMS
        return kept if kept or read_quantities(str(fragment.value)) else value, 1.0
    if _own_quantities(text, fragment):
        return frozenset(), 1.0
    return _apart(text, fragment) - FREE, LOOSE_SHARE


def _own_quantities(text: str, fragment: Asked) -> tuple[Quantity, ...]:
    """Return the quantities of a text that its question does not hold, weak ones only where they are all there is."""
    asked = read_quantities(fragment.question)
    own = tuple(one for one in read_quantities(text) if not any(one.meets(other) for other in asked))
    value = () if isinstance(fragment.value, bool | tuple) else read_quantities(str(fragment.value))
    held = tuple(one for one in own if any(one.meets(other) for other in value))
    if held or fragment.kind == "yesno" or _says_value(text, fragment):
        return held
    return tuple(one for one in own if not one.weak)


def _says_value(text: str, fragment: Asked) -> bool:
    value = fragment.value
    return (
        isinstance(value, str) and bool(fragment.domain) and bool(stems_of(value)) and stems_of(value) <= stems_of(text)
    )


def _apart(text: str, fragment: Asked) -> frozenset[str]:
    """Return the words of a text that its question does not hold."""
    asked = fragment.question if fragment.domain else ""
    apart = content_stems(text) - content_stems(asked)
    if apart or fragment.kind != "yesno":
        return apart
    return frozenset(map(stem, words_in(text))) - frozenset(map(stem, words_in(asked)))


def _other_values(text: str, fragment: Asked) -> Iterable[frozenset[str]]:
    said = stems_of(text)
    for value in fragment.domain:
        if isinstance(value, str) and value != fragment.value:
            apart = content_stems(value) - said
            if apart:
                yield apart


def quoted(text: str) -> tuple[str, ...]:
    """Return what a text puts in quotes."""
    return tuple(next(part for part in parts if part) for parts in _QUOTED.findall(text))


def is_negated(text: str) -> bool:
    """Say whether a text denies something; "no more than" and a leading "No," deny nothing."""
    return negations_in(text) > 0


def negations_in(text: str) -> int:
    """Return how often a text denies something."""
    plain = " ".join(text.replace("n't", " not").replace("cannot", "not").split())
    return len(_NEGATION.findall(_NO_NEGATION.sub(" ", plain)))


def bounds_of(text: str) -> frozenset[str]:
    """Return which bounds a text puts on its quantities."""
    plain = _NO_MORE_NO_LESS.sub(" ", text)
    found = frozenset(name for name, pattern in _BOUNDS.items() if pattern.search(plain))
    if is_negated(plain):
        return frozenset(_DENIED.get(name, name) for name in found)
    return found


def allows_limit(text: str) -> bool:
    """Say whether "at most" adds nothing to a text: what may be is no more than a limit."""
    return _MAY.search(text) is not None


def rates_of(text: str) -> frozenset[str]:
    """Return how often a text says that something happens, in its units: "a day" and "daily" are one."""
    words = (first or second for first, second in _RATE.findall(text))
    return frozenset(word.lower().replace("daily", "day").removesuffix("ly") for word in words)


def is_each(text: str) -> bool:
    """Say whether a text speaks of each of several things."""
    return _EACH.search(text) is not None


def is_of_all(text: str) -> bool:
    """Say whether a text speaks of all of several things at once."""
    return is_together(text) or _ALL.search(text) is not None


def is_together(text: str) -> bool:
    """Say whether a text speaks of several things as one."""
    return _TOGETHER.search(text) is not None


def is_said(root: str, stems: frozenset[str]) -> bool:
    """Say whether a stem, a synonym or another word of its family is among some stems."""
    return is_kept(root, stems) or not synonyms(root).isdisjoint(stems)


def is_kept(root: str, stems: frozenset[str]) -> bool:
    """Say whether a stem or another word of its family is among some stems."""
    if root in stems or SAME.get(root) in stems:
        return True
    return any(root[:3] == other[:3] and (related(root, other) or _is_form(root, other)) for other in stems)


def _is_form(root: str, other: str) -> bool:
    """Say whether two stems are one short word in two forms ("dri" and "dry")."""
    if min(len(root), len(other)) < 3:
        return False
    short, long = sorted((root, other), key=len)
    return root.rstrip("aeiy") == other.rstrip("aeiy") or (len(short) > 3 and long[len(short) :] in ("ing", "er", "n"))


def speaks_of(clause: Clause, fact: Fact, among: Iterable[Fact]) -> int:
    """Return how many words of a clause belong to a fact and to none of some others."""
    shared = frozenset(root for other in among if other.id != fact.id for root in other.own)
    return len((clause.stems & fact.own) - shared - FREE)


def tells(clause: Clause, fact: Fact) -> bool:
    """Say whether a clause holds the value of a fact."""
    if any(own.meets(said) for own in fact.quantities for said in clause.quantities):
        return True
    return bool(fact.words) and all(is_kept(root, clause.stems) for root in fact.words)
