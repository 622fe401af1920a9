"""The picture of results: accuracy with facts withheld against premature answers, one point a model."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import matplotlib
from matplotlib.figure import Figure

from askfirst.benchmark.errors import LogError
from askfirst.reports.intervals import Estimate
from askfirst.reports.table import Column

X, Y = "premature_rate", "accuracy_under"

TITLE = "Answering before asking"
SUBTITLE = "Accuracy when facts are withheld, against answers given before they are known; bars are 95% intervals"
DOTS_PER_INCH = 160
TOGETHER = 0.03
"""Points closer than this in both directions share a label."""
LINE = 0.06
"""Height of a label's line; labels of one half of the picture are at least this far apart."""
LONG = 30
"""Letters from which on a label of several models has a line for each."""

POLICY_PREFIX = "askfirst/"
"""What Inspect puts before the names of the reference policies."""

INK, FAINT, POLICY, MODEL = "#1f2933", "#d5dae0", "#6b7785", "#0b62a4"

STYLE = {
    "svg.hashsalt": "askfirst",  # equal inputs, equal bytes
    "svg.fonttype": "none",  # text stays text: it can be read aloud, searched and copied
    "font.family": "sans-serif",
    "font.size": 10.0,
    "text.color": INK,
    "axes.labelcolor": INK,
    "axes.edgecolor": FAINT,
    "xtick.color": INK,
    "ytick.color": INK,
}


class Point(NamedTuple):
    """One model's place in the picture."""

    label: str
    x: Estimate
    y: Estimate
    policy: bool
    """A reference policy, not a model."""


class Label(NamedTuple):
    """A text beside one point, or beside several that lie together."""

    text: str
    x: float
    """Of the point, like y."""
    y: float
    text_x: float
    """Where the text starts, or ends when the point is in the right half."""
    text_y: float
    """The text's middle."""
    lines: int
    policy: bool


def write_plot(columns: Sequence[Column], folder: Path) -> tuple[Path, Path]:
    """Write `plot.png` and `plot.svg`, byte for byte the same for the same results, and return their paths.

    Raises:
        LogError: If no model has both measures.
    """
    points = to_points(columns)
    if not points:
        raise LogError(f"plot: no log has both {X} and {Y}; expected the under arm; evaluate with arms=all")
    png, svg = folder / "plot.png", folder / "plot.svg"
    plotting: Any = matplotlib  # its types are incomplete
    with plotting.rc_context(STYLE):
        figure = draw_plot(points)
        figure.savefig(png, dpi=DOTS_PER_INCH, metadata={"Title": TITLE, "Description": describe(points)})
        figure.savefig(svg, metadata={"Title": TITLE, "Description": describe(points), "Date": None})
    return png, svg


def to_points(columns: Sequence[Column]) -> list[Point]:
    """Return a point for each column that has both measures, in order."""
    points: list[Point] = []
    for column in columns:
        x, y = column.estimates[X], column.estimates[Y]
        if x is not None and y is not None:
            points.append(Point(column.label, x, y, column.model.startswith(POLICY_PREFIX)))
    return points


def describe(points: Sequence[Point]) -> str:
    """Say in words what the picture shows, for those who can't see it."""
    places = [f"{point.label}: premature {point.x.mean:.2f}, accuracy {point.y.mean:.2f}" for point in points]
    return f"{SUBTITLE}. " + "; ".join(places) + "."


def draw_plot(points: Sequence[Point]) -> Any:
    """Draw the picture as a matplotlib figure."""
    figure: Any = Figure(figsize=(7.6, 5.6), layout="constrained")
    axes = figure.add_subplot()
    _draw_frame(axes)
    for point in points:
        _draw_point(axes, point)
    for label in place_labels(points):
        _draw_label(axes, label)
    return figure


