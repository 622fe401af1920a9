"""A model's section of the page: what it does well and badly, by what, and what that rests on."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from askfirst.reports.gate.parts import TWINS, UNDER
from askfirst.reports.leaderboard.board import ALL, HEADLINE, Board, Curve, Entry, Leaderboard, Slice
from askfirst.reports.leaderboard.boards import ACCURACIES
from askfirst.reports.leaderboard.cells import (
    Cell,
    Segment,
    cost_cell,
    count_cell,
    estimate_cell,
    seconds_cell,
    to_segments,
)
from askfirst.reports.leaderboard.exchange import Exchange, Showing, showings_of
from askfirst.reports.leaderboard.series import label_dates
from askfirst.reports.leaderboard.view import (
    MEASURE_COLUMNS,
    across_by_name,
    across_cell,
    entry_anchor,
    format_rank,
    kind_of,
    natural,
    slice_label,
)

PART_COLUMNS = tuple(
    column
    for column in MEASURE_COLUMNS
    if column.name in {HEADLINE, "asking_success", "premature_rate", "over_ask_rate", "accuracy_full"}
)
"""Of families, levels and other boards."""


UNJUDGED: Mapping[str, str] = {
    "asked well and right": "asked well",
    "right without asking": "answered without asking",
    "wrong, or no answer": "no answer",
}
"""What to call what dialogues came to where there is no right answer."""


class Line(NamedTuple):
    """One row of a model's small table."""

    label: str
    cells: tuple[Cell, ...]
    """One each of `PART_COLUMNS`, then how many problems."""
    anchor: str = ""
    """Of the section that has more; empty without one."""


class Profile(NamedTuple):
    """One entry's section."""

    entry: Entry
    board: Board
    kind: str
    anchor: str
    standing: str
    """Its place in words."""
    parts: tuple[Line, ...]
    """Families, then levels."""
    templates: tuple[tuple[str, tuple[tuple[str, Cell], ...]], ...]
    """Family, and its templates: name and headline."""
    elsewhere: tuple[Line, ...]
    """The same model's newest entries under other conditions and personas, and its entries of other dates."""
    under: tuple[Segment, ...]
    """What dialogues with something missing came to."""
    twins: tuple[Segment, ...]
    """What dialogues with nothing missing came to."""
    curves: tuple[tuple[str, str, tuple[tuple[str, Cell], ...]], ...]
    """Title, what the first column counts, and points; curves without a point are left out."""
    measures: tuple[tuple[str, Cell, str], ...]
    """Every measure: name, cell, and how many problems; unscored ones too."""
    usage: tuple[tuple[str, Cell], ...]
    showings: tuple[Showing, ...]


def to_profiles(board: Leaderboard, exchanges: Mapping[str, Exchange]) -> tuple[Profile, ...]:
    """Return a profile for each entry, in the order of boards and their tables."""
    return tuple(_profile(board, of, board.entries[key], exchanges) for of in board.boards for key in of.order)


def _profile(board: Leaderboard, of: Board, entry: Entry, exchanges: Mapping[str, Exchange]) -> Profile:
    names = sorted(entry.slices, key=natural)
    return Profile(
        entry=entry,
        board=of,
        kind=kind_of(entry),
        anchor=entry_anchor(entry.key),
        standing=_standing(board, entry),
        parts=tuple(
            _line(slice_label(name), entry.slices[name])
            for prefix in ("family:", "level:")
            for name in names
            if name.startswith(prefix)
        ),
        templates=_templates(entry, names),
        elsewhere=_elsewhere(board, of, entry),
        under=_stack(entry, UNDER),
        twins=_stack(entry, TWINS),
        curves=tuple(
            (title, counted, tuple((name, estimate_cell(point)) for name, point in curve.points))
            for title, counted, curve in _curves(entry)
            if curve.points
        ),
        measures=_measures(board, entry),
        usage=_usage(entry),
        showings=showings_of(entry, exchanges),
    )


