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
    ONLY_GOAL,
    TOPIC,
    VERB,
    FragmentIndex,
    content,
    index_fragments,
    naming,
    rarity,
)
from askfirst.benchmark.problem import Frozen
from askfirst.benchmark.words import LIGHT, VERBS, clean, is_number, words_of

__all__ = ["MATCHER_IDENTITY", "FragmentIndex", "Match", "index_fragments", "match_question"]

VERSION = 1
"""Goes up whenever a match could change for another reason than a word list."""

QUESTION_SHARE = 0.6
"""What the question's side counts in the score; the name's side has the rest."""
AGREEMENT = 0.08
"""What it adds when the value's kind is the one asked for."""
RARE = 0.24
"""What it takes away, times -0.5, when a value of that kind rarely answers."""
OTHER_PERSON = 0.6
"""What is left of the score of a fragment about other people than the question's."""
ACCEPTED = 0.62
"""The least score of a target."""
EXPLAINED = 0.42
"""The least share of a question that its target explains."""
LEAST_EXPLAINED = 0.33
"""The same where the value's kind agrees and the name was said nearly in full."""
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
LEFTOVER = 0.3
"""What it costs when both sides speak of something that the other does not."""
NEAR = 0.3
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
_FOCUS_LEADS = frozenset("what which how_many how_much".split())
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
    whole = _piece(words_of(text)) if len(pieces) != 1 else pieces[0]
    general = is_general(text)
    best = _choose(whole, (), index, general)
    several = sum(_asks(piece) for piece in pieces) > 1
    if len(pieces) > 1 and (several or not best or len(best[0].met) < len(dict.fromkeys(whole.content))):
        found = _choose_each(pieces, index, general)
        if found:
            best = found
    if best:
        scores = {one.place: one.score for one in best}
        return _targeted(index, scores, _reasons(best, whole.asked, index))
    top = max((one.score for one in _fits(whole, (), index) if one.place < index.size), default=0.0)
    doubt = round(1 - min(1.0, max(0.0, top)), 3)
    if general:
        return Match(kind="general", confidence=doubt, why="asks for information as such")
    words = ", ".join(dict.fromkeys(word for word, _ in whole.content)) or "no words"
    return Match(kind="unanswerable", confidence=doubt, why=f"no fragment holds what it asks for: {words}"[:200])


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
    return _Piece(rest, kept, asked_of(lead, [root for _, root in kept]))


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
            if piece.asked and place > 0:
                own = _Piece(piece.words, pieces[place - 1].content, asked)
            else:
                continue
        for one in _choose(own, context, index, general):
            if one.place not in chosen or chosen[one.place].score < one.score:
                chosen[one.place] = one
    return list(chosen.values())


def _choose(piece: _Piece, context: Sequence[tuple[str, str]], index: FragmentIndex, general: bool) -> list[_Found]:
    """Return the fits of the fragments that a piece targets, the best first; empty when there are none."""
    fits = sorted(_fits(piece, context, index), key=lambda one: (-one.score, one.place))
    goal = next((one for one in fits if one.place == index.size), None)
    fits = [one for one in fits if one.place < index.size]
    fits = [
        one
        for one in fits
        if (one.explained >= EXPLAINED or (one.agreed and one.named >= ALL and one.explained >= LEAST_EXPLAINED))
        and (one.evidence >= EVIDENCE or one.explained >= ALL)
    ]
    if not fits or fits[0].score < ACCEPTED:
        return [] if general else _only_argument(piece, index)
    best = fits[0]
    if (
        goal
        and goal.explained >= best.explained - 1e-9
        and (general or (not index.request and goal.score >= best.score))
    ):
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


def _only_argument(piece: _Piece, index: FragmentIndex) -> list[_Found]:
    """Return the one argument of a requested call that is of the kind asked for, where a question says no more than the
    request did ("When should the transfer be made?")."""
    known = [root for _, root in piece.content if root in index.request]
    if not known or any(root not in index.request and LIGHT.get(root, 1.0) > HEAD for _, root in piece.content):
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
    count = len(index.entries)
    held = [0.0] * count
    evidence = [0.0] * count
    met: list[list[str]] = [[] for _ in range(count)]
    hits: dict[str, float] = {}
    total = personal = 0.0
    focus = _focus(piece.words)
    for word, root in dict.fromkeys(piece.content):
        meetings = index.meets(word, root)
        best: dict[int, float] = {}
        for other, share in meetings:
            if hits.get(other, 0.0) < share:
                hits[other] = share
            for place, strength in index.holders.get(other, ()):
                if best.get(place, 0.0) < share * strength:
                    best[place] = share * strength
        weight = _weight(root, best, index)
        if word in focus:
            if best:
                weight = max(weight, HEAD)
            elif root not in LIGHT:
                weight += FOCUS
        total += weight
        if word in index.people:
            personal += weight
        for place, strength in best.items():
            held[place] += weight * strength
            evidence[place] += weight
            met[place].append(word)
    for word, root in context:
        for other, share in index.meets(word, root):
            if other not in hits:
                hits[other] = share
    if total == 0:
        return []
    implied = frozenset[str]().union(*(IMPLIES.get(one, ()) for one in piece.asked))
    said = {root for _, root in piece.content}
    spoken = index.people & {word for word, _ in piece.content}
    found: list[_Found] = []
    for place, entry in enumerate(index.entries):
        agrees = agreement(piece.asked, entry.kind)
        if agrees <= -1 or not met[place] or (agrees < 0 and place == index.size):
            continue
        named = max(
            (sum(weight * hits.get(root, 0.0) for root, weight in name.items()) / whole for name, whole in entry.names),
            default=0.0,
        )
        if len(entry.options & said) > 1:
            named = max(named, CHOICES)
        explained = held[place] / ((total - personal if not entry.people else total) or total)
        score = (
            QUESTION_SHARE * explained + (1 - QUESTION_SHARE) * named + (AGREEMENT if agrees >= 0 else RARE) * agrees
        )
        if entry.asked and not entry.asked.isdisjoint(piece.asked):
            score += SAME
        if (
            entry.heads
            and piece.asked != ("yesno",)
            and not any(head in hits or head in implied for head in entry.heads)
        ):
            score -= HEADLESS
        score -= LEFTOVER * (1 - explained) * (1 - named)
        if place < index.size and spoken and entry.people and not spoken & entry.people:
            score *= OTHER_PERSON
        found.append(_Found(place, score, explained, named, evidence[place], tuple(met[place]), agrees > 0))
    return found


def _weight(root: str, holders: Mapping[int, float], index: FragmentIndex) -> float:
    count = len(holders) - (index.size in holders)
    if root in index.topic or (count == 0 and root in index.request):
        return TOPIC
    light = LIGHT.get(root, 1.0)
    if count == 0 and (index.size in holders or root in VERBS):
        return min(light, ONLY_GOAL if index.size in holders else VERB)
    return min(light, rarity(count, index.size))


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
