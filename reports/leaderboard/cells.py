"""Numbers as a reader sees them: text, a value to sort by, and the geometry of small bars.

Bars are drawn by attributes of SVG, never by inline style: the page's policy allows no style but its own sheet.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from askfirst.reports.intervals import Estimate


class Bar(NamedTuple):
    """A mean and its interval along a track from 0 to 100."""

    low: str
    high: str
    mean: str


class Cell(NamedTuple):
    """One cell of a table."""

    text: str
    interval: str = ""
    """`[low, high]`; empty for what has none."""
    value: str = ""
    """What it sorts by: a number to six digits, or a word; empty where there is none, which sorts last."""
    note: str = ""
    """Why there is no value, where the text does not say it."""
    bar: Bar | None = None


class Segment(NamedTuple):
    """A part of a stacked bar."""

    name: str
    share: str
    start: str
    """Along a track from 0 to 100."""
    width: str
    tone: int
    """From 0; names the colour."""


def format_number(value: float) -> str:
    """Write a share or a count of turns with two decimals, as every table of the project does."""
    return f"{value:.2f}".replace("-", "\N{MINUS SIGN}")


def format_interval(low: float | None, high: float | None) -> str:
    """Write `[low, high]`; empty where the spread can't be seen."""
    return "" if low is None or high is None else f"[{format_number(low)}, {format_number(high)}]"


def to_key(value: float) -> str:
    """Write a number to sort by, to six digits: what differs less is no difference, and the data have it in full."""
    return f"{value:.6g}"


def format_p(p: float) -> str:
    """Write a p value, in [0, 1], with three decimals; below that only that it is less."""
    return "< 0.001" if p < 0.001 else f"{p:.3f}"


def estimate_cell(estimate: Estimate | None, *, with_bar: bool = False) -> Cell:
    """Show an estimate; a bar only makes sense for one in [0, 1]."""
    if estimate is None:
        return Cell("unscored")
    bar = to_bar(estimate) if with_bar else None
    interval = format_interval(estimate.low, estimate.high)
    return Cell(format_number(estimate.mean), interval, to_key(estimate.mean), bar=bar)


def count_cell(count: int) -> Cell:
    """Show a count, thousands set apart."""
    return Cell(f"{count:,}", value=str(count))


def word_cell(word: str) -> Cell:
    """Show a word that sorts as it reads."""
    return Cell(word, value=word)


def cost_cell(cost_usd: float | None) -> Cell:
    """Show a cost in US dollars: to the cent, or to two digits below ten cents."""
    if cost_usd is None:
        return Cell("no price")
    text = f"${cost_usd:,.2f}" if cost_usd >= 0.1 or cost_usd == 0 else f"${cost_usd:.2g}"
    return Cell(text, value=to_key(cost_usd))


def seconds_cell(seconds: float | None) -> Cell:
    """Show a time in seconds."""
    if seconds is None:
        return Cell("not logged")
    return Cell(f"{seconds:,.0f} s", value=to_key(seconds))


def to_bar(estimate: Estimate) -> Bar:
    """Place an estimate in [0, 1] on a track from 0 to 100; without an interval the bar is only the mean."""
    low, high = (estimate.mean if bound is None else bound for bound in (estimate.low, estimate.high))
    return Bar(_percent(low), _percent(high), _percent(estimate.mean))


def to_segments(shares: Mapping[str, float], names: Sequence[str]) -> tuple[Segment, ...]:
    """Stack the shares of `names`, in that order; names without a share, or with none to see, are left out."""
    segments: list[Segment] = []
    start = 0.0
    for tone, name in enumerate(names):
        if share := shares.get(name, 0.0):
            segments.append(Segment(name, format_number(share), _percent(start), _percent(share), tone))
            start += share
    return tuple(segments)


def _percent(share: float) -> str:
    return f"{100 * share:.4g}"
