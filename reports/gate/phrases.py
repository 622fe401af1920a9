"""The words and numbers that all outputs of the gate share, for people who know no statistics."""

from math import inf, isfinite

from askfirst.reports.gate.verdict import Acknowledgement, Gain, MetricVerdict, ReleaseSummary, Verdict

ARROWS = {"higher": "↑", "lower": "↓"}
"""By which direction of a metric is better."""

MARKS: dict[Verdict, str] = {"PASS": "✓", "FAIL": "✗", "INCONCLUSIVE": "?", "INVALID": "!"}
"""Colour is never the only sign."""


def badge(verdict: Verdict) -> str:
    """Return a verdict with its mark."""
    return f"{MARKS[verdict]} {verdict}"


def to_decimals(value: float) -> str:
    """Write a number with two decimals; what rounds to zero has no sign."""
    if not isfinite(value):
        return {inf: "∞", -inf: "-∞"}.get(value, "unknown")
    return f"{round(value, 2) + 0.0:.2f}"


def to_margin(margin: float) -> str:
    """Write a margin in full, with two decimals at least: people chose it."""
    return to_decimals(margin) if round(margin, 2) == margin else f"{margin:g}"


def to_signed(value: float) -> str:
    """Write a difference with two decimals and its sign; what rounds to zero has none."""
    text = to_decimals(value)
    return f"+{text}" if value > 0 and text != "0.00" else text


def to_interval(gain: Gain) -> str:
    """Write `difference [low, high]`, positive is better."""
    return f"{to_signed(gain.mean)} [{to_signed(gain.low)}, {to_signed(gain.high)}]"


def describe_gain(gain: Gain) -> str:
    """Say how much better or worse, and what chance leaves open: `worse by 0.15 [0.09, 0.21]`."""
    if gain.high <= 0:
        return f"worse by {to_decimals(-gain.mean)} [{to_decimals(-gain.high)}, {to_decimals(-gain.low)}]"
    if gain.low >= 0:
        return f"better by {to_decimals(gain.mean)} [{to_decimals(gain.low)}, {to_decimals(gain.high)}]"
    size = to_decimals(abs(gain.mean))
    change = "no different" if size == "0.00" else f"{'better' if gain.mean > 0 else 'worse'} by {size}"
    return f"{change} [{to_decimals(-gain.low)} worse to {to_decimals(gain.high)} better]"


def describe_metric(metric: MetricVerdict) -> str:
    """Say in one line what was measured, and the verdict.

    For example `premature_rate ↓ 0.10 → 0.25, worse by 0.15 [0.09, 0.21], 0.05 would be accepted: FAIL`.
    """
    return (
        f"{name_metric(metric)} {to_decimals(metric.baseline)} → {to_decimals(metric.candidate)}, "
        f"{describe_gain(metric.gain)}, {to_margin(metric.margin)} would be accepted: {name_verdict(metric)}"
    )


def name_metric(metric: MetricVerdict) -> str:
    """Return a metric's name with the direction in which it is better."""
    return f"{metric.metric} {ARROWS[metric.better]}"


def name_verdict(metric: MetricVerdict) -> str:
    """Return a metric's verdict, and whether someone has accepted the loss for now."""
    return f"{metric.verdict}, acknowledged" if metric.acknowledged else metric.verdict


def name_comparison(metric: MetricVerdict) -> str:
    """Say under which condition a metric was measured, and against which release."""
    return f"condition {metric.condition}, against the {metric.against}"


def name_release(release: ReleaseSummary | None) -> str:
    """Return a release's name and date."""
    return f"{release.name} ({release.date})" if release else "unknown"


def to_cost(cost_usd: float | None) -> str:
    """Write a cost; a $ would start a formula in Markdown."""
    return "unknown" if cost_usd is None else f"{cost_usd:,.2f} USD"


def count(number: int, noun: str) -> str:
    """Write a number and a noun, in the plural unless it is 1."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def to_sentence(text: str) -> str:
    """End a text with a full stop, unless it ends a sentence already."""
    stripped = text.strip()
    return stripped if not stripped or stripped[-1] in ".!?" else f"{stripped}."


def describe_acknowledgement(acknowledgement: Acknowledgement) -> str:
    """Say what was accepted, until when, by whom and why."""
    condition = f" (condition {acknowledgement.condition})" if acknowledgement.condition else ""
    by = f", by {acknowledgement.by}" if acknowledgement.by else ""
    return to_sentence(
        f"{acknowledgement.metric}{condition} until {acknowledgement.expires}{by}: {acknowledgement.reason}"
    )
