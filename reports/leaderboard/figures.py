"""An entry's figures: estimates of all measures, by slice, and curves along what can be counted."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from askfirst.benchmark.measures import MEASURES, PATIENCE
from askfirst.reports.gate.parts import UNDER, part_shares
from askfirst.reports.intervals import Estimate, estimate, estimate_unbounded
from askfirst.reports.leaderboard.board import ALL, Curve
from askfirst.reports.leaderboard.problems import Problem
from askfirst.reports.leaderboard.samples import RANGES

TEMPLATE_MEASURES = (
    "joint_success",
    "asking_success",
    "premature_rate",
    "over_ask_rate",
    "accuracy_under",
    "accuracy_full",
)
"""What is estimated of a single template: few problems, and many templates."""

DIGITS = 9
"""Decimals that estimates keep: verification looks at no more, and a page carries thousands of them."""

MIN_POINT = 5
"""Problems that a point of a curve over questions needs at least."""

PATIENCE_NAMES: Mapping[str, str] = {
    name: name.removesuffix("x").replace("_", ".") if name != "any" else name for name in PATIENCE
}
"""What to call a patience on a curve: the multiple of what was missing, or `any`."""


def slice_problems(problems: Sequence[Problem]) -> dict[str, list[Problem]]:
    """Return problems by slice: all, then families, levels and templates, each in order of their names."""
    families: defaultdict[str, list[Problem]] = defaultdict(list)
    levels: defaultdict[int, list[Problem]] = defaultdict(list)
    templates: defaultdict[str, list[Problem]] = defaultdict(list)
    for problem in problems:
        families[problem.family].append(problem)
        levels[problem.level].append(problem)
        templates[problem.template].append(problem)
    return (
        {ALL: list(problems)}
        | {f"family:{name}": families[name] for name in sorted(families)}
        | {f"level:{level}": levels[level] for level in sorted(levels)}
        | {f"template:{name}": templates[name] for name in sorted(templates)}
    )


def estimate_slice(name: str, problems: Sequence[Problem]) -> dict[str, Estimate | None]:
    """Estimate the measures of a slice: all of them, of a single template those in `TEMPLATE_MEASURES`."""
    measures = TEMPLATE_MEASURES if name.startswith("template:") else MEASURES
    return {measure: estimate_measure(measure, problems) for measure in measures}


def estimate_measure(measure: str, problems: Sequence[Problem]) -> Estimate | None:
    """Estimate a measure over the problems that have a value; None where none has one."""
    scored = [problem for problem in problems if measure in problem.values]
    values, templates = [problem.values[measure] for problem in scored], [problem.template for problem in scored]
    if measure in RANGES:
        least, most = RANGES[measure]
        return _round(estimate_unbounded(values, templates, least, most))
    return _round(estimate(values, templates))


def _round(one: Estimate | None) -> Estimate | None:
    if one is None:
        return None
    low, high = (None if bound is None else round(bound, DIGITS) for bound in (one.low, one.high))
    return one.model_copy(update={"mean": round(one.mean, DIGITS), "low": low, "high": high})


def count_unscored(problems: Sequence[Problem]) -> dict[str, int]:
    """Return how many problems have no value, by measure; measures that every problem has are left out."""
    counts = {measure: sum(measure not in problem.values for problem in problems) for measure in MEASURES}
    return {measure: count for measure, count in counts.items() if count}


def share_parts(problems: Sequence[Problem]) -> dict[str, float]:
    """Return what dialogues came to, by name, as a share of those of the part's arms."""
    return part_shares([part for problem in problems for part in problem.parts])


def estimate_parts(problems: Sequence[Problem]) -> dict[str, Estimate]:
    """Estimate what share of a problem's dialogues with something missing came to each part, in [0, 1], by name."""
    under = [(inside, each.template) for each in problems if (inside := [part for part in each.parts if part in UNDER])]
    templates = [template for _, template in under]
    found = {name: estimate([parts.count(name) / len(parts) for parts, _ in under], templates) for name in UNDER}
    return {name: one for name, one in found.items() if one is not None}


def count_certificates(problems: Sequence[Problem]) -> dict[str, int]:
    """Return how many problems there are by how necessity was shown, by name."""
    return dict(sorted(Counter(problem.certificate for problem in problems).items()))


def draw_patience(problems: Sequence[Problem]) -> Curve:
    """Return asking_success by how many questions a user stands."""
    measures = {
        PATIENCE_NAMES[name]: "asking_success" if name == "2x" else f"asking_success_{name}" for name in PATIENCE
    }
    return _curve({label: estimate_measure(measure, problems) for label, measure in measures.items()})


def draw_accuracy_by_hidden(problems: Sequence[Problem]) -> Curve:
    """Return accuracy_under by the number of hidden fragments."""
    counts = sorted({problem.hidden for problem in problems if problem.hidden})
    return _curve(
        {
            str(count): estimate_measure("accuracy_under", [each for each in problems if each.hidden == count])
            for count in counts
        }
    )


def draw_gain_by_question(problems: Sequence[Problem]) -> Curve:
    """Return information gained, as a share of the best question's, by the question's number in its dialogue."""
    points: dict[str, Estimate | None] = {}
    for place in range(max((len(problem.gains) for problem in problems), default=0)):
        gains = [
            (gain, problem.template)
            for problem in problems
            if place < len(problem.gains) and (gain := problem.gains[place]) is not None
        ]
        if len(gains) >= MIN_POINT:
            points[str(place + 1)] = estimate([gain for gain, _ in gains], [template for _, template in gains])
    return _curve(points)


def _curve(points: Mapping[str, Estimate | None]) -> Curve:
    return Curve(points=tuple((label, point) for label, point in points.items() if point is not None))
