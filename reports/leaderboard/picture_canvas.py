"""What pictures are drawn on: a figure measured in points from its top left corner, and areas with scales."""

import warnings
from collections.abc import Callable, Mapping, Sequence
from io import StringIO
from typing import Any, NamedTuple

import matplotlib
from matplotlib.figure import Figure

from askfirst.reports.leaderboard.picture_slot import Picture
from askfirst.reports.leaderboard.picture_style import DARK, FAINT, INK, PAPER, QUIET, SMALL, TEXT, WIDTH
from askfirst.reports.leaderboard.picture_svg import HALO, adapt_svg

POINTS_PER_INCH = 72
STYLE = {
    "svg.hashsalt": "askfirst",  # equal inputs, equal bytes
    "svg.fonttype": "none",  # text stays text: it can be read aloud, searched and copied
    "font.family": "DejaVu Sans",  # matplotlib brings it along, so lengths are the same everywhere
    "text.parse_math": False,  # a name's dollar signs are no formula
    "path.simplify": False,
}


class Canvas:
    """Lines, markers, areas and text at places in points."""

    def __init__(self, width: float, height: float) -> None:
        """Start an empty one; lengths are in points."""
        self._figure: Any = Figure(figsize=(width / POINTS_PER_INCH, height / POINTS_PER_INCH), facecolor=PAPER)
        self._axes: Any = self._figure.add_axes((0, 0, 1, 1))
        self._axes.axis("off")
        self._axes.set_xlim(0, width)
        self._axes.set_ylim(height, 0)

    def line(
        self, points: Sequence[tuple[float, float]], color: str, width: float = 1.0, dashes: Sequence[float] = ()
    ) -> None:
        """Draw a line through points; dashes are lengths of strokes and gaps, in points."""
        style: Any = "-" if not dashes else (0, tuple(length / width for length in dashes))
        xs, ys = [x for x, _ in points], [y for _, y in points]
        self._axes.plot(
            xs, ys, color=color, linewidth=width, linestyle=style, clip_on=False, solid_capstyle="butt", zorder=2
        )

    def mark(self, x: float, y: float, shape: str, color: str, size: float = 6.0, hollow: bool = False) -> None:
        """Draw a marker of one of matplotlib's shapes."""
        self._axes.plot(
            [x],
            [y],
            linestyle="none",
            marker=shape,
            markersize=size,
            markeredgewidth=1.2 if hollow else 0.8,
            markeredgecolor=color if hollow else PAPER,
            markerfacecolor=PAPER if hollow else color,
            clip_on=False,
            zorder=3,
        )

    def fill(self, left: float, top: float, width: float, height: float, color: str, edge: str = "none") -> None:
        """Fill a rectangle."""
        xs, ys = [left, left + width, left + width, left], [top, top, top + height, top + height]
        self._axes.fill(xs, ys, facecolor=color, edgecolor=edge, linewidth=0.5, clip_on=False, zorder=1)

    def text(
        self,
        x: float,
        y: float,
        text: str,
        *,
        color: str = INK,
        size: float = TEXT,
        align: str = "left",
        bold: bool = False,
        turned: float = 0,
        halo: bool = False,
    ) -> None:
        """Write a text whose middle line is at `y`; a halo keeps lines beneath from crossing it."""
        written = self._axes.text(
            x,
            y + 0.36 * size,  # half of a capital's height: by the text's own, names with a tail would sit higher
            text,
            color=color,
            fontsize=size,
            ha=align,
            va="baseline",
            fontweight="bold" if bold else "normal",
            rotation=turned,
            rotation_mode="anchor",
            zorder=5,
        )
        if halo:
            written.set_gid(HALO)

    def to_svg(self) -> str:
        """Return matplotlib's SVG."""
        file = StringIO()
        with warnings.catch_warnings():
            # text stays text, so the reader's fonts matter, not whether matplotlib's own has every letter
            warnings.filterwarnings("ignore", message="Glyph .* missing from font", category=UserWarning)
            warnings.filterwarnings("ignore", message="Matplotlib currently does not support .* natively")
            self._figure.savefig(file, format="svg", metadata={"Date": None})
        return file.getvalue()


class Area(NamedTuple):
    """A rectangle on a canvas, in points, and the scales along its sides."""

    left: float
    top: float
    width: float
    height: float
    x_high: float
    """Scales start at `x_low` and 0 unless told otherwise."""
    x_low: float = 0.0
    y_high: float = 1.0

    def x(self, value: float) -> float:
        """Return where a value is from the left; in the middle where the scale has no length."""
        if self.x_high == self.x_low:
            return self.left + self.width / 2
        return self.left + self.width * (value - self.x_low) / (self.x_high - self.x_low)

    def y(self, value: float) -> float:
        """Return where a value is from the top."""
        return self.top + self.height * (1 - value / self.y_high)


def draw_picture(title: str, description: str, height: float, draw: Callable[[Canvas], None]) -> Picture:
    """Draw a picture of the common width, or wider, as an SVG that adapts to light and dark."""
    return draw_wide(title, description, WIDTH, height, draw)


def draw_wide(title: str, description: str, width: float, height: float, draw: Callable[[Canvas], None]) -> Picture:
    """Draw a picture of a width of its own, in points."""
    plotting: Any = matplotlib  # its types are incomplete
    with plotting.rc_context(STYLE):
        canvas = Canvas(width, height)
        draw(canvas)
        svg = canvas.to_svg()
    return Picture(title=title, description=description, light_svg=adapt_svg(svg, title, description, DARK))


def draw_scales(canvas: Canvas, area: Area, x_ticks: Mapping[float, str], y_ticks: Mapping[float, str]) -> None:
    """Draw a grid and its numbers, to the left of an area and beneath it."""
    for value, text in y_ticks.items():
        y = area.y(value)
        canvas.line([(area.left, y), (area.left + area.width, y)], FAINT, 0.7)
        canvas.text(area.left - 5, y, text, color=QUIET, size=SMALL, align="right")
    for value, text in x_ticks.items():
        x = area.x(value)
        canvas.line([(x, area.top), (x, area.top + area.height)], FAINT, 0.7)
        canvas.text(x, area.top + area.height + 9, text, color=QUIET, size=SMALL, align="center")


SHARES: Mapping[float, str] = {0.0: "0", 0.25: "0.25", 0.5: "0.5", 0.75: "0.75", 1.0: "1"}
"""Marks on a scale of shares."""


def count_ticks(high: float, most: int = 6) -> dict[float, str]:
    """Return marks from 0 to `high` or beyond, at least to 1, at round numbers, about `most` of them."""
    high = max(1.0, high)
    steps = (base * 10.0**power for power in range(-2, 12) for base in (1, 2, 5))
    step = next(step for step in steps if high / step <= most)
    count = max(1, -int(-high // step))
    return {number * step: f"{number * step:g}" for number in range(count + 1)}
