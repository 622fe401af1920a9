"""Which fragments a question targets: deterministic, from words and kinds of values alone.

A question and a fragment are compared twice: how much of the question the fragment explains, and how much of one of the
fragment's names (its question, its aliases) the question holds. A word weighs what it tells apart: one that stands in
every fragment weighs almost nothing. The goal runs as a rival, so that a question which only repeats it targets
nothing. What a value is never decides, except between fragments that are equally good ("Is the price $4?").
"""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from pydantic import Field, model_validator

from askfirst.benchmark import vocabulary
from askfirst.benchmark.asked import IMPLIES, Asked, agreement, asked_of, is_general
from askfirst.benchmark.fragment_index import (
    ABSENT,
    CALENDAR,
    LEAST_ABSENT,
    ONLY_GOAL,
    REQUESTED,
    SYNONYM,
    TOPIC,
    UNKNOWN,
    VERB,
    Entry,
    FragmentIndex,
    content,
    index_fragments,
    naming,
    rarity,
)
from askfirst.benchmark.problem import Frozen
from askfirst.benchmark.words import LIGHT, VERBS, clean, is_number, stem, words_of

__all__ = ["MATCHER_IDENTITY", "FragmentIndex", "Match", "index_fragments", "match_question"]

VERSION = 1
"""Goes up whenever a match could change for another reason than a word list."""

QUESTION_SHARE = 0.6
"""What the question's side counts in the score; the name's side has the rest."""
AGREEMENT = 0.08
"""What it adds when the value's kind is the one asked for."""
RARE = 0.24
"""What it takes away, times -0.5, when a value of that kind rarely answers."""
OTHERS = 0.6
"""What is left of the score of a fragment about other people or days than the question's."""
PERSON = 0.8
"""What a person's name counts against a fragment that names other people."""
ACCEPTED = 0.62
"""The least score of a target."""
EXPLAINED = 0.48
"""The least share of a question that its target explains."""
EVIDENCE = 0.3
"""The least weight of the words that met, unless they are nearly all there is: less tells nothing apart."""
ALL = 0.75
"""From here on nearly all of a question is explained."""
SAME = 0.04
"""What it adds when the fragment's own question asks by the same question word."""
HEADLESS = 0.12
"""What it costs when the noun that a fragment's names are built around was not said."""
CHOICES = 0.6
"""What naming two of a fragment's options counts, as a share of a name."""
SAID_GOAL = 0.9
"""From here on a question that says most of the goal repeats it, whatever fragments its words fit."""
LEFTOVER = 0.3
"""What it costs when both sides speak of something that the other does not."""
NEAR = 0.22
"""How much less of its name a fragment may show that is as good as the best."""
STANDS_OUT = 0.95
"""From here on a name was said in full, and the best stands alone."""
FOCUS = 0.7
"""What an unknown word weighs more where it is what is asked for ("what colour")."""
HEAD = 0.5
"""The least that a known word weighs where it is what is asked for ("how many people")."""
MOST_PIECES = 12
"""Into how many pieces a compound question is cut at most."""

_COURTESY = frozenset(
    """
    please kindly also just and but so could can would will might you i we d ll m to me us like love be happy glad
    grateful appreciate it need want require have know still tell provide let specify clarify confirm remind
    inform indicate supply help ask asking if whether about with on sure thanks thank sorry mind telling giving sharing
    providing knowing may understand learn out okay ok great hello hi again bother for that do help helpful am
    """.split()
)
_REQUESTS = frozenset("give share list get find see check".split())
_BY_KIND = frozenset[Asked](
    ("when", "clock", "person", "place", "money", "how_many", "how_much", "duration", "percent")
)
_FOCUS_LEADS = frozenset("what which how_many how_much how_very".split())
_OPENERS = frozenset("what which is are was were the a an his her their its my your of number quantity how".split())
_PHRASE_ENDS = frozenset(
    "of in on at by for with about to from per each that who which is are was were be been do does did has have had can "
    "could will would should may might there and".split()
)
_PURPOSE = re.compile(
    r"^(?:in order )?to (?:find|solve|answer|calculate|determine|compute|figure|help|work|tell|get|give|complete|know|"
    r"proceed|provide|book|do)\b[^,:?]*[,:] (?=\S+ \S+)|"
    r",? (?:so (?:that )?(?:i|we)\b|in order to|before (?:i|we)\b|to (?:calculate|solve|answer|determine|compute|figure|"
    r"proceed)\b|and (?:i'll|i will|then i)\b).*$|"
    r",? ?(?:and )?if (?:so|any|yes),?"
)
_SEPARATOR = re.compile(r"[,;?!/&:]|\.(?=\s|$)|\b(?:and|plus|as well as|along with)\b")


