"""Which fragments a clause targets, chosen among the fits: the best, those equally good, one for each of its pieces.

The goal runs as a rival, so that a clause which only repeats it targets nothing. What a value is never decides, except
between fragments that are equally good ("Is the price $4?").
"""

from collections.abc import Sequence
from typing import NamedTuple

from askfirst.benchmark.asked import Asked, agreement, is_general
from askfirst.benchmark.fragment_index import FragmentIndex
from askfirst.benchmark.question_fit import HEAD, REQUESTED, TELLING, Fit, fit_all
from askfirst.benchmark.question_piece import Piece, to_pieces
from askfirst.benchmark.question_score import CERTAIN, IN_FULL, OPEN
from askfirst.benchmark.words import LIGHT, is_number, naming, stem

ALL = 0.75
"""From this share on nearly all of a question was explained, or nearly all of a name was said."""
STANDS_OUT = 0.95
"""From this share on a name was said in full, and its fragment stands alone."""
NEAR = 0.2
"""How much less of its name may have been said of a fragment that is as good as the best."""
SAID_GOAL = 0.9
"""From this share on a question says the goal, whatever fragments its parts fit."""
PARTICULAR = 2.0
"""Log-odds from which on a general question is one for a particular fact after all ("which fact do I leave out")."""
BETTER = 0.1
"""How much more of a question a fragment explains that it is rather about, were it not about something other."""
TIED = -2.0
"""Log-odds from which on fragments that are equally good, and leave nothing unexplained, are all meant."""
ALIKE = 1e-9
"""Shares that differ by less are equal."""

_BY_KIND: frozenset[Asked] = frozenset(
    {"when", "clock", "person", "place", "money", "how_many", "how_much", "duration", "percent"}
)
_IN_ALL = frozenset(map(stem, ("altogether", "overall", "combined", "total", "sum", "together")))


class Choice(NamedTuple):
    """What was chosen for a clause."""

    chosen: tuple[Fit, ...]
    """The fits of the fragments that it targets, the best first."""
    whole: Piece
    """The clause, uncut."""
    best: Fit | None
    """How the best fragment fits the whole clause; None where none holds a word of it."""
    general: bool
    """Whether it asks for information as such."""
    ruled_out: bool = False
    """Whether a rule left the best fragment out: the question says the goal, or is about something other."""


def choose(text: str, whole: Piece, index: FragmentIndex) -> Choice:
    """Choose for a cleaned clause.

    Args:
        text: The clause, without what the answer is wanted for.
        whole: The same, uncut.
        index: The problem's fragments.
    """
    pieces, general = to_pieces(text, whole), is_general(text)
    fits = fit_all(whole, (), index)
    goal, best = _rivals(fits, index)
    chosen = _choose(whole, fits, index, general)
    several = sum(piece.asks for piece in pieces) > 1
    if len(pieces) > 1 and not (goal and best and _says_goal(goal, best)):
        each = _choose_each(pieces, index, general)
        in_full = len(each) > 1 and all(one.named >= STANDS_OUT for one in each)
        if not several:
            barred = {one.place for one in fits if one.signs.clashes}
            each = [one for one in each if one.place not in barred]
        partial = not chosen or len(chosen[0].met) < len(whole.content)
        if each and (several or in_full or (partial and not _repeats_goal(whole, fits, index))):
            chosen = each
    ruled_out = not chosen and best is not None and (best.signs.clashes or _repeats_goal(whole, fits, index))
    return Choice(tuple(chosen), whole, best, general, ruled_out)


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
        return [Fit(one, CERTAIN, IN_FULL, tuple(piece.words), agreed=False) for one in places]
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
    if not context or (len(alone) == 1 and alone[0].named >= ALL):
        return alone
    return _choose(own, fit_all(own, context, index), index, general) or alone


def _choose(piece: Piece, fits: Sequence[Fit], index: FragmentIndex, general: bool) -> list[Fit]:
    """Return the fits of the fragments that a piece targets, the best first; empty when there are none."""
    goal, best = _rivals(fits, index)
    clashing = [one.explained for one in fits if one.signs.clashes and one.place < index.size]
    if best is None or best.score < TIED:
        return [] if general or clashing else _only_argument(piece, index)
    if _repeats_goal(piece, fits, index) or (general and (best.score < PARTICULAR or _is_loose(best, goal))):
        return []
    if clashing and max(clashing) > best.explained + BETTER:
        return []
    equals = [best, *(one for one in fits if one.place not in (index.size, best.place) and _is_as_good(one, best))]
    if best.score < 0 and (len(equals) == 1 or best.explained < STANDS_OUT or _is_vague(best)):
        return [] if general or clashing else _only_argument(piece, index)
    if len(equals) == 1:
        return equals
    numbers = {word for word in piece.words if is_number(word)}
    quoted = [one for one in equals if numbers & index.entries[one.place].values]
    if len(quoted) == 1:
        return quoted
    # "How many tickets were sold altogether?" asks for what would have to be computed
    return [] if general or any(root in _IN_ALL for _, root in piece.content) else equals


def _is_as_good(one: Fit, best: Fit) -> bool:
    """Say whether a question fits a fragment as well as the best: the same words met, and neither name is complete."""
    return (
        one.score >= TIED
        and best.named < STANDS_OUT
        and one.met == best.met
        and one.agreed == best.agreed
        and one.explained >= best.explained - ALIKE
        and (one.named >= best.named - NEAR or (one.explained >= STANDS_OUT and not _is_vague(one)))
    )


def _is_vague(best: Fit) -> bool:
    """Say whether nothing met but words that name no thing ("what kind is it")."""
    return all(LIGHT.get(stem(word), 1.0) <= TELLING for word in best.met)


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
            return [Fit(places[0], OPEN, IN_FULL, (), agreed=True)]
    return []
