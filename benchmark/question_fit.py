"""How well a question fits each fragment and the goal: the matcher's arithmetic.

Both sides are weighed: how much of the question the fragment explains, and how much of one of the fragment's names the
question holds. A word weighs what it tells apart; where a fragment lacks it, it counts against the fragment. What this
and the kinds of value say together is weighed in `question_score.py`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from askfirst.benchmark.asked import IMPLIES, agreement, asks_other
from askfirst.benchmark.clashes import Cues, clash, read_cues
from askfirst.benchmark.counted import counted_in, focus
from askfirst.benchmark.fragment_index import TOPIC, Entry, FragmentIndex, rarity
from askfirst.benchmark.question_piece import Piece
from askfirst.benchmark.question_score import Signs, score
from askfirst.benchmark.words import LIGHT, SYNONYM, VERBS

CHOICES = 0.6
"""What naming two of a fragment's options counts, as a share of a name."""

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
    """Log-odds that the question targets it."""
    signs: Signs
    """What the score was made from."""
    met: tuple[str, ...]
    """The question's words that met."""
    agreed: bool
    """Whether a value of the entry's kind answers plainly."""

    @property
    def explained(self) -> float:
        """Share of the question's weight that the entry holds, in [0, 1]."""
        return self.signs.explained

    @property
    def named(self) -> float:
        """Share of the best name's weight that the question holds, in [0, 1]."""
        return self.signs.named


@dataclass(frozen=True, slots=True)
class _Word:
    """A question's word: what it counts for entries that hold it, how well each does, and against the others."""

    word: str
    root: str
    present: float
    absent: float
    holders: Mapping[int, float]
    asked: bool
    """Whether it is what is asked for."""


class _View(NamedTuple):
    """A piece as each entry looks at it."""

    piece: Piece
    words: Sequence[_Word]
    counted: frozenset[str]
    """The stems of what it counts."""
    cues: Cues


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
        words.append(_Word(word, root, *_weigh(root, holders, index, word in asked), holders, word in asked))
    for word, root in context:
        for other, share in index.meets(word, root):
            hits.setdefault(other, share)
    for root in frozenset[str]().union(*(IMPLIES.get(one, ()) for one in piece.asked)):
        hits.setdefault(root, SYNONYM)
    view = _View(
        piece, words, counted_in(piece.words), read_cues(piece.words, [word.root for word in words], index.people)
    )
    named = _named(hits, index)
    places = sorted({place for word in words for place in word.holders})
    found = [_fit(place, view, named.get(place, (0.0, False)), index) for place in places]
    return _ranked([one for one in found if one is not None], view, index)


def _named(hits: Mapping[str, float], index: FragmentIndex) -> dict[int, tuple[float, bool]]:
    """Return by position how much of the entry's best name was said, in [0, 1], and whether its noun was not."""
    said: dict[int, float] = {}
    for root, share in hits.items():
        for name, weight in index.named.get(root, ()):
            said[name] = said.get(name, 0.0) + weight * share
    best: dict[int, tuple[float, bool]] = {}
    for number, weight in said.items():
        name = index.names[number]
        share, headless = weight / name.weight, bool(name.head) and name.head not in hits
        held = best.get(name.place)
        if held is None or (share, not headless) > (held[0], not held[1]):
            best[name.place] = (share, headless)
    return best


def _fit(place: int, view: _View, name: tuple[float, bool], index: FragmentIndex) -> tuple[int, Signs] | None:
    entry, piece = index.entries[place], view.piece
    agrees = agreement(piece.asked, entry.kind, entry.asked)
    if agrees <= -1 or (agrees < 0 and place == index.size):
        return None
    held = lacking = evidence = unknown = 0.0
    for word in view.words:
        if (strength := word.holders.get(place)) is not None:
            held += word.present * strength
            lacking += word.present * (1 - strength)
            evidence += word.present
        elif word.word in index.people:
            lacking += PERSON if entry.telling.people else 0.0
        else:
            lacking += word.absent
            unknown += word.absent if not word.holders and word.absent >= UNKNOWN else 0.0
    if held == 0:
        return None
    options = sum(word.root in entry.options for word in view.words) if entry.options else 0
    other_counted = bool(view.counted and entry.counted) and not _meet(view, entry.counted, index)
    if other_counted and place == index.size:
        return None
    asked = [word for word in view.words if word.asked and LIGHT.get(word.root, 1.0) >= TELLING]
    return place, Signs(
        explained=held / (held + lacking),
        named=max(name[0], CHOICES if options > 1 else 0.0),
        evidence=evidence,
        agrees=agrees,
        asks_alike=not entry.asked.isdisjoint(piece.asked),
        asks_other=asks_other(piece.asked, entry.asked),
        headless=name[1] and options < 2 and "yesno" not in piece.asked,
        other_counted=int(other_counted),
        clashes=place < index.size and _clashes(view, place, entry, index.size),
        unique=any(_is_only_holder(word, place, index.size) for word in view.words),
        unknown=unknown,
        focus_met=any(place in word.holders for word in asked),
        focus_elsewhere=any(word.holders and place not in word.holders for word in asked),
        focus_unknown=any(not word.holders for word in asked),
    )


def _is_only_holder(word: _Word, place: int, goal: int) -> bool:
    if place not in word.holders or len(word.holders) - (goal in word.holders) != 1:
        return False
    return place != goal and LIGHT.get(word.root, 1.0) >= TELLING


def _meet(view: _View, own: frozenset[str], index: FragmentIndex) -> bool:
    counted = [word for word in view.words if word.root in view.counted]
    return any(other in own for word in counted for other, _ in index.meets(word.word, word.root))


def _clashes(view: _View, place: int, entry: Entry, goal: int) -> bool:
    met = {word.word for word in view.words if place in word.holders}
    return _asks_for_other(view.piece.words, view.words, place, goal) or clash(view.cues, met, entry.telling)


def _asks_for_other(spoken: Sequence[str], words: Sequence[_Word], place: int, goal: int) -> bool:
    """Say whether what is asked for of a thing is another fragment's ("the origin of the starch in your glue")."""
    for word in words if "and" not in spoken else ():
        if (
            word.asked
            and place not in word.holders
            and set(word.holders) - {goal}
            and LIGHT.get(word.root, 1.0) >= HEAD
        ):
            after = spoken.index(word.word) + 1
            if spoken[after : after + 1] == ["of"]:
                return True
    return False


def _ranked(found: Sequence[tuple[int, Signs]], view: _View, index: FragmentIndex) -> list[Fit]:
    """Weigh each entry against its best rival and the goal, and return the fits, best first."""
    shares = sorted(((signs.explained, place) for place, signs in found if place < index.size), reverse=True)
    counts = any(signs.agrees > 0 and signs.focus_met and not signs.other_counted for _, signs in found)
    ranked: list[Fit] = []
    for place, alone in found:
        rival = next((share for share, other in shares if other != place), 0.0)
        signs = alone._replace(
            rival=rival - alone.explained,
            other_counted=alone.other_counted * (2 if counts else 1),
        )
        met = tuple(word.word for word in view.words if place in word.holders)
        ranked.append(Fit(place, score(signs), signs, met, alone.agrees > 0))
    return sorted(ranked, key=lambda one: (-one.score, index.entries[one.place].id))


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
