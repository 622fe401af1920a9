"""The picture of what asking buys: right answers against answers given too early, and against questions asked."""

from collections.abc import Sequence
from math import ceil
from typing import NamedTuple

from askfirst.reports.intervals import Estimate
from askfirst.reports.leaderboard.board import ALL, Board, Entry, Leaderboard
from askfirst.reports.leaderboard.cells import format_number
from askfirst.reports.leaderboard.picture_canvas import SHARES, Area, Canvas, count_ticks, draw_picture, draw_scales
from askfirst.reports.leaderboard.picture_labels import CLOSE, Box, place_beside
from askfirst.reports.leaderboard.picture_slot import Picture
from askfirst.reports.leaderboard.picture_style import (
    MODEL,
    QUIET,
    SMALL,
    TEXT,
    WIDTH,
    list_models,
    list_policies,
    say_name,
    shorten,
    width_of,
)

RIGHT, EARLY, ASKED = "accuracy_under", "premature_rate", "questions"

TITLE = "What asking buys"
LEFT, AREA_WIDTH, AREA_HEIGHT = 30.0, 296.0, 176.0
KEY_ROW, KEY_COLUMNS = 13.0, 24


class Point(NamedTuple):
    """One entry's place in a panel."""

    tag: str
    """What stands beside it: a model's place in the key, or a policy's letter."""
    entry: Entry
    x: Estimate
    y: Estimate


def draw_tradeoff(report: Leaderboard, board: Board) -> Picture | None:
    """Draw right answers against early ones and against questions; None where no model has the first two."""
    tagged = [(f"{number}", entry) for number, entry in enumerate(list_models(report, board), start=1)]
    letters = [(_letter(number), entry) for number, entry in enumerate(list_policies(report, board))]
    early, asked = (_points([*tagged, *letters], measure) for measure in (EARLY, ASKED))
    if not any(not point.entry.policy for point in early):
        return None
    shown = {point.tag for point in (*early, *asked)}
    key = [(tag, entry) for tag, entry in (*tagged, *letters) if tag in shown]
    panels = [(early, f"answers too early, share of problems ({EARLY})")]
    if asked:
        panels.append((asked, f"questions in a dialogue ({ASKED})"))
    tops = [30 + number * (AREA_HEIGHT + 66) for number in range(len(panels))]
    bottom = tops[-1] + AREA_HEIGHT + 44

    def draw(canvas: Canvas) -> None:
        for (points, label), top in zip(panels, tops, strict=True):
            _draw_panel(canvas, points, top, label)
        _draw_key(canvas, key, bottom)

    height = bottom + KEY_ROW * (ceil(len(key) / 2) + 1) + 4
    return draw_picture(TITLE, describe(early, asked), height, draw)


def describe(early: Sequence[Point], asked: Sequence[Point]) -> str:
    """Say in words what both panels show."""
    says = (
        f"Right answers when something is missing ({RIGHT}, higher is better) against answers given before all was "
        f"known ({EARLY}, lower is better): at best at the top left. {_say_front(early, 'early')} "
    )
    if asked:
        says += f"Against the questions of a dialogue, where less is better as well. {_say_front(asked, 'questions')} "
    policies = [f"{say_name(point.entry)} ({_say_point(point, 'early')})" for point in early if point.entry.policy]
    if policies:
        says += f"Reference policies, hollow: {'; '.join(policies)}. "
    front = "on the front, joined by a dashed line, no other model is better in one without being worse in the other"
    return f"{says}Bars are 95% intervals; {front}."


def find_front(points: Sequence[Point]) -> list[Point]:
    """Return the models that no other model equals or beats in both with one better, by x; x is better low, y high."""
    models = sorted(
        (point for point in points if not point.entry.policy), key=lambda point: (point.x.mean, -point.y.mean)
    )
    front: list[Point] = []
    for point in models:
        same = bool(front) and (point.x.mean, point.y.mean) == (front[-1].x.mean, front[-1].y.mean)
        if not front or same or point.y.mean > front[-1].y.mean:
            front.append(point)
    return front


def _say_front(points: Sequence[Point], word: str) -> str:
    front, models = find_front(points), [point for point in points if not point.entry.policy]
    if not front:
        return "No model has both."
    names = "; ".join(f"{say_name(point.entry)} ({_say_point(point, word)})" for point in front)
    if len(models) == 1:
        return f"The one model: {names}."
    return f"On the front, {len(front)} of {len(models)} models: {names}."


def _say_point(point: Point, word: str) -> str:
    return f"{word} {format_number(point.x.mean)}, right {format_number(point.y.mean)}"


