"""What the page's tables hold: columns, rows in order, cells. Everything is a pure function of the leaderboard."""

import re
from collections.abc import Callable, Mapping
from typing import NamedTuple

from askfirst.reports.leaderboard.board import ALL, ASK, HEADLINE, Across, Board, Entry, Leaderboard, RankRange, Slice
from askfirst.reports.leaderboard.cells import (
    Cell,
    cost_cell,
    count_cell,
    estimate_cell,
    format_interval,
    format_number,
    seconds_cell,
    to_key,
    word_cell,
)

GROUPS: Mapping[str, str] = {
    "main": "Main",
    "asking": "Quality of asking",
    "outcomes": "Outcomes",
    "answers": "Right answers",
    "length": "Length",
    "counts": "Counts",
    "run": "Run",
}
"""Groups of columns by name; `main` always shows, the others are toggled."""


class Column(NamedTuple):
    """A column of a table."""

    name: str
    label: str
    group: str
    better: str
    """`higher`, `lower`, or empty where neither is."""


MEASURE_COLUMNS = (
    Column(HEADLINE, "Joint success", "main", "higher"),
    Column("asking_success", "Asking success", "main", "higher"),
    Column("premature_rate", "Premature", "main", "lower"),
    Column("over_ask_rate", "Over-asking", "main", "lower"),
    Column("accuracy_full", "Accuracy, full", "main", "higher"),
    Column("accuracy_under", "Accuracy, under", "answers", "higher"),
    Column("accuracy_decoy", "Accuracy, decoy", "answers", "higher"),
    Column("lucky_rate", "Lucky", "answers", "lower"),
    Column("ask_f1", "Ask F1", "asking", "higher"),
    Column("ask_recall", "Ask recall", "asking", "higher"),
    Column("ask_precision", "Ask precision", "asking", "higher"),
    Column("discrimination", "Discrimination", "asking", "higher"),
    Column("informed_rate", "Informed", "outcomes", "higher"),
    Column("forced_rate", "Forced", "outcomes", "lower"),
    Column("unanswered_rate", "Unanswered", "outcomes", "lower"),
    Column("questions", "Questions", "main", ""),
    Column("turns", "Turns", "length", ""),
)
SLICE_COLUMNS = tuple(
    column for column in MEASURE_COLUMNS if column.group == "main" or column.name in {"accuracy_under", "ask_f1"}
)
"""Of families and levels; fewer than of the whole board, for the page's size."""
ACROSS_COLUMNS = (
    Column("recovery", "Recovery", "answers", "higher"),
    Column("use_gap", "Use gap", "answers", "lower"),
)
PROBLEMS = Column("problems", "Problems", "main", "")
RUN_COLUMNS = (
    Column("date", "Date", "main", ""),
    Column("cost_usd", "Cost", "main", ""),
    Column("samples", "Samples", "counts", ""),
    Column("errored", "Errored", "counts", "lower"),
    Column("incomplete", "Incomplete", "counts", "lower"),
    Column("unscored", "Unscored values", "counts", "lower"),
    Column("unsure", "Unsure matches", "counts", "lower"),
    Column("calls", "Calls", "run", ""),
    Column("input_tokens", "Input tokens", "run", ""),
    Column("output_tokens", "Output tokens", "run", ""),
    Column("seconds", "Time", "run", ""),
    Column("condition", "Condition", "run", ""),
    Column("persona", "Persona", "run", ""),
    Column("protocol", "Protocol", "run", ""),
)
RUN_CELLS: Mapping[str, Callable[[Entry], Cell]] = {
    "date": lambda entry: word_cell(entry.date),
    "cost_usd": lambda entry: cost_cell(entry.usage.cost_usd),
    "samples": lambda entry: count_cell(entry.samples),
    "errored": lambda entry: count_cell(entry.errored),
    "incomplete": lambda entry: count_cell(entry.incomplete),
    "unscored": lambda entry: count_cell(sum(entry.unscored.values())),
    "unsure": lambda entry: count_cell(entry.unsure),
    "calls": lambda entry: count_cell(entry.usage.calls),
    "input_tokens": lambda entry: count_cell(entry.usage.input_tokens),
    "output_tokens": lambda entry: count_cell(entry.usage.output_tokens),
    "seconds": lambda entry: seconds_cell(entry.usage.seconds),
}


class Row(NamedTuple):
    """One entry in a table."""

    entry: Entry
    kind: str
    """`model`, `policy` or `older`."""
    rank: Cell
    cells: tuple[Cell, ...]
    """As many as the table has columns."""


class Table(NamedTuple):
    """Entries of one board on all problems, or on some."""

    name: str
    """Of the slice."""
    label: str
    columns: tuple[Column, ...]
    """After rank and model."""
    rows: tuple[Row, ...]
    """As they stand at first: best first, then reference policies, then older entries."""


def entry_anchor(key: str) -> str:
    """Name the section of an entry, for links inside the page."""
    return f"model-{key}"


