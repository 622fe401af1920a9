"""How well a question fits each fragment and the goal: the matcher's arithmetic.

Both sides are weighed: how much of the question the fragment explains, and how much of one of the fragment's names the
question holds. A word weighs what it tells apart; where a fragment lacks it, it counts against the fragment.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from askfirst.benchmark.asked import IMPLIES, agreement
from askfirst.benchmark.counted import counted_in, focus
from askfirst.benchmark.fragment_index import SYNONYM, TOPIC, Entry, FragmentIndex, rarity
from askfirst.benchmark.names import CALENDAR
from askfirst.benchmark.question_piece import Piece
from askfirst.benchmark.words import LIGHT, VERBS

QUESTION_SHARE = 0.6
"""What the question's side counts in the score; the name's side has the rest."""
LEFTOVER = 0.3
"""What it costs when both sides speak of something that the other does not."""
AGREEMENT = 0.08
"""What it adds when the value's kind is the one asked for."""
RARE = 0.12
"""What it costs when a value of that kind rarely answers."""
SAME = 0.04
"""What it adds when the fragment's own question asks for the same."""
BEST_SCORE = 1 + AGREEMENT + SAME
"""The greatest score there is."""
HEADLESS = 0.12
"""What it costs when the noun that a fragment's names are built around was not said."""
OTHER_COUNTED = 0.15
"""What it costs when both sides count, and count different things ("how many books", "how many branches")."""
CHOICES = 0.6
"""What naming two of a fragment's options counts, as a share of a name."""
OTHERS = 0.6
"""What is left of the score of a fragment about other people or days than the question's."""

UNKNOWN = 1.05
"""What a word weighs that no fragment holds."""
ONLY_GOAL = 0.5
"""The same where the goal holds it."""
VERB = 0.35
"""The same where it is a common verb."""
PERSON = 0.8
"""What a person's name counts against a fragment that names other people."""
ABSENT = 1.25
"""How much more a word counts against a fragment that lacks it where another one has it."""
LEAST_ABSENT = 0.45
"""The least that such a word counts against it."""
REQUESTED = 0.25
"""What a word of a request counts against a fragment that lacks it."""
FOCUS = 0.7
"""What a word counts more against a fragment where it is what is asked for ("what colour")."""
TELLING = 0.3
"""From here on a light word counts in full where it is what is asked for and no fragment holds it ("what size")."""
HEAD = 0.5
"""The least that a known word weighs where it is what is asked for ("how many people")."""


@dataclass(frozen=True, slots=True)
class Fit:
    """How well an entry fits a piece of a question."""

    place: int
    """The entry's position."""
    score: float
    """At most `BEST_SCORE`; below 0 where little met."""
    explained: float
    """Share of the question's weight that the entry holds, in [0, 1]."""
    named: float
    """Share of the best name's weight that the question holds, in [0, 1]."""
    evidence: float
    """Weight of the question's words that met, at least 0."""
    met: tuple[str, ...]
    """The question's words that met."""
    agreed: bool
    """Whether a value of the entry's kind answers plainly."""


@dataclass(frozen=True, slots=True)
class _Word:
    """A question's word: what it counts for entries that hold it, how well each does, and against the others."""

    word: str
    present: float
    absent: float
    holders: Mapping[int, float]


def fit_all(piece: Piece, context: Sequence[tuple[str, str]], index: FragmentIndex) -> list[Fit]:
    """Compare a piece with every fragment and with the goal, and return the fits, best first.

    Args:
        piece: What is asked.
        context: Words (with stems) of the neighbouring pieces: a name may be said there ("the price and number of
            tickets"), but they are not what this piece asks for.
        index: The problem. Entries that hold no word, or whose kind of value can't be meant, are left out.
    """
    hits: dict[str, float] = {}
    words: list[_Word] = []
    asked = focus(piece.words)
    for word, root in piece.content:
        holders: dict[int, float] = {}
        for other, share in index.meets(word, root):
            hits[other] = max(hits.get(other, 0.0), share)
            for place, strength in index.holders.get(other, ()):
                holders[place] = max(holders.get(place, 0.0), share * strength)
        words.append(_Word(word, *_weigh(root, holders, index, word in asked), holders))
    for word, root in context:
        for other, share in index.meets(word, root):
            hits.setdefault(other, share)
    for root in frozenset[str]().union(*(IMPLIES.get(one, ()) for one in piece.asked)):
        hits.setdefault(root, SYNONYM)
    places = {place for word in words for place in word.holders}
    fits = [found for place in places if (found := _fit(place, piece, words, hits, index)) is not None]
    return sorted(fits, key=lambda one: (-one.score, index.entries[one.place].id))