def _points(tagged: Sequence[tuple[str, Entry]], measure: str) -> list[Point]:
    points: list[Point] = []
    for tag, entry in tagged:
        found = entry.slices.get(ALL)
        x, y = (None, None) if found is None else (found.estimates.get(measure), found.estimates.get(RIGHT))
        if x is not None and y is not None:
            points.append(Point(tag, entry, x, y))
    return points


def _letter(number: int) -> str:
    return chr(ord("a") + number % 26) * (number // 26 + 1)


def _draw_panel(canvas: Canvas, points: Sequence[Point], top: float, label: str) -> None:
    if label.startswith("answers"):
        ticks = dict(SHARES)
    else:
        ticks = count_ticks(max([point.x.mean if point.x.high is None else point.x.high for point in points]))
    area = Area(LEFT, top, AREA_WIDTH, AREA_HEIGHT, x_high=max(ticks))
    draw_scales(canvas, area, ticks, SHARES)
    canvas.text(2, top - 21, f"right answers, share of problems ({RIGHT})", color=QUIET, size=SMALL)
    canvas.text(
        LEFT + AREA_WIDTH,
        top + AREA_HEIGHT + 21,
        f"{label} \N{RIGHTWARDS ARROW}",
        color=QUIET,
        size=SMALL,
        align="right",
    )
    canvas.text(LEFT, top + AREA_HEIGHT + 21, "\N{LEFTWARDS ARROW} better", color=QUIET, size=SMALL)
    for point in points:
        _draw_bars(canvas, area, point)
    front = find_front(points)
    steps: list[tuple[float, float]] = []
    for point in front:
        x, y = area.x(point.x.mean), area.y(point.y.mean)
        steps += [(x, steps[-1][1]), (x, y)] if steps else [(x, y)]
    if steps and len(front) > 1:
        canvas.line(steps, MODEL, 1.2, (4, 2.5))
    for point in points:
        _mark(canvas, area.x(point.x.mean), area.y(point.y.mean), point.entry)
    _draw_tags(canvas, area, points, {point.tag for point in front})


def _draw_bars(canvas: Canvas, area: Area, point: Point) -> None:
    color, dashes = (QUIET, (1.5, 1.5)) if point.entry.policy else (MODEL, ())
    for left, top, width, height in _bars(area, point):
        canvas.line([(left, top), (left + width, top + height)], color, 0.6, dashes)


def _bars(area: Area, point: Point) -> list[Box]:
    """Return a point's intervals, as boxes without a thickness."""
    x, y = area.x(point.x.mean), area.y(point.y.mean)
    bars: list[Box] = []
    if point.x.low is not None and point.x.high is not None:
        left = area.x(max(0.0, point.x.low))
        bars.append(Box(left, y, area.x(point.x.high) - left, 0))
    if point.y.low is not None and point.y.high is not None:
        top = area.y(point.y.high)
        bars.append(Box(x, top, 0, area.y(point.y.low) - top))
    return bars


def _draw_tags(canvas: Canvas, area: Area, points: Sequence[Point], front: set[str]) -> None:
    places = [(area.x(point.x.mean), area.y(point.y.mean)) for point in points]
    within = Box(area.left + 1, area.top - 15, area.width + 12, area.height + 17)
    avoid = [
        Box(bar.left - 0.5, bar.top - 0.5, bar.width + 1, bar.height + 1)
        for point in points
        for bar in _bars(area, point)
    ]
    found = place_beside(places, [width_of(point.tag, TEXT) + 2 for point in points], TEXT, within, avoid)
    for point, (x, y), (to_x, to_y) in zip(points, places, found, strict=True):
        color = QUIET if point.entry.policy else MODEL
        if (to_x - x) ** 2 + (to_y - y) ** 2 > CLOSE**2 + 1:
            canvas.line([(x, y), (to_x, to_y)], color, 0.5)
        canvas.text(to_x, to_y, point.tag, color=color, align="center", bold=point.tag in front, halo=True)


def _mark(canvas: Canvas, x: float, y: float, entry: Entry) -> None:
    canvas.mark(
        x, y, "D" if entry.policy else "o", QUIET if entry.policy else MODEL, 5 if entry.policy else 7, entry.policy
    )


def _draw_key(canvas: Canvas, key: Sequence[tuple[str, Entry]], top: float) -> None:
    says = "numbered by rank, bold on the front" + (
        "; hollow: reference policies" if any(entry.policy for _, entry in key) else ""
    )
    canvas.text(2, top, says, color=QUIET, size=SMALL)
    rows = ceil(len(key) / 2)
    for number, (tag, entry) in enumerate(key):
        x, y = (number // rows) * WIDTH / 2, top + KEY_ROW * (1 + number % rows) + 2
        _mark(canvas, x + 6, y, entry)
        canvas.text(x + 14, y, tag, color=QUIET if entry.policy else MODEL)
        canvas.text(x + 31, y, shorten(entry.model, KEY_COLUMNS))