def kind_of(entry: Entry) -> str:
    """Say whether an entry is ranked (`model`), a reference (`policy`) or a newer one's predecessor (`older`)."""
    if entry.policy:
        return "policy"
    return "model" if entry.newest else "older"


def format_rank(rank: RankRange) -> str:
    """Write the places that an entry may hold: `1`, or `2-4` with an en dash."""
    return str(rank.best) if rank.best == rank.worst else f"{rank.best}\N{EN DASH}{rank.worst}"


def slice_label(name: str) -> str:
    """Name a slice for people."""
    if name == ALL:
        return "All problems"
    kind, _, value = name.partition(":")
    return f"{kind.capitalize()} {value}"


def slice_names(board: Leaderboard, of: Board) -> tuple[str, ...]:
    """Return the slices that are tables of their own: families and levels of any entry, natural order."""
    names = {name for key in of.order for name in board.entries[key].slices}
    return tuple(sorted((name for name in names if name.startswith(("family:", "level:"))), key=natural))


def natural(name: str) -> list[tuple[int, str]]:
    """Return what to sort a name by so that level 10 comes after level 9."""
    return [(int(part), "") if part.isdigit() else (-1, part) for part in re.split(r"([0-9]+)", name)]


def main_caption(board: Leaderboard, of: Board) -> str:
    """Say what the figures of a board's main table are over, and what its ranks rest on."""
    ranked = [entry for key in of.order if (entry := board.entries[key]).slices[ALL].rank is not None]
    if not ranked:
        return "Means with 95% intervals, over each entry's own problems; none is ranked"
    if all(entry.slices[ALL].problems == of.problems for entry in ranked):
        return f"{of.problems} problems, the same for every ranked model; means with 95% intervals"
    return (
        f"Ranks rest on the {of.problems} problems that every ranked model has; "
        "means, with 95% intervals, are over each model's own"
    )


def main_table(board: Leaderboard, of: Board) -> Table:
    """Return the table of a board on all its problems, with every column that its condition can have."""
    across = ACROSS_COLUMNS if of.settings.get("condition") == ASK else ()
    columns = (*MEASURE_COLUMNS[:5], *MEASURE_COLUMNS[15:16], PROBLEMS, *RUN_COLUMNS[:2])
    columns += (*MEASURE_COLUMNS[8:15], *MEASURE_COLUMNS[5:8], *across, *MEASURE_COLUMNS[16:], *RUN_COLUMNS[2:])
    return _table(board, of, ALL, columns)


def slice_tables(board: Leaderboard, of: Board) -> tuple[Table, ...]:
    """Return a table for each family and level, of the entries that have it, best first."""
    return tuple(_table(board, of, name, (*SLICE_COLUMNS, PROBLEMS)) for name in slice_names(board, of))


def across_by_name(board: Leaderboard, entry: str) -> dict[str, Across]:
    """Return what an entry's log says together with others of its model, by measure; the entry is named by its key."""
    return {each.measure: each for each in board.across if each.entry == entry}


def across_cell(across: Across | None) -> Cell:
    """Show a measure over several logs, or why there is none."""
    if across is None:
        return Cell("not run", note="needs logs of other conditions")
    if across.value is None:
        return Cell("unscored", note=across.reason)
    return Cell(format_number(across.value), format_interval(across.low, across.high), to_key(across.value))


def _table(board: Leaderboard, of: Board, name: str, columns: tuple[Column, ...]) -> Table:
    rows = [
        Row(
            entry,
            kind_of(entry),
            _rank_cell(entry, part),
            tuple(_cell(board, of, entry, part, each) for each in columns),
        )
        for entry in (board.entries[key] for key in of.order)
        if (part := entry.slices.get(name)) is not None
    ]
    if name != ALL:
        rows.sort(key=lambda row: _standing(row, name))  # stable: equals stay in the board's order
    return Table(name, slice_label(name), columns, tuple(rows))


def _standing(row: Row, name: str) -> tuple[int, float]:
    headline = row.entry.slices[name].estimates.get(HEADLINE)
    return ("model", "policy", "older").index(row.kind), 1.0 if headline is None else -headline.mean


def _rank_cell(entry: Entry, part: Slice) -> Cell:
    if part.rank is not None:
        return Cell(format_rank(part.rank), value=str(part.rank.best + part.rank.worst / 1000))
    return Cell({"policy": "\N{EN DASH}", "older": "older", "model": "unranked"}[kind_of(entry)])


def _cell(board: Leaderboard, of: Board, entry: Entry, part: Slice, column: Column) -> Cell:
    if column in MEASURE_COLUMNS:
        return estimate_cell(part.estimates.get(column.name), with_bar=column.name == HEADLINE)
    if column in ACROSS_COLUMNS:
        return across_cell(across_by_name(board, entry.key).get(column.name))
    if column is PROBLEMS:
        return count_cell(part.problems)
    if column.name in RUN_CELLS:
        return RUN_CELLS[column.name](entry)
    return word_cell(of.settings.get(column.name, ""))
