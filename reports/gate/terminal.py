"""A report for the terminal: no colour is needed to read it, and nothing that a model wrote can drive what shows it."""

import re
from collections.abc import Iterator
from itertools import zip_longest

from rich import box
from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from askfirst.reports.gate.blocks import Block, Bullets, Cell, Command, Grid, Paragraph, Section, SideBySide
from askfirst.reports.gate.phrases import badge
from askfirst.reports.gate.story import tell
from askfirst.reports.gate.verdict import GateReport, Spoken, SpokenTurn, Verdict
from askfirst.reports.printable import message, one_line

NARROW = 100
"""Terminal columns below which baseline and candidate share a column of the table."""
DIALOGUES = 1
"""Problems whose dialogues are printed where nothing else is asked for: what scrolls away hides the verdict."""
MOST_TURNS = 12
MOST_CHARACTERS = 2_000
"""Of one message or text."""

STYLES: dict[Verdict, str] = {
    "PASS": "bold green",
    "FAIL": "bold red",
    "INCONCLUSIVE": "bold yellow",
    "INVALID": "bold magenta",
}


def render_terminal(report: GateReport, width: int, dialogues: int = DIALOGUES) -> RenderableType:
    """Lay a report out for a terminal.

    Args:
        report: What the check found.
        width: Columns of the terminal, at least 80.
        dialogues: Problems whose dialogues are printed; `gate.json` has all.
    """
    headline = Text.assemble(
        (badge(report.verdict), STYLES[report.verdict]), "  ", Text(_plain(_without_verdict(report)), style="bold")
    )
    sections = tell(report, dialogues, narrow=width < NARROW)
    return Group(headline, *(part for section in sections for part in _render_section(section, width)))


def _without_verdict(report: GateReport) -> str:
    """Return the sentence without the verdict that the badge before it says already."""
    return report.sentence.removeprefix(f"{report.verdict}: ")


def _render_section(section: Section, width: int) -> Iterator[RenderableType]:
    yield Text(f"\n{section.title}", style="bold underline")
    for block in section.blocks:
        yield _render_block(block, width)


def _render_block(block: Block, width: int) -> RenderableType:
    match block:
        case Paragraph(text):
            return Text(_plain(text))
        case Bullets(items):
            rows = Table.grid(padding=(0, 1))
            for item in items:
                rows.add_row("-", Text(_plain(item)))
            return rows
        case Command(text):
            return Padding(Text(_plain(text), style="bold"), (0, 0, 0, 2))
        case Grid(header, rows):
            return _render_grid(header, rows, gap=0 if width < NARROW else 1)
        case SideBySide():
            return _render_dialogues(block)


def _render_grid(header: tuple[str, ...], rows: tuple[tuple[Cell, ...], ...], gap: int) -> Table:
    table = Table(box=box.SIMPLE_HEAD, padding=(0, gap), pad_edge=False)
    for name in header:
        table.add_column(Text(name), overflow="fold")
    for row in rows:
        table.add_row(*(Text(_plain(cell.text), style=STYLES[cell.verdict] if cell.verdict else "") for cell in row))
    return table


def _render_dialogues(pair: SideBySide) -> RenderableType:
    # every line that a model wrote stands behind a border: a pipeline's runner obeys lines that start with ::
    openings = {spoken.opening for spoken in (pair.baseline, pair.candidate) if spoken is not None}
    shared = [Panel(_message("user", opening), box=box.SQUARE) for opening in openings if len(openings) == 1]
    table = Table(box=box.SQUARE, show_lines=True, expand=True)
    table.add_column(pair.against, ratio=1, overflow="fold")
    table.add_column("candidate", ratio=1, overflow="fold")
    columns = [_render_spoken(spoken, bool(shared)) for spoken in (pair.baseline, pair.candidate)]
    for row in zip_longest(*columns, fillvalue=Text()):
        table.add_row(*row)
    return Group(Text(_plain(pair.title), style="bold"), *shared, table)


def _render_spoken(spoken: Spoken | None, opening_shown: bool) -> list[RenderableType]:
    """Return a column's cells: the opening unless it was shown, a cell a turn, and the outcome."""
    if spoken is None:
        return [Text("(its log is not at hand)", style="dim")]
    cells: list[RenderableType] = [] if opening_shown else [_message("user", spoken.opening)]
    cells += [_render_turn(turn) for turn in spoken.turns[:MOST_TURNS]]
    if len(spoken.turns) > MOST_TURNS:
        cells.append(Text(f"({len(spoken.turns) - MOST_TURNS} more turns)", style="dim"))
    return [*cells, Text(f"=> {_plain(spoken.outcome)}", style="bold")]


def _render_turn(turn: SpokenTurn) -> RenderableType:
    parts = [_message("model", turn.said or "(empty message)"), Text(f"· {_plain(turn.note)}", style="cyan")]
    return Group(*parts, *([_message("user", turn.reply)] if turn.reply else []))


def _message(speaker: str, text: str) -> RenderableType:
    """Set a message in from its speaker, so that none can put words into another's mouth."""
    shown = _defuse(message(text, MOST_CHARACTERS))
    return Group(Text(f"{speaker}:", style="bold"), Padding(Text(shown, overflow="fold"), (0, 0, 0, 2)))


def _plain(text: str) -> str:
    """Return a text as one line that holds no command for the runner of a pipeline, wherever it is wrapped."""
    return _defuse(one_line(text, MOST_CHARACTERS)).replace("::", ": :")


def _defuse(text: str) -> str:
    """Break the runners' commands that work anywhere in a line: `##[error]`, `##vso[...]`, `##teamcity[...]`."""
    return re.sub(r"##(?=\w*\[)", "# #", text)
