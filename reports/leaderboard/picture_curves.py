"""The picture of progress: the headline and early answers over a model's releases, or a training run's checkpoints."""

from collections.abc import Sequence
from datetime import datetime
from math import ceil
from typing import NamedTuple

from askfirst.reports.intervals import Estimate
from askfirst.reports.leaderboard.board import ALL, HEADLINE, Board, Entry, Leaderboard
from askfirst.reports.leaderboard.cells import format_number
from askfirst.reports.leaderboard.picture_canvas import Area, Canvas, draw_picture, draw_scales
from askfirst.reports.leaderboard.picture_slot import Picture
from askfirst.reports.leaderboard.picture_style import (
    EARLY,
    MODEL,
    QUIET,
    SMALL,
    WIDTH,
    count_things,
    shorten,
    width_of,
)
from askfirst.reports.leaderboard.series import group_series, label_dates

PREMATURE = "premature_rate"
TITLE = "Over releases and training"
MOST_SERIES = 6
LEFT, GAP, TOP, AREA_HEIGHT, BELOW = 26.0, 18.0, 46.0, 92.0, 52.0
SECONDS_A_DAY = 86_400
MARKS = {0.0: "0", 0.5: "0.5", 1.0: "1"}


class Step(NamedTuple):
    """One entry of a series."""

    place: float
    """The step, or days since 1970."""
    label: str
    estimates: tuple[Estimate | None, Estimate | None]
    """The headline and premature_rate."""


class Series(NamedTuple):
    """Entries that are one thing over time, in order."""

    name: str
    over: str
    """`step` or `date`."""
    steps: tuple[Step, ...]


def draw_curves(report: Leaderboard, board: Board) -> Picture | None:
    """Draw each series of several releases or steps; None where there is none."""
    every = find_series([report.entries[key] for key in board.order])
    if not every:
        return None
    shown = every[:MOST_SERIES]
    columns = 1 if len(shown) == 1 else 2
    width = (WIDTH - LEFT - GAP * (columns - 1) - 12) / columns
    pitch = AREA_HEIGHT + BELOW

    def draw(canvas: Canvas) -> None:
        canvas.line([(2, 10), (22, 10)], MODEL, 1.5)
        canvas.mark(12, 10, "o", MODEL, 6.5)
        canvas.text(27, 10, f"{HEADLINE} (higher is better)", size=SMALL)
        canvas.line([(158, 10), (178, 10)], EARLY, 1.5, (4, 2))
        canvas.mark(168, 10, "s", EARLY, 6, hollow=True)
        canvas.text(183, 10, f"{PREMATURE} (lower is better)", size=SMALL)
        for number, series in enumerate(shown):
            left = LEFT + (number % columns) * (width + GAP)
            top = TOP + (number // columns) * pitch
            _draw_series(canvas, series, left, top, width, number % columns == 0)

    height = TOP + pitch * ceil(len(shown) / columns) - 14
    return draw_picture(TITLE, describe(shown, len(every) - len(shown)), height, draw)


def find_series(entries: Sequence[Entry]) -> list[Series]:
    """Return the series with at least two places, in the order in which the entries name them."""
    found: list[Series] = []
    for name, group in group_series(entries).items():
        over = "step" if all(entry.step is not None for entry in group) else "date"
        labelled = zip(group, label_dates(group), strict=True)
        steps = [step for entry, date in labelled if (step := _to_step(entry, over, date)) is not None]
        if len({step.place for step in steps}) > 1:
            found.append(Series(name, over, tuple(steps)))
    return found


def describe(shown: Sequence[Series], left_out: int) -> str:
    """Say in words where each series starts and ends."""
    parts: list[str] = []
    for series in shown:
        first, last = series.steps[0], series.steps[-1]
        unit = "step " if series.over == "step" else ""
        changes = [
            f"{name} {format_number(start.mean)} to {format_number(end.mean)}"
            for name, start, end in zip((HEADLINE, PREMATURE), first.estimates, last.estimates, strict=True)
            if start is not None and end is not None
        ]
        span = f"{shorten(series.name, 60)}, {unit}{first.label} to {unit}{last.label}"
        parts.append(f"{span} ({len(series.steps)} points)" + (f": {', '.join(changes)}" if changes else ""))
    says = f"{HEADLINE} and {PREMATURE} with 95% intervals. {'; '.join(parts)}."
    return f"{says} {count_things(left_out, 'more line')} left out." if left_out else says


def _to_step(entry: Entry, over: str, date: str) -> Step | None:
    found = entry.slices.get(ALL)
    if found is None:
        return None
    estimates = (found.estimates.get(HEADLINE), found.estimates.get(PREMATURE))
    if estimates == (None, None):
        return None
    if over == "step" and entry.step is not None:
        return Step(float(entry.step), f"{entry.step}", estimates)
    try:
        created = datetime.fromisoformat(entry.created)
    except ValueError:
        return None
    return Step(created.timestamp() / SECONDS_A_DAY, date, estimates)


def _draw_series(canvas: Canvas, series: Series, left: float, top: float, width: float, marked: bool) -> None:
    low, high = series.steps[0].place, series.steps[-1].place
    margin = 0.06 * (high - low)
    area = Area(left, top, width, AREA_HEIGHT, x_low=low - margin, x_high=high + margin)
    draw_scales(canvas, area, {}, MARKS if marked else dict.fromkeys(MARKS, ""))
    canvas.text(left, top - 12, shorten(series.name, 26 if width < 200 else 60), size=SMALL, bold=True)
    _draw_ticks(canvas, area, series)
    for number, (color, shape, dashes) in enumerate(((MODEL, "o", ()), (EARLY, "s", (4, 2)))):
        # a little apart, so that intervals at one place don't hide each other
        aside = 1.5 if number else -1.5
        points = [
            (area.x(step.place) + aside, value)
            for step in series.steps
            if (value := step.estimates[number]) is not None
        ]
        for x, value in points:
            if value.low is not None and value.high is not None:
                canvas.line([(x, area.y(value.low)), (x, area.y(value.high))], color, 0.7)
        if len(points) > 1:
            canvas.line([(x, area.y(value.mean)) for x, value in points], color, 1.5, dashes)
        for x, value in points:
            canvas.mark(x, area.y(value.mean), shape, color, 5 if number else 6.5, hollow=bool(number))


def _draw_ticks(canvas: Canvas, area: Area, series: Series) -> None:
    """Write the places beneath, those that have room; the last one always."""
    bottom, free = area.top + area.height, float("-inf")
    last = series.steps[-1]
    edge = area.x(last.place) - width_of(last.label, SMALL) / 2 - 4
    for step in series.steps:
        half = width_of(step.label, SMALL) / 2
        x = min(max(area.x(step.place), area.left + half - 6), area.left + area.width - half + 6)
        if step is last or (x - half > free and x + half < edge - 2):
            canvas.text(x, bottom + 9, step.label, color=QUIET, size=SMALL, align="center")
            free = x + half + 4
    canvas.text(area.left + area.width / 2, bottom + 20, series.over, color=QUIET, size=SMALL, align="center")