class Match(Frozen):
    """What a question targets, and why."""

    kind: Literal["targeted", "general", "unanswerable"]
    """`general` asks for information as such; `unanswerable` for something that no fragment holds."""
    targets: tuple[str, ...] = ()
    """Fragment ids in the problem's order; non-empty exactly when `kind` is `targeted`."""
    confidence: float = Field(ge=0, le=1)
    """How much of the question and of the weakest target's name met, in [0, 1]: 1 is word for word, `ACCEPTED` the
    least. Without a target, 1 minus the best fragment's score. It orders matches; it is no probability."""
    why: str
    """For people: the words that met and the value kind that agreed."""

    @model_validator(mode="after")
    def _check(self) -> "Match":
        if bool(self.targets) != (self.kind == "targeted"):
            raise ValueError(f"targets {self.targets!r} don't fit kind {self.kind!r}")
        return self


@dataclass(frozen=True, slots=True)
class _Piece:
    """A question, or one piece of a compound one."""

    words: Sequence[str]
    content: Sequence[tuple[str, str]]
    asked: tuple[Asked, ...]


@dataclass(frozen=True, slots=True)
class _Found:
    """How well an entry fits a piece."""

    place: int
    score: float
    explained: float
    """Share of the question's weight that the entry holds, in [0, 1]."""
    named: float
    """Share of the best name's weight that the question holds, in [0, 1]."""
    evidence: float
    """Weight of the question's words that met."""
    met: tuple[str, ...]
    agreed: bool


def match_question(question: str, index: FragmentIndex) -> Match:
    """Say which fragments one atomic question targets.

    Fragments that fit equally well ("the price", where there are two) are all targeted. What comes after the first
    `MAX_CHARACTERS` characters of a question is not read.

    Args:
        question: The question as it was cut from a message; a noun phrase will do ("number of boxes").
        index: The problem's fragments.
    """
    text = clean(question)
    words = words_of(text)
    for said in (words, _piece(words).words):
        if (places := index.exact.get(naming(said))) is not None:
            return _targeted(index, {place: 1.0 for place in places}, ["word for word"])
    text = _PURPOSE.sub(" ", text).strip()
    pieces = [piece for part in _SEPARATOR.split(text, MOST_PIECES) if (piece := _piece(words_of(part))).words]
    whole = _piece(words_of(text))
    general = is_general(text)
    fits = _fits(whole, (), index)
    best = _choose(whole, fits, index, general)
    goal, top = _rivals(fits, index)
    said = goal is not None and top is not None and _says_goal(goal, top)
    several = sum(map(_asks, pieces)) > 1
    if len(pieces) > 1 and not (_repeats_goal(fits, _asks(whole), index) and (said or not several)):
        best = _better(best, _choose_each(pieces, index, general), whole, pieces)
    if best:
        scores = {one.place: one.score for one in best}
        return _targeted(index, scores, _reasons(best, whole.asked, index))
    doubt = round(1 - min(1.0, max(0.0, top.score if top else 0.0)), 3)
    if general:
        return Match(kind="general", confidence=doubt, why="asks for information as such")
    words = ", ".join(dict.fromkeys(word for word, _ in whole.content)) or "no words"
    return Match(kind="unanswerable", confidence=doubt, why=f"no fragment holds what it asks for: {words}"[:200])


