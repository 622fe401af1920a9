"""Writes a report: the page, its data, and both ways of showing it, all at once or not at all."""

from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Literal, TypeAlias

from askfirst.reports.leaderboard.board import Leaderboard
from askfirst.reports.leaderboard.cells import format_number
from askfirst.reports.leaderboard.dictionary import DICTIONARY, Measure
from askfirst.reports.leaderboard.files import CSV_NAME, JSON_NAME, render_csv, render_json, write_files
from askfirst.reports.leaderboard.index import PAGE
from askfirst.reports.leaderboard.markdown import render_markdown
from askfirst.reports.leaderboard.page import render_page
from askfirst.reports.leaderboard.pictures import draw_pictures

Format: TypeAlias = Literal["html", "md"]

NAMES: Mapping[Format, str] = {"html": PAGE, "md": "leaderboard.md"}
"""The file that people open, by format."""

OWN = b'id="embedded-json"'
"""What a report's page holds, and no other `index.html`."""


def write_report(leaderboard: Leaderboard, folder: Path, form: Format = "html") -> Path:
    """Write a report's files, and return the one to open.

    Args:
        leaderboard: What it says.
        folder: Where to; made if need be. An earlier report there is replaced as a whole, of the other format too.
        form: `html` is a page, `md` a table for a README or a pull request; the data stand beside either.

    Raises:
        LogError: If the folder can't be written; an earlier report is as it was.
    """
    stale = [NAMES[other] for other in find_formats(folder) if other != form]
    write_files(folder, render_report(leaderboard, form), stale)
    return folder / NAMES[form]


def render_report(leaderboard: Leaderboard, form: Format) -> dict[str, bytes]:
    """Return a report's files by name: equal leaderboards, equal bytes."""
    json_text, csv_text = render_json(leaderboard), render_csv(leaderboard)
    if form == "md":
        text = render_markdown(leaderboard)
    else:
        text = render_page(
            leaderboard,
            draw_pictures(leaderboard),
            dictionary=[_to_row(measure) for measure in DICTIONARY],
            json_text=json_text,
            csv_text=csv_text,
        )
    files = {JSON_NAME: json_text, CSV_NAME: csv_text, NAMES[form]: text}
    # what a message holds that UTF-8 can't is shown as it would be read
    return {name: content.encode(errors="replace") for name, content in files.items()}


def find_formats(folder: Path) -> tuple[Format, ...]:
    """Return the formats in which a report stands in a folder; an `index.html` that is no report is none."""
    found: list[Format] = []
    for form, name in NAMES.items():
        # what can't be read is not known to be ours
        with suppress(OSError):
            content = (folder / name).read_bytes()
            if form == "md" or OWN in content:
                found.append(form)
    return tuple(found)


def _to_row(measure: Measure) -> tuple[str, str, str, str]:
    most = "" if measure.most is None else f" to {format_number(measure.most)}"
    span = f"{format_number(measure.least)}{most or ' and up'}"
    return measure.name, f"{measure.definition} ({measure.arms})", span, measure.better
