"""The picture of first attempts: when they came, and how much of what was needed was known by then."""

from collections.abc import Sequence
from math import ceil, sqrt

from askfirst.reports.leaderboard.board import Board, Entry, Leaderboard, Timing
from askfirst.reports.leaderboard.cells import format_number
from askfirst.reports.leaderboard.picture_canvas import Canvas, draw_picture
from askfirst.reports.leaderboard.picture_slot import Picture
from askfirst.reports.leaderboard.picture_style import (
    EARLY,
    FAINT,
    MODEL,
    QUIET,
    SMALL,
    WIDTH,
    count_things,
    list_models,
    say_name,
    shorten,
)

TITLE = "When answers come, and what is known by then"
MOST_MODELS = 6
MOST_TURNS = 10
"""Later ones are put together."""
LEVELS = (
    "none",
    "\N{VULGAR FRACTION ONE QUARTER}",
    "\N{VULGAR FRACTION ONE HALF}",
    "\N{VULGAR FRACTION THREE QUARTERS}",
    "all",
)
LEFT, GAP, CELL, TOP, BELOW = 28.0, 16.0, 14.0, 60.0, 48.0


def draw_timing(report: Leaderboard, board: Board) -> Picture | None:
    """Draw the first attempts of the models that rank highest; None where no model has one."""
    models = [entry for entry in list_models(report, board) if total(entry.timing)]
    if not models:
        return None
    shown = models[:MOST_MODELS]
    turns = min(MOST_TURNS, max(cell.turn for entry in shown for cell in entry.timing))
    cut = any(cell.turn > MOST_TURNS for entry in shown for cell in entry.timing)
    columns = 1 if len(shown) == 1 else 2
    largest = max(max(to_levels(entry.timing).values()) for entry in shown)
    width = (WIDTH - LEFT - GAP * (columns - 1) - 4) / columns
    pitch = 5 * CELL + BELOW
    height = TOP + pitch * ceil(len(shown) / columns) - 20

    def draw(canvas: Canvas) -> None:
        _draw_key(canvas, largest)
        for number, entry in enumerate(shown):
            left = LEFT + (number % columns) * (width + GAP)
            top = TOP + (number // columns) * pitch
            _draw_panel(canvas, entry, left, top, width, turns, cut, number % columns == 0, largest)

    return draw_picture(TITLE, describe(shown, len(models) - len(shown)), height, draw)


def total(timing: Sequence[Timing]) -> int:
    """Return how many dialogues have a first attempt."""
    return sum(cell.dialogues for cell in timing)


def share_early(timing: Sequence[Timing]) -> float:
    """Return the share of first attempts, of which there is at least one, that came while something was missing."""
    return sum(cell.dialogues for cell in timing if cell.known < 1) / total(timing)


def to_levels(timing: Sequence[Timing]) -> dict[tuple[int, int], float]:
    """Return the share of first attempts by turn, of which late ones are put together, and level of `LEVELS`."""
    shares: dict[tuple[int, int], float] = {}
    for cell in timing:
        # what lies between two levels belongs to the lower one: only all is all
        at = (min(cell.turn, MOST_TURNS), min(4, max(0, int(cell.known * 4 + 1e-9))))
        shares[at] = shares.get(at, 0.0) + cell.dialogues / total(timing)
    return shares


def describe(shown: Sequence[Entry], left_out: int) -> str:
    """Say in words how many first attempts came too soon, and when most came."""
    says = "Turn of the first attempt against how much of what was missing was known by then; area is the share. "
    parts: list[str] = []
    for entry in shown:
        (turn, level), share = max(to_levels(entry.timing).items(), key=lambda item: (item[1], item[0]))
        when = f"turn {turn}" if turn < MOST_TURNS else f"turn {turn} or later"
        known = ("nothing", "a quarter", "half", "three quarters", "all")[level]
        parts.append(
            f"{say_name(entry)}: {format_number(share_early(entry.timing))} of first attempts with something still "
            f"missing, most often ({format_number(share)}) in {when} with {known} known"
        )
    says += f"{'; '.join(parts)}."
    if left_out:
        says += f" {count_things(left_out, 'model')} of lower rank left out."
    return says


def _draw_key(canvas: Canvas, largest: float) -> None:
    canvas.mark(8, 10, "s", EARLY, 7)
    canvas.text(17, 10, "something still missing", size=SMALL)
    canvas.mark(134, 10, "o", MODEL, 7)
    canvas.text(143, 10, "all known", size=SMALL)
    canvas.text(
        2,
        26,
        f"upwards: known of what was missing; area: share of first attempts, up to {format_number(largest)}",
        color=QUIET,
        size=7.5,
    )


def _draw_panel(
    canvas: Canvas,
    entry: Entry,
    left: float,
    top: float,
    width: float,
    turns: int,
    cut: bool,
    named: bool,
    largest: float,
) -> None:
    early = f"{format_number(share_early(entry.timing))} early"
    canvas.text(left, top - 11, shorten(entry.model, 17), size=SMALL, bold=True)
    canvas.text(left + width, top - 11, early, color=EARLY, size=SMALL, align="right")
    step = width / turns
    for level, word in enumerate(LEVELS):
        y = top + CELL * (4.5 - level)
        canvas.line([(left, y), (left + width, y)], FAINT, 0.6)
        if named:
            canvas.text(left - 4, y, word, color=QUIET, size=SMALL, align="right")
    for turn in range(1, turns + 1):
        word = f"{turn}+" if cut and turn == MOST_TURNS else f"{turn}"
        canvas.text(left + step * (turn - 0.5), top + 5 * CELL + 6, word, color=QUIET, size=SMALL, align="center")
    canvas.text(left + width / 2, top + 5 * CELL + 17, "turn", color=QUIET, size=SMALL, align="center")
    most = 0.95 * min(CELL, step) / sqrt(largest)
    for (turn, level), share in to_levels(entry.timing).items():
        if share:
            x, y = left + step * (turn - 0.5), top + CELL * (4.5 - level)
            known = level == 4
            size = max(2.0, most * sqrt(share)) * (1.128 if known else 1)  # a disc and a square of one area
            canvas.mark(x, y, "o" if known else "s", MODEL if known else EARLY, size)
