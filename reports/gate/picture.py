"""The picture of a check: each metric's difference with its range, against its margin and zero."""

import warnings
from collections.abc import Sequence
from html import escape
from io import BytesIO
from math import isfinite
from typing import Any, NamedTuple

import matplotlib
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.ticker import MaxNLocator

from askfirst.reports.gate.phrases import (
    badge,
    describe_metric,
    name_comparison,
    name_metric,
    to_decimals,
    to_interval,
)
from askfirst.reports.gate.verdict import GateReport, MetricVerdict, Verdict
from askfirst.reports.printable import one_line

INK, FAINT, MUTED, LOSS = "#1f2933", "#d5dae0", "#5b6775", "#fbe9e7"
COLORS: dict[Verdict, str] = {"PASS": "#1a7f37", "FAIL": "#c62828", "INCONCLUSIVE": "#9a6700", "INVALID": "#7b3fb5"}
SHAPES: dict[Verdict, str] = {"PASS": "o", "FAIL": "X", "INCONCLUSIVE": "D", "INVALID": "s"}
HOLLOW = {"INCONCLUSIVE", "INVALID"}
"""Verdicts that decide nothing: their shapes are empty."""

WIDTH, ROW, TOP, BOTTOM = 11.0, 0.36, 1.3, 1.05
"""Inches: of the picture, of a line in it, and of what stands above and below the lines."""
LEFT, RIGHT = 0.19, 0.60
"""Where the plot begins and ends, in shares of the width; names stand before it, numbers behind it."""
COLUMNS = {"was → now": 0.615, "difference [range]": 0.71, "verdict": 0.86}
NAMES = 0.015
LEAST_REACH = 0.1
"""The axis always goes so far to both sides of zero."""
MOST_SENTENCE, MOST_NAME = 150, 24
"""Characters that fit."""

STYLE = {
    "svg.hashsalt": "askfirst",  # equal reports, equal bytes
    "svg.fonttype": "none",  # text stays text: it can be read aloud, searched and copied
    "axes.unicode_minus": False,  # as in every number of the gate
    "text.parse_math": False,  # a name with two dollars is no formula
    "font.family": "sans-serif",
    "font.size": 10.0,
    "text.color": INK,
    "axes.labelcolor": INK,
    "axes.edgecolor": FAINT,
    "xtick.color": INK,
}


class Row(NamedTuple):
    """One line of the picture: a metric, or the comparison that those below it belong to."""

    title: str
    metric: MetricVerdict | None


def render_picture(report: GateReport) -> bytes:
    """Draw a report as SVG on a light card of its own, which reads on dark pages too; equal reports, equal bytes."""
    plotting: Any = matplotlib  # its types are incomplete
    written = BytesIO()
    # the font that measures texts here may lack a name's characters; the viewer's has them
    with plotting.rc_context(STYLE), warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Glyph .* missing from font")
        figure = draw_picture(report)
        figure.savefig(written, format="svg", metadata={"Date": None, "Creator": None})
    return _describe(written.getvalue().decode("utf-8"), report).encode("utf-8")


def draw_picture(report: GateReport) -> Any:
    """Draw a report as a matplotlib figure."""
    rows = to_rows(report.metrics)
    tall = ROW * max(1, len(rows))
    height = TOP + tall + BOTTOM
    figure: Any = Figure(figsize=(WIDTH, height), facecolor="white")
    color = COLORS[report.verdict]
    figure.text(NAMES, 1 - 0.32 / height, badge(report.verdict), fontsize=15, fontweight="bold", color=color)
    sentence = one_line(report.sentence.removeprefix(f"{report.verdict}: "), MOST_SENTENCE)
    figure.text(NAMES, 1 - 0.6 / height, sentence, fontsize=9.5)
    if not rows:
        figure.text(NAMES, 0.5, "Nothing could be compared.", color=MUTED)
        return figure
    for name, x in {"metric": NAMES, **COLUMNS}.items():
        figure.text(x, 1 - (TOP - 0.15) / height, name, fontsize=9, color=MUTED)
    axes = figure.add_axes((LEFT, BOTTOM / height, RIGHT - LEFT, tall / height))
    reach = _reach(report.metrics)
    _draw_frame(axes, len(rows), reach)
    for position, row in enumerate(rows):
        y = 1 - (TOP + ROW * (position + 0.5)) / height
        if row.metric is None:
            figure.text(NAMES, y, one_line(row.title, MOST_SENTENCE), fontweight="bold", fontsize=9.5, va="center",
                        bbox={"facecolor": "white", "edgecolor": "none", "pad": 1.5})  # fmt: skip
        else:
            _draw_metric(axes, row.metric, position, reach)
            _write_metric(figure, row.metric, y)
    _draw_legend(figure, report)
    return figure


