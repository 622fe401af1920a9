"""Chooses the dialogues that a board shows: each model's worst, typical and best, and the largest disagreements.

The choice follows from the scores, with a seed where several are alike, so that nobody can pick what suits them.
"""

import hashlib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import zip_longest
from typing import Literal, NamedTuple, TypeAlias

from askfirst.reports.leaderboard.boards import Group
from askfirst.reports.leaderboard.loading import Candidate, Loaded

Reason: TypeAlias = Literal["worst", "typical", "best", "disagreement"]

REASONS: tuple[Reason, ...] = ("worst", "typical", "best", "disagreement")
"""In the order in which a budget is spent."""


SampleKey: TypeAlias = tuple[str, int, str]
"""A sample's id, its epoch, and the hash of its problem."""


class Choice(NamedTuple):
    """A dialogue to show."""

    log: Loaded
    candidate: Candidate
    reason: Reason
    beside: tuple[Loaded, Candidate] | None = None
    """The other model's dialogue on the same problem, of a disagreement."""


Extremes: TypeAlias = Mapping[SampleKey, tuple[tuple[Loaded, Candidate], tuple[Loaded, Candidate]]]
"""Who did worst and who best, by sample."""


def choose_dialogues(group: Group, count: int, seed: int) -> tuple[Choice, ...]:
    """Choose dialogues of a board's ranked models: what comes first is shown first, if not all can be.

    Worst, typical and best are by merit: whether the model was right to ask and then right, how much of what was
    missing it knew when it answered, whether the answer was right, and few questions. Typical is the middle of that
    order. A disagreement is the largest difference in merit from another model on the same problem.

    Args:
        group: The board.
        count: At most so many a model and reason, at least 0.
        seed: Which of equally good ones.
    """
    extremes = _find_extremes(group.ranked, seed)
    chosen = [_choose(log, extremes, count, seed) for log in group.ranked]
    # by turns, so that a budget which ends the choice ends it for all models alike
    return tuple(choice for some in zip_longest(*chosen) for choice in some if choice is not None)


def merit(candidate: Candidate) -> tuple[float, ...]:
    """Return what a dialogue is worth; more is better."""
    return candidate.joint, candidate.asked_well, candidate.known, candidate.right, -candidate.questions


def _choose(log: Loaded, extremes: Extremes, count: int, seed: int) -> list[Choice]:
    ordered = sorted(_of_under(log), key=lambda each: (merit(each), _lot(each, seed)))
    taken: set[tuple[str, int]] = set()
    middle = len(ordered) // 2
    orders: Mapping[Reason, Sequence[Candidate]] = {
        "worst": ordered,
        "typical": _from(ordered, middle) if ordered else [],
        "best": ordered[::-1],
    }
    by_reason: dict[Reason, list[Choice]] = {}
    for reason, order in orders.items():
        some = _spread([each for each in order if (each.sample, each.epoch) not in taken], count)
        taken |= {(each.sample, each.epoch) for each in some}
        by_reason[reason] = [Choice(log, each, reason) for each in some]
    by_reason["disagreement"] = _disagree(log, extremes, count, taken)
    places = range(count)
    return [by_reason[reason][place] for place in places for reason in REASONS if place < len(by_reason[reason])]


def _of_under(log: Loaded) -> list[Candidate]:
    under = [each for each in log.candidates if each.arm == "under"]
    return under or list(log.candidates)


def _from(ordered: Sequence[Candidate], middle: int) -> list[Candidate]:
    """Return candidates from the middle outwards, those below before those above."""
    below, above = ordered[:middle][::-1], ordered[middle + 1 :]
    pairs = zip_longest(below, above)
    return [ordered[middle], *(each for pair in pairs for each in pair if each is not None)]


def _spread(order: Sequence[Candidate], count: int) -> list[Candidate]:
    """Take the first ones, of different templates as long as there are any."""
    seen: set[str] = set()
    first: list[Candidate] = []
    for each in order:
        if each.template not in seen:
            seen.add(each.template)
            first.append(each)
        if len(first) == count:
            break
    return first


def _find_extremes(logs: Sequence[Loaded], seed: int) -> Extremes:
    """Return who did worst and best on each sample: of all models, one of these is furthest from any other."""
    by_sample: defaultdict[SampleKey, list[tuple[Loaded, Candidate]]] = defaultdict(list)
    for log in logs:
        openings = {problem.name: problem.opening for problem in log.problems}
        for each in _of_under(log):
            by_sample[each.sample, each.epoch, openings[each.problem]].append((log, each))

    def order(pair: tuple[Loaded, Candidate]) -> tuple[tuple[float, ...], int]:
        return merit(pair[1]), _lot(pair[1], seed, pair[0].eval_id)

    return {key: (min(pairs, key=order), max(pairs, key=order)) for key, pairs in by_sample.items() if len(pairs) > 1}


def _disagree(log: Loaded, extremes: Extremes, count: int, taken: set[tuple[str, int]]) -> list[Choice]:
    openings = {problem.name: problem.opening for problem in log.problems}
    found: list[tuple[tuple[float, ...], Choice]] = []
    for each in _of_under(log):
        if (each.sample, each.epoch) in taken:
            continue
        for other in extremes.get((each.sample, each.epoch, openings[each.problem]), ()):
            apart = tuple(abs(one - two) for one, two in zip(merit(each), merit(other[1]), strict=True))
            if any(apart):
                found.append((apart, Choice(log, each, "disagreement", other)))
    found.sort(key=lambda pair: pair[0], reverse=True)
    chosen: dict[str, Choice] = {}
    for _, choice in found:
        if len(chosen) < count:
            chosen.setdefault(choice.candidate.template, choice)
    return list(chosen.values())


def _lot(each: Candidate, seed: int, more: str = "") -> int:
    text = f"{seed}\0{each.sample}\0{each.epoch}\0{more}"
    return int.from_bytes(hashlib.sha256(text.encode(errors="surrogatepass")).digest()[:6])
