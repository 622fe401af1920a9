"""A calibration for people: tables in the terminal, and power curves as a picture."""

from pathlib import Path
from typing import Any

from matplotlib.figure import Figure
from rich import box
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from askfirst.reports.gate.calibration import Calibration, Rates
from askfirst.reports.gate.policy import Policy
from askfirst.reports.gate.saving import save_bytes, save_text, styled, to_svg
from askfirst.reports.plot import FAINT, MODEL, POLICY

TITLE = "What the gate says of a true loss"
SUBTITLE = "Share of simulated checks; one metric loses, all else is unchanged"


def render_calibration(found: Calibration, policy: Policy) -> RenderableType:
    """Lay a calibration out for the terminal."""
    lines = [
        f"{found.runs} simulated checks: {found.problems} problems, {found.templates} templates, {found.epochs} epochs",
        f"An unchanged model: FAIL {found.false_fail:.3f} (at most {policy.alpha:g} is meant), PASS {found.passed:.3f}",
        f"Two checks of an unchanged model have different verdicts: {found.flipped:.3f}",
    ]
    table = Table(box=box.SIMPLE_HEAD, padding=(0, 1), pad_edge=False)
    table.add_column("metric")
    for name in ("true loss", "PASS", "INCONCLUSIVE", "FAIL"):
        table.add_column(name, justify="right")
    for name, rows in _by_metric(found).items():
        for row in rows:
            at_margin = abs(row.loss - policy.metrics[row.metric].margin) < 1e-12
            note = " (false PASS)" if at_margin else ""
            shares = (f"{row.passed:.3f}{note}", f"{row.inconclusive:.3f}", f"{row.failed:.3f}")
            table.add_row(name, f"{row.loss:.3f}", *shares)
        table.add_section()
    return Group(*(Text(line) for line in lines), table)


def write_calibration(found: Calibration, policy: Policy, folder: Path) -> None:
    """Write `calibration.json` and `calibration.svg`.

    Raises:
        GateError: If they can't be written.
    """
    with styled():
        drawn = to_svg(draw_calibration(found, policy), TITLE, SUBTITLE)
    save_bytes(folder / "calibration.svg", drawn)
    save_text(folder / "calibration.json", found.model_dump_json(indent=2) + "\n")


def draw_calibration(found: Calibration, policy: Policy) -> Any:
    """Draw a panel a metric: shares of PASS and FAIL by true loss, with the margin and alpha."""
    metrics = _by_metric(found)
    columns = min(2, len(metrics))
    rows = -(-len(metrics) // columns)
    figure: Any = Figure(figsize=(4.3 * columns, 2.9 * rows + 0.6), layout="constrained")
    figure.suptitle(f"{TITLE}\n{SUBTITLE}", x=0.02, ha="left", fontsize=11)
    panels = figure.subplots(rows, columns, squeeze=False).flat
    for axes, (name, own) in zip(panels, metrics.items(), strict=False):
        losses = [each.loss for each in own]
        axes.set_title(name, loc="left", fontsize=10)
        axes.plot(losses, [each.passed for each in own], "o-", color=MODEL, label="PASS")
        axes.plot(losses, [each.failed for each in own], "s--", color=POLICY, label="FAIL")
        axes.axvline(policy.metrics[own[0].metric].margin, color=POLICY, linewidth=0.8, linestyle=":")
        axes.axhline(policy.alpha, color=POLICY, linewidth=0.8, linestyle=":")
        axes.set_ylim(-0.03, 1.03)
        axes.set_xlabel("true loss (dotted: the margin, and alpha)", fontsize=8)
        axes.grid(color=FAINT, linewidth=0.7)
        axes.legend(frameon=False, fontsize=8)
        for side in ("top", "right"):
            axes.spines[side].set_visible(False)
    for axes in panels:
        axes.set_visible(False)
    return figure


def _by_metric(found: Calibration) -> dict[str, list[Rates]]:
    by_metric: dict[str, list[Rates]] = {}
    several = len({each.condition for each in found.rates}) > 1
    for each in found.rates:
        by_metric.setdefault(f"{each.metric} ({each.condition})" if several else each.metric, []).append(each)
    return by_metric
