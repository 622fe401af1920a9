"""Which fragments a question targets: deterministic, from words and kinds of values alone.

`question_fit.py` says how well each fragment fits; here a choice is made. The goal runs as a rival, so that a question
which only repeats it targets nothing. What a value is never decides, except between fragments that are equally good
("Is the price $4?").
"""

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Literal, TypeAlias

from pydantic import Field, model_validator

from askfirst.benchmark import vocabulary
from askfirst.benchmark.asked import Asked, agreement, is_general
from askfirst.benchmark.fragment_index import FragmentIndex, index_fragments
from askfirst.benchmark.languages.matching import data_files, in_english
from askfirst.benchmark.problem import Frozen
from askfirst.benchmark.question_fit import BEST_SCORE, HEAD, REQUESTED, Fit, fit_all
from askfirst.benchmark.question_piece import Piece, to_piece, to_pieces, without_purpose
from askfirst.benchmark.words import LIGHT, clean, is_number, naming, stem, words_of

__all__ = ["MATCHER_IDENTITY", "FragmentIndex", "Match", "index_fragments", "match_question"]

VERSION = 1
"""Goes up whenever a match could change for another reason than a word list."""

ACCEPTED = 0.62
"""The least score of a target."""
EXPLAINED = 0.42
"""The least share of a question that its target explains."""
EVIDENCE = 0.3
"""The least weight of the words that met, unless they are `ALL` there is: less tells nothing apart."""
ALL = 0.75
"""From this share on nearly all of a question was explained, or nearly all of a name was said."""
STANDS_OUT = 0.95
"""From this share on a name was said in full, and its fragment stands alone."""
NEAR = 0.2
"""How much less of its name may have been said of a fragment that is as good as the best."""
SAID_GOAL = 0.9
"""From this share on a question says the goal, whatever fragments its parts fit."""
ALIKE = 1e-9
"""Shares that differ by less are equal."""

_BY_KIND: frozenset[Asked] = frozenset(
    {"when", "clock", "person", "place", "money", "how_many", "how_much", "duration", "percent"}
)


Decider: TypeAlias = Literal["rules", "embedding", "model"]
"""What made a match."""


class Match(Frozen):
    """What a question targets, and why."""

    kind: Literal["targeted", "general", "unanswerable"]
    """`general` asks for information as such; `unanswerable` for something that no fragment holds."""
    targets: tuple[str, ...] = ()
    """Fragment ids in the problem's order; non-empty exactly when `kind` is `targeted`."""
    confidence: float = Field(ge=0, le=1)
    """How much of the question and of the weakest target's name met, in [0, 1]: 1 is word for word. Without a target,
    1 minus the same of the best fragment. It orders matches; it is no probability."""
    why: str
    """For people: the words that met and the value kind that agreed ("price, ticket; asks money")."""
    unsure: bool = False
    """Whether this is only the best guess: counted and shown, and given to a model where one is bound to decide."""
    decided_by: Decider = "rules"

    @model_validator(mode="after")
    def _check(self) -> "Match":
        if bool(self.targets) != (self.kind == "targeted"):
            raise ValueError(f"targets {self.targets!r} don't fit kind {self.kind!r}")
        return self


def match_question(question: str, index: FragmentIndex) -> Match:
    """Say which fragments one atomic question targets.

    Fragments that fit equally well ("the price", where there are two) are all targeted. A question without any word
    for what it asks ("How many are there?") is unanswerable. What comes after the first `MAX_CHARACTERS` characters is
    not read.

    Args:
        question: The question as it was cut from a message; a noun phrase will do ("number of boxes").
        index: The problem's fragments.
    """
    text = clean(in_english(question, index))
    words = words_of(text)
    for said in (words, to_piece(words).words):
        if (places := index.exact.get(naming(said))) is not None:
            if places:
                return _targeted(index, places, 1.0, "word for word")
            return Match(kind="unanswerable", confidence=1.0, why="asks for the goal")
    text = without_purpose(text)
    whole, pieces, general = to_piece(words_of(text)), to_pieces(text), is_general(text)
    fits = fit_all(whole, (), index)
    goal, top = _rivals(fits, index)
    chosen = _choose(whole, fits, index, general)
    if len(pieces) > 1 and not (goal and top and _says_goal(goal, top)):
        each = _choose_each(pieces, index, general)
        several = sum(piece.asks for piece in pieces) > 1
        in_full = len(each) > 1 and all(one.named >= STANDS_OUT for one in each)
        partial = not chosen or len(chosen[0].met) < len(whole.content)
        if each and (several or in_full or (partial and not _repeats_goal(whole, fits, index))):
            chosen = each
    if chosen:
        confidence = min(_share(one) for one in chosen)
        return _targeted(index, [one.place for one in chosen], confidence, _reason(chosen, index))
    doubt = round(1 - (_share(top) if top else 0.0), 3)
    if general:
        return Match(kind="general", confidence=doubt, why="asks for information as such")
    unmet = ", ".join(word for word, _ in whole.content[:12]) or "no words"
    return Match(kind="unanswerable", confidence=doubt, why=f"no fragment holds what it asks for: {unmet}")


def _targeted(index: FragmentIndex, places: Sequence[int], confidence: float, why: str) -> Match:
    targets = tuple(index.entries[place].id for place in sorted(places))
    return Match(kind="targeted", targets=targets, confidence=confidence, why=why)


def _share(fit: Fit) -> float:
    return round(min(0.99, max(0.0, fit.score / BEST_SCORE)), 3)


def _reason(chosen: Sequence[Fit], index: FragmentIndex) -> str:
    words = ", ".join(dict.fromkeys(word for one in chosen for word in one.met)) or "what the request leaves open"
    kinds = dict.fromkeys(index.entries[one.place].kind for one in chosen if one.agreed)
    return "; ".join([words, *(f"asks {kind}" for kind in kinds)])


