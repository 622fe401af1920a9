"""The picture of families: each model's headline on each, as a number and a shade."""

from collections.abc import Mapping, Sequence
from functools import cache
from math import cos, radians, sin
from typing import Any

import matplotlib

from askfirst.reports.intervals import Estimate
from askfirst.reports.joined import join_words
from askfirst.reports.leaderboard.board import ALL, HEADLINE, Board, Entry, Leaderboard
from askfirst.reports.leaderboard.cells import format_number
from askfirst.reports.leaderboard.picture_canvas import Canvas, draw_wide
from askfirst.reports.leaderboard.picture_forest import headline_of
from askfirst.reports.leaderboard.picture_slot import Picture
from askfirst.reports.leaderboard.picture_style import (
    FAINT,
    PAPER,
    QUIET,
    SMALL,
    WIDTH,
    count_things,
    list_models,
    say_name,
    shorten,
    width_of,
)

FAMILY = "family:"
TITLE = "Where each model is strong"
NAME_WIDTH, NAME_COLUMNS, ROW = 134.0, 23, 17.0
LEAST_CELL, MOST_CELL = 22.0, 56.0
HEAD_COLUMNS, TURN = 16, 65
SHADES = 20
"""Steps from 0 to 1: the number says the rest."""


def draw_heatmap(report: Leaderboard, board: Board) -> Picture | None:
    """Draw models against families; None where no model has a headline on any family."""
    models = list_models(report, board)
    names = list(dict.fromkeys(name for entry in models for name in entry.slices if name.startswith(FAMILY)))
    rows = [(entry, {name: headline_of(entry, name) for name in (ALL, *names)}) for entry in models]
    rows = [(entry, cells) for entry, cells in rows if any(cell is not None for cell in cells.values())]
    if not any(cells[name] is not None for _, cells in rows for name in names):
        return None
    heads = [ALL, *(shorten(name.removeprefix(FAMILY), HEAD_COLUMNS) for name in names)]
    room = WIDTH - NAME_WIDTH - 4
    turned = any(width_of(head, SMALL) > min(MOST_CELL, room / len(heads)) - 3 for head in heads)
    longest = max(width_of(head, SMALL) for head in heads)
    aside = cos(radians(TURN)) * width_of(heads[-1], SMALL) - 8 if turned else 0.0
    cell = min(MOST_CELL, max(LEAST_CELL, (room - aside) / len(heads)))
    width = max(WIDTH, NAME_WIDTH + cell * len(heads) + aside + 4)
    top = (longest * sin(radians(TURN)) if turned else 0) + 16
    missing = [(entry, name) for entry, cells in rows for name in names if cells[name] is None]
    bottom = top + ROW * len(rows)

    def draw(canvas: Canvas) -> None:
        for number, head in enumerate(heads):
            x = NAME_WIDTH + cell * (number + 0.5)
            if turned:
                canvas.text(x, top - 5, head, color=QUIET, size=SMALL, turned=TURN)
            else:
                canvas.text(x, top - 8, head, color=QUIET, size=SMALL, align="center")
        for row, (entry, cells) in enumerate(rows):
            y = top + ROW * row
            canvas.text(2, y + ROW / 2, shorten(entry.model, NAME_COLUMNS))
            for column, value in enumerate(cells.values()):
                # everything stands a little apart from its parts
                x = NAME_WIDTH + cell * column + (0 if column else -3)
                _draw_cell(canvas, x, y, cell, value)
        _draw_key(canvas, bottom + 12, bool(missing))

    return draw_wide(TITLE, describe(rows, names), width, bottom + 24, draw)


def describe(rows: Sequence[tuple[Entry, Mapping[str, Estimate | None]]], names: Sequence[str]) -> str:
    """Say in words who is best and worst at each family, and what is missing."""
    says = f"{HEADLINE} of {count_things(len(rows), 'model')} by family, darker is less. "
    parts: list[str] = []
    for name in names:
        found = [(entry, cell) for entry, cells in rows if (cell := cells[name]) is not None]
        family = shorten(name.removeprefix(FAMILY), 40)
        if not found:
            continue
        best, worst = max(found, key=lambda pair: pair[1].mean), min(found, key=lambda pair: pair[1].mean)
        part = f"{family}: {say_name(best[0])} {format_number(best[1].mean)}"
        if worst[1].mean < best[1].mean:
            part += f" at best, {say_name(worst[0])} {format_number(worst[1].mean)} at worst"
        parts.append(part)
    says += f"{'; '.join(parts)}."
    lacking = [
        f"{say_name(entry)} ({join_words([shorten(name.removeprefix(FAMILY), 40) for name in lacked])})"
        for entry, cells in rows
        if (lacked := [name for name in names if cells[name] is None])
    ]
    if lacking:
        says += f" Hatched, without a value: {'; '.join(lacking[:5])}"
        says += f"; and {count_things(len(lacking) - 5, 'more model')}." if len(lacking) > 5 else "."
    return says


def _draw_cell(canvas: Canvas, x: float, y: float, cell: float, value: Estimate | None) -> None:
    left, top, width, height = x + 0.75, y + 0.75, cell - 1.5, ROW - 1.5
    if value is None:
        canvas.fill(left, top, width, height, PAPER, edge=FAINT)
        _hatch(canvas, left, top, width, height)
        canvas.text(x + cell / 2, y + ROW / 2, "\N{EN DASH}", color=QUIET, align="center", halo=True)
        return
    shade = find_shade(value.mean)
    canvas.fill(left, top, width, height, shade, edge=FAINT)
    number = format_number(value.mean)
    canvas.text(x + cell / 2, y + ROW / 2, number, color=letters_on(shade), size=SMALL, align="center")


def _hatch(canvas: Canvas, left: float, top: float, width: float, height: float) -> None:
    at = 4.0
    while at < width + height:
        start = (left + at, top) if at <= width else (left + width, top + at - width)
        end = (left, top + at) if at <= height else (left + at - height, top + height)
        canvas.line([start, end], QUIET, 0.5)
        at += 5


def _draw_key(canvas: Canvas, y: float, missing: bool) -> None:
    canvas.text(NAME_WIDTH - 3, y, "0", color=QUIET, size=SMALL, align="right")
    for number in range(SHADES // 2 + 1):
        canvas.fill(NAME_WIDTH + 8 * number, y - 4, 8, 8, find_shade(2 * number / SHADES))
    canvas.text(NAME_WIDTH + 4 * SHADES + 12, y, "1", color=QUIET, size=SMALL)
    if missing:
        _hatch(canvas, NAME_WIDTH + 4 * SHADES + 34, y - 4, 14, 8)
        canvas.text(NAME_WIDTH + 4 * SHADES + 52, y, "no value", color=QUIET, size=SMALL)


@cache
def find_shade(share: float) -> str:
    """Return the colour of a share in [0, 1], dark for 0, as `#rrggbb`; the same for shares of one step."""
    plotting: Any = matplotlib  # its types are incomplete
    step = min(SHADES, max(0, round(share * SHADES)))
    red, green, blue, _ = plotting.colormaps["viridis"](step / SHADES)
    return "#" + "".join(f"{round(part * 255):02x}" for part in (red, green, blue))


def letters_on(shade: str) -> str:
    """Return black or white, whichever is easier to read on a colour; one of them has a contrast of 4.5 or more."""
    return "#000000" if luminance(shade) > 0.179 else "#fffffe"


def luminance(color: str) -> float:
    """Return how light a colour `#rrggbb` is, in [0, 1].

    Source: WCAG 2.2, relative luminance.
    """
    parts = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
