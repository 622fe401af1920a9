"""Measures that need several logs of one model: what asking recovers, and what is lost between asking and using.

Both compare conditions on the same problems. Intervals are 95%, clustered by template, with one degree of freedom less
than there are templates.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np

from askfirst.reports.intervals import clustered_error, estimate_unbounded, t_quantile
from askfirst.reports.leaderboard.board import Across
from askfirst.reports.leaderboard.boards import MIN_SHARED, MIN_TEMPLATES
from askfirst.reports.leaderboard.loading import Loaded
from askfirst.reports.leaderboard.problems import Problem

NOT_HELD = ("condition", "max turns")
"""Settings that differ between conditions: with the last call at once there is one turn."""

MIN_ERRORS = 3
"""Standard errors of its denominator below which recovery is unscored: dividing by nearly nothing gives anything."""

MIN_USED = 30
"""Problems below which use_gap is unscored."""

KNEW_ALL = 1.0


class Ratio(NamedTuple):
    """A ratio of two means and its interval."""

    value: float
    low: float | None
    high: float | None


def measure_across(logs: Sequence[Loaded], called: Mapping[str, str]) -> tuple[Across, ...]:
    """Return the measures of every model that was run in `ask` and in another condition; in order of models.

    Args:
        logs: All logs; of several that are alike, the newest counts.
        called: What to call models, by identity.
    """
    conditions: defaultdict[tuple[str, ...], dict[str, Loaded]] = defaultdict(dict)
    for log in sorted(logs, key=lambda log: (log.created, log.eval_id)):
        held = tuple(value for name, value in log.settings.items() if name not in NOT_HELD)
        conditions[(called[log.name.identity], *held)][log.settings["condition"]] = log
    found: list[Across] = []
    for (model, *_), by_condition in sorted(conditions.items()):
        ask = by_condition.get("ask")
        if ask is None:
            continue
        if "closed" in by_condition:
            found.append(recovery(model, ask.problems, by_condition["closed"].problems))
        if "concat" in by_condition:
            found.append(use_gap(model, ask.problems, by_condition["concat"].problems))
    return tuple(found)


def recovery(model: str, ask: Sequence[Problem], closed: Sequence[Problem]) -> Across:
    """Return (accuracy in `ask` - in `closed`) / (accuracy with nothing hidden - in `closed`).

    1 where asking makes up for all that was hidden, 0 where it does not help; it may lie outside [0, 1]. The interval
    is the delta method's, on the problems that have all three accuracies.
    """
    rows = [
        (one.values["accuracy_under"], other.values["accuracy_under"], one.values["accuracy_full"], one.template)
        for one, other in _pair(ask, closed)
        if {"accuracy_under", "accuracy_full"} <= one.values.keys() and "accuracy_under" in other.values
    ]
    templates = [row[3] for row in rows]
    if len(rows) < MIN_SHARED or len(set(templates)) < MIN_TEMPLATES:
        return _unscored("recovery", model, len(rows), f"{len(rows)} problems have all three accuracies: too few")
    open_, shut, full = (np.array([row[place] for row in rows], dtype=float) for place in range(3))
    numerator, denominator = open_ - shut, full - shut
    error = clustered_error([float(each) for each in denominator - denominator.mean()], templates)
    below = float(denominator.mean())
    if below <= MIN_ERRORS * error or below <= 0:
        reason = (
            f"accuracy with nothing hidden is only {below:.2f} above that without asking: "
            f"under {MIN_ERRORS} standard errors ({error:.3f})"
        )
        return _unscored("recovery", model, len(rows), reason)
    ratio = float(numerator.mean()) / below
    influences = [float(each) for each in (numerator - ratio * denominator) / below]
    margin = t_quantile(len(set(templates)) - 1) * clustered_error(influences, templates)
    return Across(
        measure="recovery", model=model, value=ratio, low=ratio - margin, high=ratio + margin, n=len(rows), reason=""
    )


def use_gap(model: str, ask: Sequence[Problem], concat: Sequence[Problem]) -> Across:
    """Return the mean of accuracy when told at once - accuracy in `ask`, over problems whose facts it had all got.

    In [-1, 1]; above 0 where facts that came in a dialogue are used worse than the same facts in one message.
    """
    rows = [
        (other.values["accuracy_under"] - one.values["accuracy_under"], one.template)
        for one, other in _pair(ask, concat)
        if one.values.get("known_at_attempt") == KNEW_ALL
        and "accuracy_under" in one.values
        and "accuracy_under" in other.values
    ]
    if len(rows) < MIN_USED:
        reason = f"{len(rows)} problems in which it got all facts before it answered; expected at least {MIN_USED}"
        return _unscored("use_gap", model, len(rows), reason)
    found = estimate_unbounded([row[0] for row in rows], [row[1] for row in rows], -1, 1)
    if found is None:
        raise ValueError("use_gap needs rows")
    return Across(
        measure="use_gap", model=model, value=found.mean, low=found.low, high=found.high, n=found.n, reason=""
    )


def _pair(one: Sequence[Problem], other: Sequence[Problem]) -> list[tuple[Problem, Problem]]:
    by_key = {(problem.name, problem.content): problem for problem in other}
    return [
        (problem, by_key[problem.name, problem.content]) for problem in one if (problem.name, problem.content) in by_key
    ]


def _unscored(measure: str, model: str, n: int, reason: str) -> Across:
    return Across.model_validate(
        {"measure": measure, "model": model, "value": None, "low": None, "high": None, "n": n, "reason": reason}
    )
