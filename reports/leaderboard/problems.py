"""One row a problem of one log, epochs collapsed."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from askfirst.benchmark.measures import CONTRASTS, JOINT
from askfirst.reports.gate.parts import part_of
from askfirst.reports.leaderboard.samples import Played
from askfirst.reports.results import combine_arms

SPANNING = frozenset((*JOINT, *CONTRASTS))
"""Measures that look at several arms of a problem."""


class Problem(NamedTuple):
    """One problem's values, and what it is."""

    name: str
    """Its id."""
    template: str
    """With its family: the unit of clustering."""
    family: str
    level: int
    hidden: int
    """Fragments that the `under` arm withholds; 0 without that arm."""
    certificate: str
    complete: bool
    """Whether every arm of the evaluation has a scored sample."""
    values: Mapping[str, float]
    """By measure; one that applies to none of the problem's samples is missing."""
    parts: tuple[str, ...]
    """What its dialogues came to, by name in `gate.parts.PARTS`."""
    gains: tuple[float | None, ...]
    """By the number of the question in its dialogue, over epochs: the mean share of the best question's bits."""
    opening: str
    """Equal for problems whose samples are the same, word for word."""
    content: str
    """Equal for problems that are the same, whatever the condition of their `under` arm."""


def collapse(played: Sequence[Played]) -> tuple[Problem, ...]:
    """Return one row a problem, in order of problem id.

    A plain measure is its mean over the problem's samples and epochs. A joint measure is the product of its arms' means
    over epochs, a contrast `under` minus the mean of the other arms; both only where every arm is there. Samples that
    failed give no values, but their problem keeps its row.
    """
    by_problem: defaultdict[str, list[Played]] = defaultdict(list)
    for each in played:
        by_problem[each.run.problem].append(each)
    return tuple(_collapse(problem, by_problem[problem]) for problem in sorted(by_problem))


def _collapse(name: str, played: Sequence[Played]) -> Problem:
    first, whole = played[0], [each for each in played if each.whole]
    under = next((each for each in played if each.run.arm == "under"), None)
    arms = frozenset(first.run.arms)
    scored: dict[str, dict[str, list[float]]] = {}
    plain: dict[str, list[float]] = {}
    for each in whole:
        for measure, value in each.values.items():
            if measure in SPANNING:
                scored.setdefault(measure, {}).setdefault(each.run.arm, []).append(value)
            else:
                plain.setdefault(measure, []).append(value)
    spanning = {measure: combine_arms(measure, scored[measure], arms) for measure in scored}
    values = {measure: sum(some) / len(some) for measure, some in plain.items()}
    parts = [part_of(each.run.arm, each.values) for each in whole]
    by_arm = {each.run.arm: each for each in played}
    return Problem(
        name=name,
        template=first.run.template,
        family=first.run.family,
        level=first.run.level,
        hidden=len(under.hidden) if under else 0,
        certificate=first.certificate,
        complete=arms <= {each.run.arm for each in whole},
        values=values | {measure: value for measure, value in spanning.items() if value is not None},
        parts=tuple(part for part in parts if part is not None),
        gains=_mean_gains([each.gains for each in whole if each.run.arm == "under"]),
        opening="+".join(by_arm[arm].opening for arm in sorted(by_arm)),
        content="+".join((by_arm.get("under", first).content, by_arm["full"].opening if "full" in by_arm else "")),
    )


def _mean_gains(gains: Sequence[Sequence[float | None]]) -> tuple[float | None, ...]:
    longest = max(map(len, gains), default=0)
    at = [[each[place] for each in gains if place < len(each)] for place in range(longest)]
    known = [[gain for gain in some if gain is not None] for some in at]
    return tuple(sum(some) / len(some) if some else None for some in known)