def _better(best: list[_Found], each: list[_Found], whole: _Piece, pieces: Sequence[_Piece]) -> list[_Found]:
    """Choose between what a question targets as a whole and what its pieces target one by one."""
    if not each or not best:
        return each or best
    several = sum(map(_asks, pieces)) > 1
    in_full = len(each) > 1 and all(one.named >= STANDS_OUT for one in each)
    return each if several or in_full or len(best[0].met) < len(dict.fromkeys(whole.content)) else best


def _rivals(fits: Sequence[_Found], index: FragmentIndex) -> tuple[_Found | None, _Found | None]:
    """Return how the goal and how the best fragment fits."""
    goal = next((one for one in fits if one.place == index.size), None)
    return goal, next((one for one in fits if one.place < index.size), None)


def _says_goal(goal: _Found, best: _Found) -> bool:
    """Say whether a question says the goal nearly in full, which no fragment explains."""
    return goal.explained >= SAID_GOAL and goal.named >= ALL > best.explained


def _repeats_goal(fits: Sequence[_Found], asks: bool, index: FragmentIndex) -> bool:
    """Say whether a question is explained best by the goal."""
    goal, best = _rivals(fits, index)
    if goal is None:
        return False
    if best is None or _says_goal(goal, best):
        return True
    if index.request and (goal.named < ALL or (asks and any(entry.argument for entry in index.entries))):
        return False
    return goal.explained >= best.explained - 1e-9 and goal.score >= best.score


def _asks(piece: _Piece) -> bool:
    """Say whether a piece is a question of its own."""
    return bool(piece.asked) or bool(piece.words and piece.words[0] in _FOCUS_LEADS)


def _targeted(index: FragmentIndex, scores: Mapping[int, float], reasons: Sequence[str]) -> Match:
    places = sorted(scores)
    return Match(
        kind="targeted",
        targets=tuple(index.entries[place].id for place in places),
        confidence=round(min(1.0, *scores.values(), 1.0), 3),
        why="; ".join(reasons),
    )


def _reasons(found: Sequence[_Found], asked: Sequence[Asked], index: FragmentIndex) -> list[str]:
    words = dict.fromkeys(word for one in found for word in one.met)
    kinds = dict.fromkeys(index.entries[one.place].kind for one in found if one.agreed)
    return [", ".join(words) or "no word", *(f"asks {kind}" for kind in kinds)]


def _piece(words: Sequence[str]) -> _Piece:
    """Take courtesy off the front, and read what is asked for."""
    start = 0
    while start < len(words) and (
        words[start] in _COURTESY
        or (words[start] in _REQUESTS and (start > 0 or words[1:2] in (["me"], ["us"], ["the"], ["your"])))
    ):
        start += 1
    rest = words[start:]
    kept = content(rest)
    lead = words if start == 0 or words[0] not in ("could", "can", "would", "will", "please", "i") else rest
    return _Piece(rest, kept, asked_of(lead, [stem(word) for word in rest]))


def _choose_each(pieces: Sequence[_Piece], index: FragmentIndex, general: bool) -> list[_Found]:
    """Choose for each piece of a compound question; what a piece leaves out ("the price and number of tickets") comes
    from its neighbours."""
    chosen: dict[int, _Found] = {}
    for place, piece in enumerate(pieces):
        if (exact := index.exact.get(naming(piece.words))) is not None:
            chosen |= {one: _Found(one, 1.0, 1.0, 1.0, 1.0, tuple(piece.words), False) for one in exact}
            continue
        near = [other for other in (*pieces[max(0, place - 1) : place], *pieces[place + 1 : place + 2])]
        asked = piece.asked or next((other.asked for other in near if other.asked), ())
        context = [pair for other in near for pair in other.content]
        if index.people & {word for word, _ in piece.content}:
            context = [pair for pair in context if pair[0] not in index.people]
        own = _Piece(piece.words, piece.content, asked)
        if not piece.content:
            if lone := _only_argument(piece, index):
                chosen |= {one.place: one for one in lone}
                continue
            if piece.asked and place > 0:
                own = _Piece(piece.words, pieces[place - 1].content, asked)
            else:
                continue
        picked = _choose(own, _fits(own, (), index), index, general)
        if not picked or picked[0].named < ALL:
            picked = _choose(own, _fits(own, context, index), index, general) or picked
        for one in picked:
            if one.place not in chosen or chosen[one.place].score < one.score:
                chosen[one.place] = one
    return list(chosen.values())