def place_labels(points: Sequence[Point]) -> list[Label]:
    """Give each cluster of points one label beside its bars, none over another's."""
    clusters: list[list[Point]] = []
    for point in sorted(points, key=lambda point: (point.y.mean, point.label)):
        near = [cluster for cluster in clusters if _lie_together(cluster[0], point)]
        if near:
            near[0].append(point)
        else:
            clusters.append([point])
    labels: list[Label] = []
    for cluster in clusters:
        x, y, text = cluster[0].x.mean, cluster[0].y.mean, _name(cluster)
        lines = text.count("\n") + 1
        # labels of one half grow towards the other, so in one row they meet too
        beside = [label for label in labels if (label.x < 0.5) == (x < 0.5) or abs(label.text_y - y) < LINE]
        labels.append(
            Label(
                text=text,
                x=x,
                y=y,
                text_x=_beyond_bars([point for point in points if abs(point.y.mean - y) < 2 * LINE], x < 0.5),
                text_y=max([y, *(label.text_y + LINE * (label.lines + lines) / 2 for label in beside)]),
                lines=lines,
                policy=all(point.policy for point in cluster),
            )
        )
    return labels


def _lie_together(one: Point, other: Point) -> bool:
    distances = (abs(one.x.mean - other.x.mean), abs(one.y.mean - other.y.mean))
    return one.policy == other.policy and max(distances) < TOGETHER


def _beyond_bars(points: Sequence[Point], left: bool) -> float:
    side = [point.x for point in points if (point.x.mean < 0.5) == left]
    if left:
        return max(x.mean if x.high is None else x.high for x in side) + 0.03
    return min(x.mean if x.low is None else x.low for x in side) - 0.03


def _name(cluster: Sequence[Point]) -> str:
    each = [point.label.removeprefix(POLICY_PREFIX) for point in cluster]
    names = ", ".join(each)
    if len(names) > LONG:
        names = ",\n".join(each)
    kind = "policy" if len(cluster) == 1 else "policies"
    return f"{names} ({kind})" if cluster[0].policy else names


def _draw_frame(axes: Any) -> None:
    axes.set_title(TITLE, loc="left", fontsize=15, fontweight="bold", pad=30)
    axes.annotate(
        SUBTITLE, (0, 1), xycoords="axes fraction", xytext=(0, 12), textcoords="offset points", fontsize=9, color=POLICY
    )
    axes.set_xlim(-0.04, 1.04)
    axes.set_ylim(-0.04, 1.04)
    ticks = [0, 0.25, 0.5, 0.75, 1]
    axes.set_xticks(ticks, [f"{tick:.0%}" for tick in ticks])
    axes.set_yticks(ticks, [f"{tick:.0%}" for tick in ticks])
    axes.grid(color=FAINT, linewidth=0.7)
    axes.set_axisbelow(True)
    axes.tick_params(length=0)
    for side in ("top", "right", "left", "bottom"):
        axes.spines[side].set_visible(False)
    axes.set_xlabel("premature answers, share of problems (lower is better)")
    axes.set_ylabel("right answers, share of problems (higher is better)")


def _draw_point(axes: Any, point: Point) -> None:
    color = POLICY if point.policy else MODEL
    axes.errorbar(
        point.x.mean,
        point.y.mean,
        xerr=_bars(point.x),
        yerr=_bars(point.y),
        fmt="D" if point.policy else "o",
        markersize=6 if point.policy else 9,
        markerfacecolor="white" if point.policy else color,
        color=color,
        elinewidth=1.4,
        capsize=3,
        zorder=3 if point.policy else 4,
        clip_on=False,
    )


def _bars(value: Estimate) -> list[list[float]] | None:
    if value.low is None or value.high is None:
        return None
    # rounding in the interval's formula can put a bound a hair inside the mean
    return [[max(0.0, value.mean - value.low)], [max(0.0, value.high - value.mean)]]


def _draw_label(axes: Any, label: Label) -> None:
    color = POLICY if label.policy else MODEL
    moved = abs(label.text_y - label.y) > LINE / 2
    axes.annotate(
        label.text,
        (label.x, label.y),
        xytext=(label.text_x, label.text_y),
        textcoords="data",
        ha="left" if label.x < 0.5 else "right",
        va="center",
        color=color,
        fontweight="normal" if label.policy else "bold",
        arrowprops={"arrowstyle": "-", "color": color, "linewidth": 0.6, "shrinkB": 6} if moved else None,
        bbox={"facecolor": "white", "edgecolor": "none", "alpha": 0.85, "pad": 1.5},
        zorder=5,
    )
