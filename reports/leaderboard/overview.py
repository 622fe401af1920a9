"""What the report says as a whole: who asks best, what changed over releases, and what it all rests on."""

from collections.abc import Mapping
from typing import NamedTuple

from askfirst.reports.leaderboard.board import ALL, HEADLINE, Board, Entry, Leaderboard
from askfirst.reports.leaderboard.cells import Cell, estimate_cell
from askfirst.reports.leaderboard.exchange import Exchange, early_turn
from askfirst.reports.leaderboard.profile import PART_COLUMNS
from askfirst.reports.leaderboard.series import group_series, label_dates
from askfirst.reports.leaderboard.view import natural

STRENGTH = ("proved", "traced", "trial", "stated", "none")
"""Kinds of certificates, strongest first."""


class Glance(NamedTuple):
    """What a stranger needs within a minute."""

    best: Entry
    headline: Cell
    """Over the problems that every ranked model has: what ranks."""
    over: str
    """Says that these are not all of its own; empty where they are."""
    any: bool
    """Whether it asks for what it lacks and is right anywhere at all: else being first is no praise."""
    tied: int
    """How many models can't be told apart from it."""
    good: Exchange | None
    """A dialogue in which the best one asked and was right."""
    early: Exchange | None
    """A dialogue in which some model answered too early: of the best ranked that has one."""


class Step(NamedTuple):
    """One entry of a series."""

    entry: Entry
    label: str
    cells: tuple[Cell, ...]


class Series(NamedTuple):
    """Several releases of a model, or checkpoints of a training run, on one board."""

    name: str
    board: Board
    steps: tuple[Step, ...]


def to_glance(board: Leaderboard, exchanges: Mapping[str, Exchange]) -> Glance | None:
    """Pick what to show first; None for a report without a ranked model."""
    main = board.boards[0]
    ranked = [board.entries[key] for key in main.order if board.entries[key].slices[ALL].rank is not None]
    if not ranked:
        return None
    best = ranked[0]
    rank = best.slices[ALL].rank
    under = [each for each in exchanges.values() if each.dialogue.arm == "under"]
    good = (each for each in under if each.entry == best and each.dialogue.outcome == "informed")
    early = (each for entry in ranked for each in under if each.entry == entry and early_turn(each.dialogue))
    return Glance(
        best,
        estimate_cell(best.shared),
        "" if best.slices[ALL].problems == main.problems else f" on the {main.problems} problems that all have",
        best.shared is None or best.shared.mean > 0,
        0 if rank is None else sum(key != best.key for key in rank.tied_with),
        next((each for each in good if each.dialogue.right), None),
        next(early, None),
    )


def to_series(board: Leaderboard) -> tuple[Series, ...]:
    """Return what has two entries or more over time, in the order of boards; steps from the first on."""
    found: list[Series] = []
    for of in board.boards:
        for name, entries in group_series(board.entries[key] for key in of.order).items():
            if len(entries) > 1:
                steps = zip(entries, label_dates(entries), strict=True)
                found.append(Series(name, of, tuple(_step(entry, date) for entry, date in steps)))
    return tuple(found)


def _step(entry: Entry, date: str) -> Step:
    estimates = entry.slices[ALL].estimates
    cells = tuple(
        estimate_cell(estimates.get(column.name), with_bar=column.name == HEADLINE) for column in PART_COLUMNS
    )
    return Step(entry, date if entry.step is None else f"step {entry.step}", cells)


def to_choices(board: Leaderboard) -> dict[str, list[str]]:
    """Return what can be filtered by: settings in which boards differ, by name."""
    values = {
        name: sorted({each.settings[name] for each in board.boards if name in each.settings}, key=natural)
        for name in ("task", "condition", "persona", "system message", "protocol", "user")
    }
    return {name: found for name, found in values.items() if len(found) > 1}


def to_certificates(board: Leaderboard) -> tuple[tuple[str, ...], list[tuple[Entry, list[int]]]]:
    """Return the kinds of certificates, strongest first, and how many problems of each every main entry has."""
    entries = [board.entries[key] for key in board.boards[0].order]
    kinds = sorted({kind for entry in entries for kind in entry.certificates}, key=_strength)
    return tuple(kinds), [(entry, [entry.certificates.get(kind, 0) for kind in kinds]) for entry in entries]


def to_patience(board: Leaderboard) -> tuple[tuple[str, ...], list[tuple[Entry, list[Cell]]]]:
    """Return how much patience was looked at, and the main board's entries with asking_success at each."""
    entries = [board.entries[key] for key in board.boards[0].order]
    names = tuple(dict.fromkeys(name for entry in entries for name, _ in entry.patience.points))
    by_name = [(entry, dict(entry.patience.points)) for entry in entries]
    return names, [(entry, [estimate_cell(points.get(name)) for name in names]) for entry, points in by_name]


def to_identities(board: Leaderboard) -> list[tuple[str, list[tuple[str, list[Entry]]]]]:
    """Return each identity's values, each with the entries that have it, all boards together."""
    names = sorted({name for entry in board.entries.values() for name in entry.identities})
    table: list[tuple[str, list[tuple[str, list[Entry]]]]] = []
    for name in names:
        entries_by_value: dict[str, list[Entry]] = {}
        for entry in board.entries.values():
            if name in entry.identities:
                entries_by_value.setdefault(entry.identities[name], []).append(entry)
        table.append((name, list(entries_by_value.items())))
    return table


def _strength(kind: str) -> tuple[int, str]:
    return (STRENGTH.index(kind) if kind in STRENGTH else len(STRENGTH), kind)