def _choose(piece: _Piece, fits: Sequence[_Found], index: FragmentIndex, general: bool) -> list[_Found]:
    """Return the fits of the fragments that a piece targets, the best first; empty when there are none."""
    goal = next((one for one in fits if one.place == index.size), None)
    repeats = _repeats_goal(fits, _asks(piece), index)
    fits = [
        one
        for one in fits
        if one.place < index.size and one.explained >= EXPLAINED and (one.evidence >= EVIDENCE or one.explained >= ALL)
    ]
    if not fits or fits[0].score < ACCEPTED:
        return [] if general else _only_argument(piece, index)
    best = fits[0]
    if repeats or (general and _is_loose(best, goal)):
        return []
    equals = [
        one
        for one in fits
        if one is best
        or (
            best.named < STANDS_OUT
            and one.met == best.met
            and one.explained >= best.explained - 1e-9
            and one.agreed == best.agreed
            and one.named >= best.named - NEAR
        )
    ]
    if len(equals) > 1:
        numbers = {word for word in piece.words if is_number(word)}
        quoted = [one for one in equals if numbers & index.entries[one.place].values]
        if len(quoted) == 1:
            return quoted
        if general:
            return []
    return equals


def _is_loose(best: _Found, goal: _Found | None) -> bool:
    """Say whether a general question meets a fragment in nothing but the goal's words and light ones."""
    said = set(goal.met) if goal else set[str]()
    return all(word in said or LIGHT.get(stem(word), 1.0) <= REQUESTED for word in best.met)


def _only_argument(piece: _Piece, index: FragmentIndex) -> list[_Found]:
    """Return the one argument of a requested call that is of the kind asked for, where a question says no more than the
    request did ("When should the transfer be made?")."""
    known = [root for _, root in piece.content if root in index.request]
    if (
        not (known or not piece.content)
        or not piece.asked
        or not _BY_KIND.issuperset(piece.asked)
        or any(root not in index.request and LIGHT.get(root, 1.0) > HEAD for _, root in piece.content)
    ):
        return []
    arguments = [(place, entry) for place, entry in enumerate(index.entries) if entry.argument]
    for fitting in (
        [place for place, entry in arguments if not entry.asked.isdisjoint(piece.asked) and piece.asked != ("yesno",)],
        [place for place, entry in arguments if agreement(piece.asked, entry.kind) > 0 and piece.asked != ("yesno",)],
    ):
        if len(fitting) == 1:
            return [_Found(fitting[0], ACCEPTED, ACCEPTED, 0.0, 0.0, (), True)]
    return []


def _fits(piece: _Piece, context: Sequence[tuple[str, str]], index: FragmentIndex) -> list[_Found]:
    """Compare a piece with every fragment and with the goal; those that can't be meant are left out."""
    hits: dict[str, float] = {}
    words: list[tuple[str, float, float, Mapping[int, float]]] = []
    focus = _focus(piece.words)
    for word, root in dict.fromkeys(piece.content):
        best: dict[int, float] = {}
        for other, share in index.meets(word, root):
            hits[other] = max(hits.get(other, 0.0), share)
            for place, strength in index.holders.get(other, ()):
                best[place] = max(best.get(place, 0.0), share * strength)
        words.append((word, *_weights(word, root, best, index, word in focus), best))
    for word, root in context:
        for other, share in index.meets(word, root):
            hits.setdefault(other, share)
    implied = frozenset[str]().union(*(IMPLIES.get(one, ()) for one in piece.asked))
    found = [
        one
        for place in {place for *_, best in words for place in best}
        if (one := _fit(place, piece, words, hits, implied, index)) is not None
    ]
    return sorted(found, key=lambda one: (-one.score, one.place))


