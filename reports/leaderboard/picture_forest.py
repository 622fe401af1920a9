"""The picture of the ranking: each entry's headline with its interval, and the ranks that it may have."""

from collections.abc import Sequence

from askfirst.reports.intervals import Estimate
from askfirst.reports.leaderboard.board import ALL, HEADLINE, Board, Entry, Leaderboard
from askfirst.reports.leaderboard.cells import format_number
from askfirst.reports.leaderboard.picture_canvas import SHARES, Area, Canvas, draw_picture, draw_scales
from askfirst.reports.leaderboard.picture_slot import Picture
from askfirst.reports.leaderboard.picture_style import (
    FAINT,
    INK,
    MODEL,
    QUIET,
    SMALL,
    WIDTH,
    count_things,
    list_models,
    list_policies,
    say,
    say_name,
    shorten,
)
from askfirst.reports.leaderboard.view import format_rank

TITLE = "Who asks first, and how sure that is"
LEFT, AREA_WIDTH, TOP, ROW = 132.0, 128.0, 24.0, 15.0
NAME_COLUMNS = 23
MOST_SAID = 10
"""Models that the description names."""


def draw_forest(report: Leaderboard, board: Board) -> Picture | None:
    """Draw the headline of every model by rank, then of the policies; None without a model that has it.

    A model's is over the problems that all ranked ones have, as its rank is.
    """
    models, policies = (
        [(entry, estimate) for entry in entries if (estimate := _what_ranks(entry)) is not None]
        for entries in (list_models(report, board), list_policies(report, board))
    )
    if not models:
        return None
    rows = [*models, *policies]
    bottom = TOP + ROW * len(rows) + (6 if policies else 0)

    def draw(canvas: Canvas) -> None:
        area = Area(LEFT, TOP, AREA_WIDTH, bottom - TOP, x_high=1)
        draw_scales(canvas, area, SHARES, {})
        canvas.text(LEFT + AREA_WIDTH / 2, TOP - 12, HEADLINE, color=QUIET, size=SMALL, align="center")
        canvas.text(294, TOP - 12, "mean", color=QUIET, size=SMALL, align="right")
        canvas.text(WIDTH - 4, TOP - 12, "rank", color=QUIET, size=SMALL, align="right")
        for number, (entry, estimate) in enumerate(rows):
            y = TOP + ROW * (number + 0.5) + (6 if entry.policy else 0)
            _draw_row(canvas, area, y, entry, estimate)
        if policies:
            y = TOP + ROW * len(models) + 3
            canvas.line([(2, y), (WIDTH - 2, y)], FAINT, 0.7)

    return draw_picture(TITLE, describe(models, policies), bottom + 20, draw)


def headline_of(entry: Entry, name: str = ALL) -> Estimate | None:
    """Return an entry's headline on a slice, None where it has none."""
    found = entry.slices.get(name)
    return None if found is None else found.estimates.get(HEADLINE)


def _what_ranks(entry: Entry) -> Estimate | None:
    own = headline_of(entry)
    return own if entry.shared is None or own is None else entry.shared


def describe(models: Sequence[tuple[Entry, Estimate]], policies: Sequence[tuple[Entry, Estimate]]) -> str:
    """Say in words who stands where."""
    named = [f"{say_name(entry)} {say(estimate)}{_say_rank(entry)}" for entry, estimate in models[:MOST_SAID]]
    says = f"{HEADLINE} with its 95% interval, on problems that all ranked models have, and the ranks that are open: "
    says += "; ".join(named)
    rest = models[MOST_SAID:]
    if rest:
        low = min(estimate.mean for _, estimate in rest)
        says += f"; and {count_things(len(rest), 'more model')}, down to {format_number(low)}"
    if policies:
        names = [f"{say_name(entry)} {format_number(estimate.mean)}" for entry, estimate in policies]
        says += f". Reference policies, hollow and dotted: {'; '.join(names)}"
    return f"{says}."


def _say_rank(entry: Entry) -> str:
    rank = entry.slices[ALL].rank
    return "" if rank is None else f", rank {format_rank(rank)}"


def _draw_row(canvas: Canvas, area: Area, y: float, entry: Entry, estimate: Estimate) -> None:
    color = QUIET if entry.policy else MODEL
    canvas.text(2, y, shorten(entry.model, NAME_COLUMNS), color=QUIET if entry.policy else INK)
    if estimate.low is not None and estimate.high is not None:
        ends = [(area.x(estimate.low), y), (area.x(estimate.high), y)]
        canvas.line(ends, color, 1.0 if entry.policy else 1.8, (1.5, 1.5) if entry.policy else ())
    canvas.mark(area.x(estimate.mean), y, "D" if entry.policy else "o", color, 5 if entry.policy else 7, entry.policy)
    canvas.text(294, y, format_number(estimate.mean), align="right", bold=not entry.policy)
    rank = entry.slices[ALL].rank
    if rank is not None:
        canvas.text(WIDTH - 4, y, format_rank(rank), align="right")
    elif entry.policy:
        canvas.text(WIDTH - 4, y, "policy", color=QUIET, size=SMALL, align="right")
