"""Whether the order of models stays the same under different simulated users."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

from rich import box
from rich.table import Table
from rich.text import Text

from askfirst.benchmark.errors import LogError
from askfirst.benchmark.problem import Frozen
from askfirst.reports.intervals import Estimate, estimate
from askfirst.reports.paired import Difference, paired_difference
from askfirst.reports.results import ProblemRow, Results

SCHEMA_VERSION = 1

RANKED_BY = ("joint_success", "asking_success", "ask_f1", "accuracy_under", "accuracy_full")
"""What ranks models, each deciding between those that are equal by all before it; higher is better in all."""

ALIKE = 9
"""Digits to which means that are equal agree."""


class Standing(Frozen):
    """One model's place under one user."""

    model: str
    rank: int
    """From 1, the best; models that are equal by every measure share the better rank."""
    tied: bool
    estimates: Mapping[str, Estimate | None]
    """By the measures of `RANKED_BY`; None where no problem has a value."""


class Ranking(Frozen):
    """The order of the models under one user."""

    user: str
    problems: int
    """Problems that every model has; only these count."""
    standings: tuple[Standing, ...]
    """Best first; equal ones by name."""


class Pair(Frozen):
    """Two models compared under one user, on the same problems."""

    user: str
    better: str
    worse: str
    decided_by: str
    """The first measure of `RANKED_BY` by which they differ; empty for a tie, and then the difference is 0."""
    difference: Difference
    """In that measure, the better one's minus the other's."""


class Reversal(Frozen):
    """Two models of which one is better under one user and the other under another."""

    models: tuple[str, str]
    first: Pair
    other: Pair
    certain: bool
    """Whether both intervals leave out 0: otherwise it may be chance."""


class RankStability(Frozen):
    """What comparing rankings gave."""

    schema_version: int = SCHEMA_VERSION
    ranked_by: tuple[str, ...] = RANKED_BY
    rankings: tuple[Ranking, ...]
    pairs: tuple[Pair, ...]
    same_order: bool
    """Whether every model has the same rank under every user."""
    reversals: tuple[Reversal, ...]
    """Empty also where ranks differ only because a tie under one user is none under another."""


def rank_stability(results_by_user: Mapping[str, Sequence[Results]]) -> RankStability:
    """Rank models under each user, and say whether the order is the same.

    Args:
        results_by_user: One result a model, by user; the same models under each.

    Raises:
        LogError: If there are fewer than two users or models, a model is missing or there twice, or models share no
            problem.
    """
    _check_complete(results_by_user)
    tables = {user: _shared_rows(user, results) for user, results in results_by_user.items()}
    rankings = tuple(_rank(user, rows) for user, rows in tables.items())
    pairs = tuple(pair for user, rows in tables.items() for pair in _compare(user, rows))
    ranks = [{each.model: each.rank for each in ranking.standings} for ranking in rankings]
    return RankStability(
        rankings=rankings,
        pairs=pairs,
        same_order=all(each == ranks[0] for each in ranks),
        reversals=tuple(_reversals(pairs)),
    )


def group_by_user(results: Sequence[Results]) -> dict[str, list[Results]]:
    """Group results by the user that they were held with, in the order in which users come first."""
    groups: dict[str, list[Results]] = {}
    for each in results:
        groups.setdefault(each.user, []).append(each)
    return groups


def _check_complete(results_by_user: Mapping[str, Sequence[Results]]) -> None:
    if len(results_by_user) < 2:
        raise LogError(f"ranks: users {list(results_by_user)!r}; expected at least two; add logs of another persona")
    names_by_user = {user: [each.name for each in results] for user, results in results_by_user.items()}
    everyone = sorted({name for names in names_by_user.values() for name in names})
    if len(everyone) < 2:
        raise LogError(f"ranks: models {everyone!r}; expected at least two; add logs of another model")
    for user, names in names_by_user.items():
        if sorted(names) != everyone:
            raise LogError(
                f"ranks: user {user!r} has logs of {sorted(names)!r}; expected one of each of {everyone!r}; "
                "add or leave out logs"
            )


def _shared_rows(user: str, results: Sequence[Results]) -> dict[str, list[ProblemRow]]:
    """Return each model's rows of the problems that all models have, in the order of their ids."""
    whole = {each.name: {row.problem: row for row in each.rows if row.complete} for each in results}
    first, *others = whole.values()
    shared = [problem for problem in sorted(first) if all(problem in rows for rows in others)]
    if not shared:
        raise LogError(f"ranks: user {user!r}: the models share no problem; expected the same; evaluate with one seed")
    return {name: [rows[problem] for problem in shared] for name, rows in whole.items()}


