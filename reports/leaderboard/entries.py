"""Makes a board's entries of its logs: figures, ranks by slice, and words."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from askfirst.reports.intervals import Estimate
from askfirst.reports.leaderboard.board import ALL, HEADLINE, Entry, RankRange, Slice
from askfirst.reports.leaderboard.boards import (
    MIN_SHARED,
    MIN_TEMPLATES,
    Group,
    ProblemKey,
    key_of,
    share_problems,
    short_hash,
    slug,
    templates_by_key,
)
from askfirst.reports.leaderboard.figures import (
    count_certificates,
    count_unscored,
    draw_accuracy_by_hidden,
    draw_gain_by_question,
    draw_patience,
    estimate_measure,
    estimate_parts,
    estimate_slice,
    share_parts,
    slice_problems,
)
from askfirst.reports.leaderboard.loading import Loaded
from askfirst.reports.leaderboard.problems import Problem
from askfirst.reports.leaderboard.public import last_part
from askfirst.reports.leaderboard.ranking import Compared, compare_models, rank_models
from askfirst.reports.leaderboard.words import describe_entry


class Ranked(NamedTuple):
    """The order of a board's models, over all problems and by slice."""

    problems: int
    """That every model has a value of."""
    compared: tuple[Compared, ...]
    """Every two models, over all."""
    ranges: Mapping[str, Mapping[str, RankRange]]
    """By slice, then by the entry's key; slices on which models share too few problems are missing."""
    headlines: Mapping[str, Estimate]
    """By the entry's key: the headline over the problems that every model has a value of."""


def key_entries(group: Group) -> dict[str, str]:
    """Return the key of each log's entry, by evaluation id.

    That of the newest of a model stays when newer ones come, and when others come from which its name has to be told.
    """
    newest = {log.eval_id for log in group.newest}
    keys: dict[str, str] = {}
    for log in group.logs:
        own = () if log.eval_id in newest else (log.eval_id,)
        keys[log.eval_id] = f"{slug(log.name.model)}-{short_hash(group.key, log.name.identity, *own)}"
    return keys


def rank_group(group: Group, keys: Mapping[str, str]) -> Ranked:
    """Rank a board's models on the problems that all have a value of.

    Args:
        group: The board.
        keys: Of entries, by evaluation id.
    """
    ranked = group.ranked
    shared = share_problems(ranked)
    if not shared:
        return Ranked(0, (), {}, {})
    if group.settings.get("condition") == "closed":
        return Ranked(len(shared), (), {}, {})  # nothing can be asked: a floor to measure from, no contest
    problems = {keys[log.eval_id]: {key_of(problem): problem for problem in log.problems} for log in ranked}
    first = next(iter(problems.values()))
    by_slice = slice_problems([first[key] for key in shared])
    compared: tuple[Compared, ...] = ()
    ranges: dict[str, Mapping[str, RankRange]] = {}
    for name, some in by_slice.items():
        templates = [problem.template for problem in some]
        few = len(some) < MIN_SHARED or len(set(templates)) < MIN_TEMPLATES
        if name != ALL and (few or name.startswith("template:")):
            continue
        values = _values(problems, [key_of(problem) for problem in some], HEADLINE)
        pairs = compare_models(values, templates)
        ranges[name] = rank_models(values, pairs)
        if name == ALL:
            compared = pairs
    headlines = {key: estimate_measure(HEADLINE, [own[each] for each in shared]) for key, own in problems.items()}
    known = {key: one for key, one in headlines.items() if one is not None}
    return Ranked(len(shared), compared, ranges, known)


def compare_on(group: Group, keys: Mapping[str, str], measure: str) -> tuple[Compared, ...]:
    """Compare a board's models on another measure, over the problems that all have a value of.

    Returns:
        Nothing where they share too few.
    """
    shared = share_problems(group.ranked, measure)
    if len(shared) < MIN_SHARED:
        return ()
    problems = {keys[log.eval_id]: {key_of(problem): problem for problem in log.problems} for log in group.ranked}
    template_by_key = templates_by_key(group.ranked[0].problems)
    values = _values(problems, shared, measure)
    spread = max(1.0, *(max(some) - min(some) for some in zip(*values.values(), strict=True)))
    return compare_models(values, [template_by_key[key] for key in shared], spread)


def _values(
    problems: Mapping[str, Mapping[ProblemKey, Problem]], shared: Sequence[ProblemKey], measure: str
) -> dict[str, list[float]]:
    return {key: [own[each].values[measure] for each in shared] for key, own in problems.items()}


def to_entry(log: Loaded, group: Group, keys: Mapping[str, str], called: Mapping[str, str], ranked: Ranked) -> Entry:
    """Make the entry of one log.

    Args:
        log: One of the board's.
        group: The board.
        keys: Of entries, by evaluation id.
        called: What to call models and series, by identity.
        ranked: The board's order.
    """
    key = keys[log.eval_id]
    slices = {
        name: Slice(
            problems=len(some),
            estimates=estimate_slice(name, some),
            rank=ranked.ranges.get(name, {}).get(key),
        )
        for name, some in slice_problems(log.problems).items()
    }
    words = describe_entry(
        slices, estimate_parts(log.problems), group.settings["condition"], group.settings["on attempt"]
    )
    return Entry(
        key=key,
        model=called[log.name.identity],
        policy=log.name.policy,
        board=group.key,
        date=log.created[:10],
        created=log.created,
        series=called[log.name.series],
        step=log.name.step,
        newest=log in group.newest,
        shared=ranked.headlines.get(key),
        samples=log.samples,
        errored=log.errored,
        incomplete=sum(not problem.complete for problem in log.problems),
        unscored=count_unscored(log.problems),
        unsure=log.unsure,
        slices=slices,
        parts=share_parts(log.problems),
        patience=draw_patience(log.problems),
        accuracy_by_hidden=draw_accuracy_by_hidden(log.problems),
        gain_by_question=draw_gain_by_question(log.problems),
        timing=log.timing,
        words=words,
        certificates=count_certificates(log.problems),
        identities=log.identities,
        usage=log.usage,
        logs=(last_part(log.path),),
        command=log.command,
    )
