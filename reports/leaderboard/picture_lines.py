"""Pictures with a line for each model: right answers by what is hidden, and information gained by question."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from askfirst.reports.leaderboard.board import Board, Curve, Entry, Leaderboard
from askfirst.reports.leaderboard.cells import format_number
from askfirst.reports.leaderboard.picture_canvas import SHARES, Area, Canvas, draw_picture, draw_scales
from askfirst.reports.leaderboard.picture_labels import spread
from askfirst.reports.leaderboard.picture_slot import Picture
from askfirst.reports.leaderboard.picture_style import (
    DASHES,
    LINES,
    MARKERS,
    QUIET,
    SMALL,
    WIDTH,
    count_things,
    list_models,
    say_name,
    shorten,
)

MOST_MODELS = len(LINES)
"""Told apart; more would be a tangle."""
LEFT, TOP, AREA_WIDTH, AREA_HEIGHT = 30.0, 28.0, 178.0, 180.0
LABEL_LEFT, LABEL_GAP, NAME_COLUMNS = 222.0, 13.0, 19
APART = 3.0
"""Between intervals at one place."""


class Words(NamedTuple):
    """What distinguishes one of these pictures."""

    title: str
    x: str
    y: str
    says: str
    """Opens the description."""
    at: str
    """A place along x in the description."""


HIDDEN = Words(
    "Right answers, by how much is hidden",
    "hidden fragments",
    "right answers, share of problems (accuracy_under)",
    "Right answers when something is missing (accuracy_under) by the number of hidden fragments",
    "with {} hidden",
)
GAIN = Words(
    "How much each question finds out",
    "question of the dialogue",
    "information gained, share of the best question's",
    "Information gained, as a share of what the best question would gain, by the question's place in its dialogue",
    "in question {}",
)


def draw_hidden(report: Leaderboard, board: Board) -> Picture | None:
    """Draw accuracy_under by the number of hidden fragments; None where no model has it."""
    return _draw_lines(report, board, lambda entry: entry.accuracy_by_hidden, HIDDEN)


def draw_gain(report: Leaderboard, board: Board) -> Picture | None:
    """Draw information gained by the question's number; None where no model asked one."""
    return _draw_lines(report, board, lambda entry: entry.gain_by_question, GAIN)


def _draw_lines(report: Leaderboard, board: Board, curve_of: Callable[[Entry], Curve], words: Words) -> Picture | None:
    models = [entry for entry in list_models(report, board) if curve_of(entry).points]
    if not models:
        return None
    shown, rest = models[:MOST_MODELS], models[MOST_MODELS:]
    names = order_names([curve_of(entry) for entry in models])
    places = {name: float(at) for at, name in enumerate(names)}
    # half a step of room on both sides for intervals that stand side by side
    area = Area(LEFT, TOP, AREA_WIDTH, AREA_HEIGHT, x_low=-0.5, x_high=len(names) - 0.5)

    def draw(canvas: Canvas) -> None:
        every = -(-len(names) // 12)
        ticks = {places[name]: shorten(name, 8) for at, name in enumerate(names) if at % every == 0}
        draw_scales(canvas, area, ticks, SHARES)
        canvas.text(2, TOP - 17, words.y, color=QUIET, size=SMALL)
        canvas.text(LEFT + AREA_WIDTH / 2, TOP + AREA_HEIGHT + 22, words.x, color=QUIET, size=SMALL, align="center")
        for entry in rest:
            canvas.line([(area.x(places[n]), area.y(e.mean)) for n, e in curve_of(entry).points], QUIET, 0.5)
        ends = [area.y(curve_of(entry).points[-1][1].mean) for entry in shown]
        heights = spread(ends, LABEL_GAP, TOP, TOP + AREA_HEIGHT)
        apart = min(APART, 0.6 * AREA_WIDTH / len(names) / len(shown))
        for number, entry in enumerate(shown):
            aside = (number - (len(shown) - 1) / 2) * apart
            _draw_line(canvas, area, curve_of(entry), places, number, aside)
            _draw_label(canvas, entry, number, heights[number])
        if rest:
            text = f"thin: {count_things(len(rest), 'model')} of lower rank"
            canvas.text(WIDTH - 2, TOP + AREA_HEIGHT + 22, text, color=QUIET, size=SMALL, align="right")

    description = describe([(entry, curve_of(entry)) for entry in shown], len(rest), words)
    return draw_picture(words.title, description, TOP + AREA_HEIGHT + 32, draw)


def order_names(curves: Sequence[Curve]) -> list[str]:
    """Return every name along the curves once: by number where all are numbers, else as they come."""
    names = list(dict.fromkeys(name for curve in curves for name, _ in curve.points))
    return sorted(names, key=int) if all(name.isascii() and name.isdigit() for name in names) else names


def describe(shown: Sequence[tuple[Entry, Curve]], rest: int, words: Words) -> str:
    """Say in words where each line starts and ends."""
    parts: list[str] = []
    for entry, curve in shown:
        (first, start), (last, end) = curve.points[0], curve.points[-1]
        part = f"{say_name(entry)}: {format_number(start.mean)} {words.at.replace('{}', shorten(first, 20))}"
        if len(curve.points) > 1:
            part += f", {format_number(end.mean)} {words.at.replace('{}', shorten(last, 20))}"
        parts.append(part)
    says = f"{words.says}, with 95% intervals. {'; '.join(parts)}."
    return f"{says} Thin lines: {count_things(rest, 'model')} of lower rank." if rest else says


def _draw_line(canvas: Canvas, area: Area, curve: Curve, places: dict[str, float], number: int, aside: float) -> None:
    color = LINES[number]
    points = [(area.x(places[name]) + aside, area.y(estimate.mean)) for name, estimate in curve.points]
    for (x, _), (_, estimate) in zip(points, curve.points, strict=True):
        if estimate.low is not None and estimate.high is not None:
            canvas.line([(x, area.y(estimate.low)), (x, area.y(estimate.high))], color, 0.6)
    if len(points) > 1:
        canvas.line(points, color, 1.5, DASHES[number])
    for x, y in points:
        canvas.mark(x, y, MARKERS[number], color, 6.5)


def _draw_label(canvas: Canvas, entry: Entry, number: int, y: float) -> None:
    color = LINES[number]
    canvas.line([(LABEL_LEFT - 10, y), (LABEL_LEFT + 10, y)], color, 1.5, DASHES[number])
    canvas.mark(LABEL_LEFT, y, MARKERS[number], color, 6.5)
    canvas.text(LABEL_LEFT + 14, y, shorten(entry.model, NAME_COLUMNS), color=color, size=SMALL)