def _rivals(fits: Sequence[Fit], index: FragmentIndex) -> tuple[Fit | None, Fit | None]:
    """Return how the goal and how the best fragment fits."""
    goal = next((one for one in fits if one.place == index.size), None)
    return goal, next((one for one in fits if one.place < index.size), None)


def _says_goal(goal: Fit, best: Fit) -> bool:
    """Say whether a question says the goal nearly in full, which no fragment explains."""
    return min(goal.explained, goal.named) >= SAID_GOAL and best.explained < ALL


def _repeats_goal(piece: Piece, fits: Sequence[Fit], index: FragmentIndex) -> bool:
    """Say whether the goal explains a question better than any fragment does."""
    goal, best = _rivals(fits, index)
    if goal is None:
        return False
    if best is None or _says_goal(goal, best):
        return True
    if index.request and (goal.named < ALL or (piece.asks and any(entry.argument for entry in index.entries))):
        return False
    return goal.explained >= best.explained - ALIKE and goal.score >= best.score


def _choose_each(pieces: Sequence[Piece], index: FragmentIndex, general: bool) -> list[Fit]:
    """Choose for each piece of a compound question.

    What a piece leaves out ("the price and number of tickets") comes from its neighbours.
    """
    chosen: dict[int, Fit] = {}
    for place, piece in enumerate(pieces):
        before, after = pieces[max(0, place - 1) : place], pieces[place + 1 : place + 2]
        for one in _choose_piece(piece, before, after, index, general):
            if one.place not in chosen or chosen[one.place].score < one.score:
                chosen[one.place] = one
    return list(chosen.values())


def _choose_piece(
    piece: Piece, before: Sequence[Piece], after: Sequence[Piece], index: FragmentIndex, general: bool
) -> list[Fit]:
    if (places := index.exact.get(naming(piece.words))) is not None:
        return [Fit(one, 1.0, 1.0, 1.0, 1.0, tuple(piece.words), agreed=False) for one in places]
    words = piece.content
    if not words:
        if lone := _only_argument(piece, index):
            return lone
        if not piece.asked or not before:
            return []
        words = before[0].content
    near = (*before, *after)
    named = index.people & {word for word, _ in piece.content}
    context = [pair for other in near for pair in other.content if not named or pair[0] not in index.people]
    asked = piece.asked or next((other.asked for other in near if other.asked), ())
    own = Piece(piece.words, words, asked)
    alone = _choose(own, fit_all(own, (), index), index, general)
    if alone and alone[0].named >= ALL:
        return alone
    return _choose(own, fit_all(own, context, index), index, general) or alone


def _choose(piece: Piece, fits: Sequence[Fit], index: FragmentIndex, general: bool) -> list[Fit]:
    """Return the fits of the fragments that a piece targets, the best first; empty when there are none."""
    goal, _ = _rivals(fits, index)
    possible = [
        one
        for one in fits
        if one.place < index.size and one.explained >= EXPLAINED and (one.evidence >= EVIDENCE or one.explained >= ALL)
    ]
    if not possible or possible[0].score < ACCEPTED:
        return [] if general else _only_argument(piece, index)
    best = possible[0]
    if _repeats_goal(piece, fits, index) or (general and (best.named < ALL or _is_loose(best, goal))):
        return []
    equals = [best, *(one for one in possible[1:] if _is_as_good(one, best))]
    if len(equals) > 1:
        numbers = {word for word in piece.words if is_number(word)}
        quoted = [one for one in equals if numbers & index.entries[one.place].values]
        if len(quoted) == 1:
            return quoted
        if general:
            return []
    return equals


def _is_as_good(one: Fit, best: Fit) -> bool:
    """Say whether a question fits a fragment as well as the best: the same words met, and neither name is complete."""
    return (
        best.named < STANDS_OUT
        and one.met == best.met
        and one.agreed == best.agreed
        and one.explained >= best.explained - ALIKE
        and one.named >= best.named - NEAR
    )


def _is_loose(best: Fit, goal: Fit | None) -> bool:
    """Say whether a general question meets a fragment in nothing but the goal's words and light ones."""
    said = goal.met if goal else ()
    return all(word in said or LIGHT.get(stem(word), 1.0) <= REQUESTED for word in best.met)


def _only_argument(piece: Piece, index: FragmentIndex) -> list[Fit]:
    """Return the one argument of a requested call that can be meant by a question which says no more than the request.

    "When should the transfer be made?" names no fact; where one argument alone is a date, it asks for that.
    """
    if not piece.asked or not _BY_KIND.issuperset(piece.asked):
        return []
    known = [root in index.request for _, root in piece.content]
    others = [root for _, root in piece.content if root not in index.request]
    if (known and not any(known)) or any(LIGHT.get(root, 1.0) > HEAD for root in others):
        return []
    arguments = [(place, entry) for place, entry in enumerate(index.entries) if entry.argument]
    alike = [place for place, entry in arguments if not entry.asked.isdisjoint(piece.asked)]
    fitting = [place for place, entry in arguments if agreement(piece.asked, entry.kind) > 0]
    for places in (alike, fitting):
        if len(places) == 1:
            return [Fit(places[0], ACCEPTED, ACCEPTED, 0.0, 0.0, (), agreed=True)]
    return []


_WORD_LISTS = b"".join(path.read_bytes() for path in (Path(vocabulary.__file__), *data_files()))
MATCHER_IDENTITY = f"askfirst-words/{VERSION}+{hashlib.sha256(_WORD_LISTS).hexdigest()[:12]}"
"""Name, version and a hash of the word lists of all languages, for logs: equal identities, equal matches."""