def _rank(user: str, rows_by_model: Mapping[str, Sequence[ProblemRow]]) -> Ranking:
    keys = {name: _key(rows) for name, rows in rows_by_model.items()}
    order = sorted(keys, key=lambda name: ([-value for value in keys[name]], name))
    values = [keys[name] for name in order]
    return Ranking(
        user=user,
        problems=len(next(iter(rows_by_model.values()))),
        standings=tuple(
            Standing(
                model=name,
                rank=values.index(keys[name]) + 1,
                tied=values.count(keys[name]) > 1,
                estimates={measure: _estimate(rows_by_model[name], measure) for measure in RANKED_BY},
            )
            for name in order
        ),
    )


def _key(rows: Sequence[ProblemRow]) -> tuple[float, ...]:
    # no value at all, as of an accuracy where a source has no right answer, is the same for every model
    means = [_estimate(rows, measure) for measure in RANKED_BY]
    return tuple(0.0 if mean is None else round(mean.mean, ALIKE) for mean in means)


def _estimate(rows: Sequence[ProblemRow], measure: str) -> Estimate | None:
    scored = [row for row in rows if measure in row.values]
    return estimate([row.values[measure] for row in scored], [row.template for row in scored])


def _compare(user: str, rows_by_model: Mapping[str, Sequence[ProblemRow]]) -> Iterator[Pair]:
    for one, other in combinations(sorted(rows_by_model), 2):
        keys = [_key(rows_by_model[name]) for name in (one, other)]
        better, worse = (one, other) if keys[0] >= keys[1] else (other, one)
        differing = [measure for measure, *values in zip(RANKED_BY, *keys, strict=True) if values[0] != values[1]]
        decided_by = differing[0] if differing else ""
        difference = _difference(rows_by_model[better], rows_by_model[worse], decided_by or RANKED_BY[0])
        yield Pair(user=user, better=better, worse=worse, decided_by=decided_by, difference=difference)


def _difference(better: Sequence[ProblemRow], worse: Sequence[ProblemRow], measure: str) -> Difference:
    both = [pair for pair in zip(better, worse, strict=True) if all(measure in row.values for row in pair)]
    return paired_difference(
        [one.values[measure] - other.values[measure] for one, other in both], [one.template for one, _ in both]
    )


def _reversals(pairs: Sequence[Pair]) -> Iterator[Reversal]:
    """Yield the pairs of models whose order under some user is the reverse of their first order."""
    first: dict[tuple[str, str], Pair] = {}
    for pair in pairs:
        if not pair.decided_by:
            continue
        one, other = sorted((pair.better, pair.worse))
        before = first.setdefault((one, other), pair)
        if before.better != pair.better:
            certain = before.difference.certain and pair.difference.certain
            yield Reversal(models=(one, other), first=before, other=pair, certain=certain)


def render_ranks(stability: RankStability) -> Table:
    """Lay models out against users: rank, `=` where it is shared, and the mean of the headline measure."""
    table = Table(box=box.SIMPLE_HEAD, padding=(0, 1), pad_edge=False)
    table.add_column("model", no_wrap=True)
    for ranking in stability.rankings:
        table.add_column(Text(f"{ranking.user}\nn={ranking.problems}"), overflow="fold")
    by_user = [{each.model: each for each in ranking.standings} for ranking in stability.rankings]
    for name in by_user[0]:
        table.add_row(Text(name), *(Text(_describe(standings[name])) for standings in by_user))
    return table


def _describe(standing: Standing) -> str:
    headline = standing.estimates[RANKED_BY[0]]
    return f"{standing.rank}{'=' if standing.tied else ''} {'-' if headline is None else f'{headline.mean:.2f}'}"


def describe_stability(stability: RankStability) -> list[str]:
    """Say in lines whether the order is the same, and which models change places."""
    if stability.same_order:
        return ["The order is the same under every user."]
    if not stability.reversals:
        return ["No two models change places; some are tied under one user and not under another."]
    return [
        f"{each.first.better} is ahead of {each.first.worse} under {each.first.user} "
        f"({_interval(each.first)}), behind under {each.other.user} ({_interval(each.other)})"
        f"{'' if each.certain else ': may be chance'}"
        for each in stability.reversals
    ]


def _interval(pair: Pair) -> str:
    low, high = pair.difference.low, pair.difference.high
    interval = "[-, -]" if low is None or high is None else f"[{low:+.2f}, {high:+.2f}]"
    return f"{pair.decided_by} {pair.difference.mean:+.2f} {interval}"
