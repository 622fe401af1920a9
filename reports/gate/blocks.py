"""What the gate's texts are made of: plain text in blocks that the terminal and Markdown lay out, each in its way.

Nothing here is escaped: names, reasons and dialogues may hold anything, and each output knows its own dangers.
"""

from collections.abc import Iterable, Iterator
from typing import NamedTuple, TypeAlias

from askfirst.reports.gate.verdict import Against, Spoken, Verdict

MOST_LINES = 50
"""Lines that a list or table shows of what may be many; `gate.json` has all."""


class Cell(NamedTuple):
    """A cell of a table; one that holds a verdict may be coloured."""

    text: str
    verdict: Verdict | None = None


class Paragraph(NamedTuple):
    """One paragraph."""

    text: str


class Bullets(NamedTuple):
    """A list, not empty."""

    items: tuple[str, ...]


class Grid(NamedTuple):
    """A table, not empty; its columns after the first are short, or numbers."""

    header: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


class Command(NamedTuple):
    """What to type."""

    text: str


class SideBySide(NamedTuple):
    """One problem's two dialogues."""

    title: str
    against: Against
    """What the candidate's is shown beside."""
    baseline: Spoken | None
    candidate: Spoken | None


Block: TypeAlias = Paragraph | Bullets | Grid | Command | SideBySide


class Section(NamedTuple):
    """A heading and what stands under it."""

    title: str
    blocks: tuple[Block, ...]


def list_items(items: Iterable[str]) -> Iterator[Bullets]:
    """Yield a list of the first items, which says how many more there are; nothing where there are none."""
    lines = tuple(items)
    if lines:
        more = len(lines) - MOST_LINES
        yield Bullets((*lines[:MOST_LINES], *([f"({more:,} more in gate.json)"] if more > 0 else [])))