def _fit(
    place: int, piece: Piece, words: Sequence[_Word], hits: Mapping[str, float], index: FragmentIndex
) -> Fit | None:
    entry = index.entries[place]
    agrees = agreement(piece.asked, entry.kind, entry.asked)
    if agrees <= -1 or (agrees < 0 and place == index.size):
        return None
    held = lacking = evidence = 0.0
    for word in words:
        if (strength := word.holders.get(place)) is not None:
            held += word.present * strength
            lacking += word.present * (1 - strength)
            evidence += word.present
        elif word.word in index.people:
            lacking += PERSON if entry.people else 0.0
        else:
            lacking += word.absent
    if held == 0:
        return None
    explained = held / (held + lacking)
    options = sum(root in entry.options for _, root in piece.content)
    named = CHOICES if options > 1 else 0.0
    for name, whole in entry.names:
        named = max(named, sum(weight * hits.get(root, 0.0) for root, weight in name.items()) / whole)
    score = QUESTION_SHARE * explained + (1 - QUESTION_SHARE) * named - LEFTOVER * (1 - explained) * (1 - named)
    score += AGREEMENT if agrees > 0 else -RARE if agrees < 0 else 0.0
    score += 0.0 if entry.asked.isdisjoint(piece.asked) else SAME
    if entry.heads and options < 2 and "yesno" not in piece.asked and entry.heads.isdisjoint(hits):
        score -= HEADLESS
    if entry.counted and (counted := counted_in(piece.words)):
        meets = {other for word, root in piece.content if root in counted for other, _ in index.meets(word, root)}
        if meets.isdisjoint(entry.counted):
            if place == index.size:
                return None
            score -= OTHER_COUNTED
    if place < index.size and _is_about_others(piece, entry, index):
        score *= OTHERS
    met = tuple(word.word for word in words if place in word.holders)
    return Fit(place, score, explained, named, evidence, met, agrees > 0)


def _is_about_others(piece: Piece, entry: Entry, index: FragmentIndex) -> bool:
    """Say whether an entry names people or days, and none of those that the question names."""
    spoken = {word for word, _ in piece.content}
    for own, known in ((entry.people, index.people), (entry.days, CALENDAR)):
        asked = spoken & known
        if own and asked and not asked & own:
            return True
    return False


def _weigh(root: str, holders: Mapping[int, float], index: FragmentIndex, asked: bool) -> tuple[float, float]:
    """Return what a question's word counts for an entry that holds it, and against one that lacks it."""
    count = len(holders) - (index.size in holders)
    if root in index.topic or (count == 0 and root in index.request):
        return TOPIC, TOPIC
    light = LIGHT.get(root)
    if count == 0:
        unknown = ONLY_GOAL if holders else VERB if root in VERBS else UNKNOWN
        if light is None or (asked and light >= TELLING):
            weight = unknown + (FOCUS if asked else 0.0)
        else:
            weight = min(light, unknown)
        return weight, weight
    weight = rarity(count, index.size) if light is None else min(light, rarity(count, index.size))
    present = max(weight, HEAD) if asked else weight
    if light is not None:
        return present, weight
    if root in index.request:
        return present, REQUESTED
    return present, max(LEAST_ABSENT, weight * ABSENT) + (FOCUS if asked else 0.0)
