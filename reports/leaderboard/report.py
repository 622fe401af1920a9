"""Writes a report: the page, its data, and both ways of showing it, all at once or not at all."""

from pathlib import Path
from typing import Literal, TypeAlias

from askfirst.reports.leaderboard.board import Leaderboard
from askfirst.reports.leaderboard.cells import format_number
from askfirst.reports.leaderboard.dictionary import DICTIONARY, Measure
from askfirst.reports.leaderboard.files import render_csv, render_json, write_files
from askfirst.reports.leaderboard.index import PAGE
from askfirst.reports.leaderboard.markdown import render_markdown
from askfirst.reports.leaderboard.page import render_page
from askfirst.reports.leaderboard.pictures import draw_pictures

Format: TypeAlias = Literal["html", "md"]


def write_report(leaderboard: Leaderboard, folder: Path, form: Format = "html") -> Path:
    """Write a report's files, and return the one to open.

    Args:
        leaderboard: What it says.
        folder: Where to; made if need be. An earlier report there is replaced as a whole.
        form: `html` is a page, `md` a table for a README or a pull request; the data stand beside either.

    Raises:
        LogError: If the folder can't be written; an earlier report is as it was.
    """
    json_text, csv_text = render_json(leaderboard), render_csv(leaderboard)
    if form == "md":
        name, text = "leaderboard.md", render_markdown(leaderboard)
    else:
        name = PAGE
        text = render_page(
            leaderboard,
            draw_pictures(leaderboard),
            dictionary=[_to_row(measure) for measure in DICTIONARY],
            json_text=json_text,
            csv_text=csv_text,
        )
    files = {"leaderboard.json": json_text, "leaderboard.csv": csv_text, name: text}
    # what a message holds that UTF-8 can't is shown as it would be read
    write_files(folder, {path: content.encode(errors="replace") for path, content in files.items()})
    return folder / name


def _to_row(measure: Measure) -> tuple[str, str, str, str]:
    most = "" if measure.most is None else f" to {format_number(measure.most)}"
    span = f"{format_number(measure.least)}{most or ' and up'}"
    return measure.name, f"{measure.definition} ({measure.arms})", span, measure.better