def _stack(entry: Entry, names: Sequence[str]) -> tuple[Segment, ...]:
    judged = any(entry.slices[ALL].estimates.get(measure) is not None for measure in ACCURACIES)
    unjudged: Mapping[str, str] = {} if judged else UNJUDGED
    segments = [
        each._replace(name=each.name.removeprefix("with nothing missing: ")) for each in to_segments(entry.parts, names)
    ]
    return tuple(each._replace(name=unjudged.get(each.name, each.name)) for each in segments)


def _line(label: str, part: Slice, anchor: str = "") -> Line:
    cells = [estimate_cell(part.estimates.get(column.name)) for column in PART_COLUMNS]
    return Line(label, (*cells, count_cell(part.problems)), anchor)


def _templates(entry: Entry, names: Sequence[str]) -> tuple[tuple[str, tuple[tuple[str, Cell], ...]], ...]:
    by_family: dict[str, list[tuple[str, Cell]]] = {}
    for name in names:
        if name.startswith("template:"):
            family, _, template = name.removeprefix("template:").rpartition("/")
            cell = estimate_cell(entry.slices[name].estimates.get(HEADLINE))
            by_family.setdefault(family, []).append((template, cell))
    return tuple((family, tuple(templates)) for family, templates in by_family.items())


def _standing(board: Leaderboard, entry: Entry) -> str:
    rank = entry.slices[ALL].rank
    if rank is None:
        return {"policy": "Reference policy, not ranked", "older": "Older entry, not ranked", "model": "Not ranked"}[
            kind_of(entry)
        ]
    others = [board.entries[key].model for key in rank.tied_with if key != entry.key]
    tied = f"; can't be told apart from {', '.join(others)}" if others else ""
    return f"Rank {format_rank(rank)}{tied}"


def _elsewhere(board: Leaderboard, of: Board, entry: Entry) -> tuple[Line, ...]:
    lines: list[Line] = []
    for other in board.boards:
        of_model = [
            each
            for key in other.order
            if ((each := board.entries[key]).model, each.policy) == (entry.model, entry.policy)
        ]
        for same, date in zip(of_model, label_dates(of_model), strict=True):
            if same.key != entry.key and ALL in same.slices and (other.key == of.key or same.newest):
                label = date if other.key == of.key else other.title
                lines.append(_line(label, same.slices[ALL], entry_anchor(same.key)))
    return tuple(lines)


def _curves(entry: Entry) -> tuple[tuple[str, str, Curve], ...]:
    return (
        ("Asking success by the user's patience", "Questions a user stands, per missing fact", entry.patience),
        ("Accuracy by hidden facts", "Hidden", entry.accuracy_by_hidden),
        ("Information gained, of the best question's", "Question", entry.gain_by_question),
    )


def _measures(board: Leaderboard, entry: Entry) -> tuple[tuple[str, Cell, str], ...]:
    measures = [
        (name, estimate_cell(value), "0" if value is None else str(value.n))
        for name, value in entry.slices[ALL].estimates.items()
    ]
    across = across_by_name(board, entry.key)
    return (*measures, *((name, across_cell(each), str(each.n)) for name, each in across.items()))


def _usage(entry: Entry) -> tuple[tuple[str, Cell], ...]:
    usage = entry.usage
    unscored = tuple((f"problems without {name}", count_cell(count)) for name, count in entry.unscored.items())
    return (
        ("samples", count_cell(entry.samples)),
        ("samples that errored", count_cell(entry.errored)),
        ("incomplete problems", count_cell(entry.incomplete)),
        ("samples with an unsure match", count_cell(entry.unsure)),
        *unscored,
        ("calls", count_cell(usage.calls)),
        ("input tokens", count_cell(usage.input_tokens)),
        ("output tokens", count_cell(usage.output_tokens)),
        ("cost", cost_cell(usage.cost_usd)),
        ("working time", seconds_cell(usage.seconds)),
    )
