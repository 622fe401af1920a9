"""A chart of promoted releases over time: whether many small losses add up to a large one."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from matplotlib.figure import Figure

from askfirst.benchmark.errors import GateError
from askfirst.reports.gate.release import Release
from askfirst.reports.gate.saving import save_bytes, styled, to_svg
from askfirst.reports.intervals import Estimate, estimate
from askfirst.reports.plot import FAINT, INK, MODEL, POLICY

METRICS = ("joint_success", "premature_rate", "over_ask_rate", "accuracy_full")
"""The default metrics of a gate, one panel each."""

TITLE = "Releases over time"


class Point(NamedTuple):
    """One release's mean of a metric under one condition."""

    release: str
    date: str
    condition: str
    value: Estimate


def series(releases: Sequence[Release], metric: str) -> list[Point]:
    """Return a metric's point of each release and condition, oldest first; releases without a value have none."""
    points: list[Point] = []
    for release in sorted(releases, key=lambda each: (each.date, each.name)):
        for condition in sorted({row.condition for row in release.rows}):
            rows = [row for row in release.rows if row.condition == condition and metric in row.values]
            value = estimate([row.values[metric] for row in rows], [row.template for row in rows])
            if value is not None:
                points.append(Point(release.name, release.date, condition, value))
    return points


def describe(releases: Sequence[Release]) -> str:
    """Say in words what the chart shows, for those who can't see it."""
    lines: list[str] = []
    for metric in METRICS:
        places = [
            f"{point.date} {point.release} ({point.condition}) {point.value.mean:.2f}"
            for point in series(releases, metric)
        ]
        lines.append(f"{metric}: {'; '.join(places) or 'no values'}")
    return ". ".join(lines) + "."


def write_history(releases: Sequence[Release], file: Path) -> None:
    """Write the chart as SVG: equal releases, equal bytes.

    Args:
        releases: At least one; in any order.
        file: Where to.

    Raises:
        GateError: If there is no release, or the file can't be written.
    """
    if not releases:
        raise GateError("gate history: no releases; expected at least one baseline file; name some")
    with styled():
        drawn = to_svg(draw_history(releases), TITLE, describe(releases))
    save_bytes(file, drawn)


def draw_history(releases: Sequence[Release]) -> Any:
    """Draw one panel a metric: means and 95% intervals, releases in order of their dates."""
    figure: Any = Figure(figsize=(8.6, 6.4), layout="constrained")
    figure.suptitle(TITLE, x=0.02, ha="left", fontsize=15, fontweight="bold")
    ordered = sorted(releases, key=lambda each: (each.date, each.name))
    places = {(each.date, each.name): place for place, each in enumerate(ordered)}
    for axes, metric in zip(figure.subplots(2, 2, sharex=True).flat, METRICS, strict=True):
        _draw_frame(axes, metric, [f"{each.name}\n{each.date}" for each in ordered])
        points = series(releases, metric)
        conditions = sorted({point.condition for point in points})
        for number, condition in enumerate(conditions):
            own = [point for point in points if point.condition == condition]
            _draw_line(axes, own, [places[point.date, point.release] for point in own], number, condition)
        if len(conditions) > 1:
            axes.legend(frameon=False, fontsize=8)
    return figure


def _draw_frame(axes: Any, metric: str, names: Sequence[str]) -> None:
    better = "lower" if metric.endswith("_rate") else "higher"
    axes.set_title(f"{metric} ({better} is better)", loc="left", fontsize=10)
    axes.set_ylim(-0.04, 1.04)
    axes.set_xlim(-0.5, len(names) - 0.5)
    axes.set_xticks(
        range(len(names)),
        names,
        rotation=30 if len(names) > 3 else 0,
        ha="right" if len(names) > 3 else "center",
        fontsize=8,
    )
    axes.set_yticks([0, 0.5, 1], ["0", ".5", "1"])
    axes.grid(color=FAINT, linewidth=0.7, axis="y")
    axes.set_axisbelow(True)
    axes.tick_params(length=0)
    for side in ("top", "right", "left", "bottom"):
        axes.spines[side].set_visible(False)


def _draw_line(axes: Any, points: Sequence[Point], places: Sequence[int], number: int, condition: str) -> None:
    color, marker, line = ((MODEL, "o", "-"), (POLICY, "s", "--"), (INK, "^", ":"))[number % 3]
    means = [point.value.mean for point in points]
    bars = [
        [
            max(0.0, point.value.mean - (point.value.mean if point.value.low is None else point.value.low))
            for point in points
        ],
        [
            max(0.0, (point.value.mean if point.value.high is None else point.value.high) - point.value.mean)
            for point in points
        ],
    ]
    axes.errorbar(
        places,
        means,
        yerr=bars,
        color=color,
        marker=marker,
        linestyle=line,
        markersize=6,
        capsize=3,
        label=condition,
        clip_on=False,
    )