def _fit(
    place: int,
    piece: _Piece,
    words: Sequence[tuple[str, float, float, Mapping[int, float]]],
    hits: Mapping[str, float],
    implied: frozenset[str],
    index: FragmentIndex,
) -> _Found | None:
    """Compare a piece with one entry; None where the entry's kind of value can't be what is asked for."""
    entry = index.entries[place]
    agrees = agreement(piece.asked, entry.kind, entry.asked)
    if agrees <= -1 or (agrees < 0 and place == index.size):
        return None
    held = lacking = evidence = 0.0
    met: list[str] = []
    for word, present, absent, best in words:
        if (strength := best.get(place)) is not None:
            held += present * strength
            lacking += present * (1 - strength)
            evidence += present
            met.append(word)
        elif word in index.people:
            lacking += PERSON if entry.people else 0.0
        else:
            lacking += absent
    if held == 0:
        return None
    explained = held / (held + lacking)
    said = [root for _, root in piece.content if root in entry.options]
    named = CHOICES if len(said) > 1 else 0.0
    for name, whole in entry.names:
        share = (
            sum(weight * hits.get(root, SYNONYM if root in implied else 0.0) for root, weight in name.items()) / whole
        )
        named = max(named, share)
    score = QUESTION_SHARE * explained + (1 - QUESTION_SHARE) * named - LEFTOVER * (1 - explained) * (1 - named)
    score += (AGREEMENT if agrees >= 0 else RARE) * agrees
    if not entry.asked.isdisjoint(piece.asked):
        score += SAME
    if (
        entry.heads
        and len(said) < 2
        and "yesno" not in piece.asked
        and not any(head in hits or head in implied for head in entry.heads)
    ):
        score -= HEADLESS
    if place < index.size and _is_about_others(piece, entry, index):
        score *= OTHERS
    return _Found(place, score, explained, named, evidence, tuple(met), agrees > 0)


def _is_about_others(piece: _Piece, entry: Entry, index: FragmentIndex) -> bool:
    """Say whether an entry names people or days, and none of those that the question names."""
    spoken = {word for word, _ in piece.content}
    for labels, known in ((entry.people, index.people), (entry.days, CALENDAR)):
        asked = spoken & known
        if labels and asked and not asked & labels:
            return True
    return False


def _weights(
    word: str, root: str, holders: Mapping[int, float], index: FragmentIndex, asked: bool
) -> tuple[float, float]:
    """Return what a question's word counts for an entry that holds it, and against one that lacks it."""
    count = len(holders) - (index.size in holders)
    if root in index.topic or (count == 0 and root in index.request):
        return TOPIC, TOPIC
    light = LIGHT.get(root, 1.0)
    if count == 0:
        unknown = ONLY_GOAL if holders else VERB if root in VERBS else UNKNOWN
        weight = min(light, unknown) + (FOCUS if asked and light == 1.0 else 0.0)
        return weight, weight
    weight = min(light, rarity(count, index.size))
    if light < 1.0:
        return (max(weight, HEAD), weight) if asked else (weight, weight)
    if root in index.request:
        return (max(weight, HEAD) if asked else weight), REQUESTED
    absent = max(LEAST_ABSENT, weight * ABSENT)
    return (max(weight, HEAD), absent + FOCUS) if asked else (weight, absent)


def _focus(words: Sequence[str]) -> frozenset[str]:
    """Return the words of the noun phrase that is asked for: from the question's beginning to a verb or preposition."""
    start = 0
    while start < len(words) and (words[start] in _OPENERS or not words[start].isalpha()):
        start += 1
    led = any(word in _FOCUS_LEADS for word in words[:start]) or words[max(0, start - 1) : start] == ["the"]
    end = next((place for place in range(start, len(words)) if words[place] in _PHRASE_ENDS), len(words))
    if led:
        return frozenset(words[start:end])
    of = words[end : end + 1] == ["of"]
    return frozenset(words[start:end]) if of else frozenset()


def _identity() -> str:
    lists = repr(
        [sorted(value) if isinstance(value, frozenset) else value for name, value in sorted(vars(vocabulary).items())
         if name.isupper()]
    )  # fmt: skip
    return f"askfirst-words/{VERSION}+{hashlib.sha256(lists.encode()).hexdigest()[:12]}"


MATCHER_IDENTITY = _identity()
"""Name, version and a hash of the word lists, for logs: equal identities, equal matches."""
