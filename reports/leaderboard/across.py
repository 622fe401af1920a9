"""Measures that need several logs of one model: what asking recovers, and what is lost between asking and using.

Both compare conditions on the same problems. Intervals are 95%, clustered by template, with one degree of freedom less
than there are templates.
"""

from collections.abc import Mapping, Sequence
from typing import Literal, NamedTuple

import numpy as np

from askfirst.reports.intervals import clustered_error, estimate_unbounded, t_quantile
from askfirst.reports.leaderboard.board import ASK, Across
from askfirst.reports.leaderboard.boards import MIN_SHARED, MIN_TEMPLATES, Group
from askfirst.reports.leaderboard.loading import Loaded
from askfirst.reports.leaderboard.problems import Problem

NOT_HELD = ("condition", "max turns")
"""Settings that differ between conditions: with the last call at once there is one turn."""

MIN_ERRORS = 3
"""Standard errors of its denominator below which recovery is unscored: dividing by nearly nothing gives anything."""

MIN_USED = 30
"""Problems below which use_gap is unscored."""

KNEW_ALL = 1.0


class Owner(NamedTuple):
    """The entry that a measure belongs to."""

    entry: str
    """Its key."""
    model: str
    """As people call it."""


def measure_across(groups: Sequence[Group], called: Mapping[str, str], keys: Mapping[str, str]) -> tuple[Across, ...]:
    """Return the measures of every newest entry in `ask` whose model was run in another condition too.

    Args:
        groups: All boards.
        called: What to call models, by identity.
        keys: Of entries, by evaluation id.

    Returns:
        In order of the boards and their models. Conditions differ in nothing but `NOT_HELD`; of several logs of one
        condition that with most of the entry's problems counts, and of equals the newest.
    """
    found: list[Across] = []
    for group in groups:
        if group.settings["condition"] != ASK:
            continue
        for log in group.newest:
            owner = Owner(keys[log.eval_id], called[log.name.identity])
            if closed := _find_other(log, groups, "closed"):
                found.append(recovery(owner, log.problems, closed.problems))
            if concat := _find_other(log, groups, "concat"):
                found.append(use_gap(owner, log.problems, concat.problems))
    return tuple(found)


def _find_other(log: Loaded, groups: Sequence[Group], condition: str) -> Loaded | None:
    alike = [
        other
        for group in groups
        if group.settings["condition"] == condition
        for other in group.logs
        if other.name.identity == log.name.identity and _held(other) == _held(log)
    ]
    return max(
        alike, key=lambda other: (len(_pair(log.problems, other.problems)), other.created, other.eval_id), default=None
    )


def _held(log: Loaded) -> dict[str, str]:
    return {name: value for name, value in log.settings.items() if name not in NOT_HELD}


def recovery(owner: Owner, ask: Sequence[Problem], closed: Sequence[Problem]) -> Across:
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
        return _unscored("recovery", owner, len(rows), f"{len(rows)} problems have all three accuracies: too few")
    open_, shut, full = (np.array([row[place] for row in rows], dtype=float) for place in range(3))
    numerator, denominator = open_ - shut, full - shut
    error = clustered_error([float(each) for each in denominator - denominator.mean()], templates)
    below = float(denominator.mean())
    if below <= MIN_ERRORS * error or below <= 0:
        reason = (
            f"accuracy with nothing hidden is only {below:.2f} above that without asking: "
            f"under {MIN_ERRORS} standard errors ({error:.3f})"
        )
        return _unscored("recovery", owner, len(rows), reason)
    ratio = float(numerator.mean()) / below
    influences = [float(each) for each in (numerator - ratio * denominator) / below]
    margin = t_quantile(len(set(templates)) - 1) * clustered_error(influences, templates)
    return Across(
        measure="recovery",
        entry=owner.entry,
        model=owner.model,
        value=ratio,
        low=ratio - margin,
        high=ratio + margin,
        n=len(rows),
        reason="",
    )


def use_gap(owner: Owner, ask: Sequence[Problem], concat: Sequence[Problem]) -> Across:
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
        return _unscored("use_gap", owner, len(rows), reason)
    found = estimate_unbounded([row[0] for row in rows], [row[1] for row in rows], -1, 1)
    if found is None:
        raise ValueError("use_gap needs rows")
    return Across(
        measure="use_gap",
        entry=owner.entry,
        model=owner.model,
        value=found.mean,
        low=found.low,
        high=found.high,
        n=found.n,
        reason="",
    )


def _pair(one: Sequence[Problem], other: Sequence[Problem]) -> list[tuple[Problem, Problem]]:
    by_key = {(problem.name, problem.content): problem for problem in other}
    return [
        (problem, by_key[problem.name, problem.content]) for problem in one if (problem.name, problem.content) in by_key
    ]


def _unscored(measure: Literal["recovery", "use_gap"], owner: Owner, n: int, reason: str) -> Across:
    return Across(
        measure=measure, entry=owner.entry, model=owner.model, value=None, low=None, high=None, n=n, reason=reason
    )
