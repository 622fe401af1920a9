"""The main table as Markdown, for a README or a pull request."""

import re
from collections.abc import Iterator, Sequence

from askfirst.reports.gate.escaping import escape
from askfirst.reports.leaderboard.board import Board, Leaderboard
from askfirst.reports.leaderboard.cells import Cell
from askfirst.reports.leaderboard.exchange import cut_name
from askfirst.reports.leaderboard.html import show_controls
from askfirst.reports.leaderboard.view import Column, Row, main_caption, main_table

SHOWN = (
    "joint_success",
    "asking_success",
    "premature_rate",
    "over_ask_rate",
    "accuracy_full",
    "questions",
    "problems",
    "date",
    "cost_usd",
)
"""The columns; the page has the others."""


def render_markdown(board: Leaderboard, boards: Sequence[str] = ()) -> str:
    """Return a heading, the finding and the table of each board, in GitHub's Markdown.

    Args:
        board: The report.
        boards: Keys of the boards to show; empty for the first one alone, where most models are.
    """
    chosen = [each for each in board.boards if each.key in boards] if boards else board.boards[:1]
    return "\n".join(line for each in chosen for line in _lines(board, each))


def _lines(board: Leaderboard, of: Board) -> Iterator[str]:
    table = main_table(board, of)
    places = [place for place, column in enumerate(table.columns) if column.name in SHOWN]
    yield f"### {_text(of.title)}"
    yield ""
    yield _text(of.sentence)
    yield ""
    yield _row(["Rank", "Model", *(_heading(table.columns[place]) for place in places)])
    yield _row(["---:", "---", *("---:" for _ in places)])
    for row in table.rows:
        yield _row([row.rank.text, _name(row), *(_figure(row.cells[place]) for place in places)])
    yield ""
    yield (
        f"{main_caption(board, of)}. Models whose differences are within noise share a range of ranks. "
        "↑ higher is better, ↓ lower is better."
    )
    yield ""


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _heading(column: Column) -> str:
    return column.label + {"higher": " ↑", "lower": " ↓"}.get(column.better, "")


def _figure(cell: Cell) -> str:
    return f"{cell.text} {cell.interval}".rstrip()


def _name(row: Row) -> str:
    """Write a model's name as code, within which nothing is a link, a mention, HTML or emphasis."""
    name = show_controls(cut_name(row.entry.model)).replace("|", "\\|")
    fence = "`" * (1 + max((len(run) for run in re.findall("`+", name)), default=0))
    pad = " " if name.startswith("`") or name.endswith("`") else ""
    note = {"policy": " (reference)", "older": f" ({row.entry.date})"}.get(row.kind, "")
    return f"{fence}{pad}{name}{pad}{fence}{note}"


def _text(text: str) -> str:
    """Write a sentence so that nothing in it is markup, a link or a mention."""
    return escape(show_controls(cut_name(text, most=1_000)))
