"""How well a question fits each fragment and the goal: the matcher's arithmetic.

Both sides are weighed: how much of the question the fragment explains, and how much of one of the fragment's names the
question holds. A word weighs what it tells apart; where a fragment lacks it, it counts against the fragment. What this
and the kinds of value say together is weighed in `question_score.py`.
"""

from collections.abc import Mapping, Sequence
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


class Fit(NamedTuple):
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


class _Word(NamedTuple):
    """A question's word: what it counts for entries that hold it, how well each does, and against the others."""

    word: str
    root: str
    present: float
    absent: float
    holders: Mapping[int, float]
    asked: bool
    """Whether it is what is asked for, and tells something."""
    only: int
    """The position of the one fragment that holds it, if it tells something; -1 otherwise."""


class _View(NamedTuple):
    """A piece as each entry looks at it."""

    piece: Piece
    words: Sequence[_Word]
    counted: frozenset[str]
    """The stems of what it counts."""
    asked: Sequence[Mapping[int, float]]
    """Who holds each word that is asked for."""
    of: Sequence[Mapping[int, float]]
    """Who holds each word of which another's value is asked ("the origin of ...")."""
    cues: Cues


class _Share(NamedTuple):
    """What of a question an entry explains."""

    place: int
    agrees: float
    explained: float
    evidence: float
    unknown: float
    other_counted: bool


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
        present, absent = _weigh(root, holders, index, word in asked)
        telling = LIGHT.get(root, 1.0) >= TELLING
        only = _only_holder(holders, index.size) if telling else -1
        words.append(_Word(word, root, present, absent, holders, telling and word in asked, only))
    for word, root in context:
        for other, share in index.meets(word, root):
            hits.setdefault(other, share)
    for root in frozenset[str]().union(*(IMPLIES.get(one, ()) for one in piece.asked)):
        hits.setdefault(root, SYNONYM)
    view = _View(
        piece,
        words,
        counted_in(piece.words),
        [word.holders for word in words if word.asked],
        _attributes(piece.words, words, index.size),
        read_cues(piece.words, [word.root for word in words], index.people),
    )
    places = sorted({place for word in words for place in word.holders})
    shares = [found for place in places if (found := _share(place, view, index)) is not None]
    return _ranked(shares, view, _named(hits, index), index)


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


def _share(place: int, view: _View, index: FragmentIndex) -> _Share | None:
    """Return what of a question an entry explains; None where it holds nothing, or its kind of value can't be meant."""
    entry = index.entries[place]
    agrees = agreement(view.piece.asked, entry.kind, entry.asked)
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
    other_counted = bool(view.counted and entry.counted) and not _meet(view, entry.counted, index)
    if held == 0 or (other_counted and place == index.size):
        return None
    return _Share(place, agrees, held / (held + lacking), evidence, unknown, other_counted)


def _ranked(
    shares: Sequence[_Share], view: _View, names: Mapping[int, tuple[float, bool]], index: FragmentIndex
) -> list[Fit]:
    """Weigh each entry against its best rival, and return the fits, best first."""
    best = sorted(((one.explained, one.place) for one in shares if one.place < index.size), reverse=True)[:2]
    counts = any(
        one.agrees > 0 and not one.other_counted and any(one.place in holders for holders in view.asked)
        for one in shares
    )
    fits: list[Fit] = []
    for one in shares:
        rival = next((share for share, place in best if place != one.place), 0.0)
        signs = _signs(one, rival, counts, view, names.get(one.place, (0.0, False)), index)
        met = tuple(word.word for word in view.words if one.place in word.holders)
        fits.append(Fit(one.place, score(signs), signs, met, one.agrees > 0))
    return sorted(fits, key=lambda fit: (-fit.score, index.entries[fit.place].id))


def _signs(
    share: _Share, rival: float, counts: bool, view: _View, name: tuple[float, bool], index: FragmentIndex
) -> Signs:
    place, asked = share.place, view.piece.asked
    entry = index.entries[place]
    options = sum(word.root in entry.options for word in view.words) if entry.options else 0
    return Signs(
        explained=share.explained,
        named=max(name[0], CHOICES if options > 1 else 0.0),
        evidence=share.evidence,
        agrees=share.agrees,
        asks_alike=not entry.asked.isdisjoint(asked),
        asks_other=asks_other(asked, entry.asked),
        headless=name[1] and options < 2 and "yesno" not in asked,
        other_counted=(2 if counts else 1) if share.other_counted else 0,
        clashes=place < index.size and _clashes(view, place, entry),
        unique=any(word.only == place for word in view.words),
        unknown=share.unknown,
        focus_met=any(place in holders for holders in view.asked),
        focus_elsewhere=any(holders and place not in holders for holders in view.asked),
        focus_unknown=not all(view.asked),
        rival=rival - share.explained,
    )


def _only_holder(holders: Mapping[int, float], goal: int) -> int:
    fragments = [place for place in holders if place != goal]
    return fragments[0] if len(fragments) == 1 else -1


def _meet(view: _View, own: frozenset[str], index: FragmentIndex) -> bool:
    counted = [word for word in view.words if word.root in view.counted]
    return any(other in own for word in counted for other, _ in index.meets(word.word, word.root))


def _clashes(view: _View, place: int, entry: Entry) -> bool:
    if any(place not in holders for holders in view.of):
        return True
    return clash(view.cues, {word.word for word in view.words if place in word.holders}, entry.telling)


def _attributes(spoken: Sequence[str], words: Sequence[_Word], goal: int) -> list[Mapping[int, float]]:
    """Return who holds what is asked for of a thing, where a fragment does ("the origin of the starch")."""
    if "and" in spoken:
        return []
    return [
        word.holders
        for word in words
        if word.asked
        and LIGHT.get(word.root, 1.0) >= HEAD
        and any(place != goal for place in word.holders)
        and spoken[spoken.index(word.word) + 1 :][:1] == ["of"]
    ]


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