def to_rows(metrics: Sequence[MetricVerdict]) -> list[Row]:
    """Return a line a metric, in order, under a line for each comparison."""
    rows: list[Row] = []
    for where in dict.fromkeys(map(name_comparison, metrics)):
        rows.append(Row(f"{where[0].upper()}{where[1:]}", None))
        rows += [Row("", metric) for metric in metrics if name_comparison(metric) == where]
    return rows


def _reach(metrics: Sequence[MetricVerdict]) -> float:
    """Return how far the axis goes to both sides of zero: beyond every margin, difference and finite end of a range."""
    ends = [end for metric in metrics for end in (metric.margin, metric.gain.mean, metric.gain.low, metric.gain.high)]
    return 1.12 * max([LEAST_REACH, *(abs(end) for end in ends if isfinite(end))])


def _draw_frame(axes: Any, rows: int, reach: float) -> None:
    axes.set_xlim(-reach, reach)
    axes.set_ylim(rows - 0.5, -0.5)
    axes.set_yticks([])
    axes.xaxis.set_major_locator(MaxNLocator(5))
    axes.tick_params(length=0)
    axes.grid(axis="x", color=FAINT, linewidth=0.7)
    axes.set_axisbelow(True)
    for side in ("top", "right", "left", "bottom"):
        axes.spines[side].set_visible(False)
    axes.axvline(0, color=INK, linewidth=1.2)
    axes.set_xlabel("← candidate worse · difference · candidate better →")


def _draw_metric(axes: Any, metric: MetricVerdict, position: int, reach: float) -> None:
    color, margin = COLORS[metric.verdict], -metric.margin
    axes.fill_betweenx([position - 0.5, position + 0.5], -reach, margin, color=LOSS, linewidth=0, zorder=0.5)
    axes.plot([margin, margin], [position - 0.5, position + 0.5], color=COLORS["FAIL"], linewidth=1.2, linestyle="--")
    low, high = (min(reach, max(-reach, end)) for end in (metric.gain.low, metric.gain.high))
    axes.plot([low, high], [position, position], color=color, linewidth=2.4, solid_capstyle="butt")
    # an end without a stop goes on beyond the axis
    stops = [end for end in (metric.gain.low, metric.gain.high) if isfinite(end)]
    axes.plot(stops, [position] * len(stops), color=color, marker="|", markersize=10, linestyle="none")
    axes.plot(metric.gain.mean, position, **_marker(metric.verdict))


def _marker(verdict: Verdict) -> dict[str, Any]:
    color = COLORS[verdict]
    face = "white" if verdict in HOLLOW else color
    return {"marker": SHAPES[verdict], "markersize": 9, "color": color, "markerfacecolor": face, "linestyle": "none",
            "zorder": 4}  # fmt: skip


def _write_metric(figure: Any, metric: MetricVerdict, y: float) -> None:
    figure.text(NAMES + 0.01, y, one_line(name_metric(metric), MOST_NAME), va="center")
    verdict = badge(metric.verdict) + (", accepted" if metric.acknowledged else "")
    was_now = f"{to_decimals(metric.baseline)} → {to_decimals(metric.candidate)}"
    for x, text in zip(COLUMNS.values(), (was_now, to_interval(metric.gain), verdict), strict=True):
        last = text is verdict
        figure.text(x, y, text, va="center", fontsize=9.5, color=COLORS[metric.verdict] if last else INK,
                    fontweight="bold" if last else "normal")  # fmt: skip


def _draw_legend(figure: Any, report: GateReport) -> None:
    verdicts: set[Verdict] = {metric.verdict for metric in report.metrics}
    handles = [Line2D([], [], label=verdict, **_marker(verdict)) for verdict in sorted(verdicts)]
    handles.append(Line2D([], [], color=MUTED, linewidth=2.4, label="range that chance leaves open"))
    handles.append(Line2D([], [], color=COLORS["FAIL"], linestyle="--", label="margin; red: a larger loss"))
    figure.legend(handles=handles, loc="lower left", ncols=len(handles), frameon=False, fontsize=9,
                  bbox_to_anchor=(NAMES - 0.01, 0), handletextpad=0.4, columnspacing=1.4)  # fmt: skip


def describe_picture(report: GateReport) -> str:
    """Say in words what the picture shows, for those who can't see it."""
    lines = [f"{describe_metric(metric)} ({name_comparison(metric)})" for metric in report.metrics]
    return one_line(". ".join(lines) or "Nothing could be compared.", 100_000)


def _describe(svg: str, report: GateReport) -> str:
    title = escape(one_line(f"askfirst gate: {report.sentence}", 1_000))
    said = f'<title id="title">{title}</title>\n <desc id="desc">{escape(describe_picture(report))}</desc>\n '
    start = svg.index("<svg ")
    end = svg.index(">", start) + 1
    opened = svg[start:end].replace("<svg ", '<svg role="img" aria-labelledby="title desc" ', 1)
    return f"{svg[:start]}{opened}\n {said}{svg[end:].lstrip()}"
