"""Many reports as one static site: a folder with a report in each subfolder, and an `index.html` that lists them."""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from askfirst.benchmark.errors import LogError
from askfirst.reports.leaderboard.board import ALL
from askfirst.reports.leaderboard.cells import Cell, estimate_cell
from askfirst.reports.leaderboard.exchange import cut_name
from askfirst.reports.leaderboard.files import JSON_NAME, load_json, write_files
from askfirst.reports.leaderboard.html import content_policy, load_asset, make_environment
from askfirst.reports.leaderboard.view import format_rank

PAGE = "index.html"
"""A report's page in its folder, and the site's own."""


class Published(NamedTuple):
    """A report of the site."""

    folder: str
    """Its name, which is the link."""
    date: str
    """Of its newest log, YYYY-MM-DD."""
    title: str
    models: int
    """That are ranked on its main board."""
    top: str
    """The model with the highest headline there; empty without a ranked one."""
    rank: str
    """Of that model: a range where others can't be told apart from it."""
    headline: Cell


def list_reports(site: Path) -> list[Published]:
    """Return the reports in the subfolders of a site, newest first, then by folder; other folders are passed over.

    Raises:
        LogError: If the site is no folder, or a report's data can't be read.
    """
    try:
        folders = list(site.iterdir())
    except OSError as error:
        raise LogError(
            f"{site}: not a folder that can be read ({error.strerror}); expected one with a report in each subfolder; "
            "make a report there first"
        ) from error
    found = [_read(folder) for folder in folders if (folder / JSON_NAME).is_file() and (folder / PAGE).is_file()]
    by_folder = sorted(found, key=lambda report: report.folder)
    return sorted(by_folder, key=lambda report: report.date, reverse=True)


def render_index(reports: Sequence[Published], title: str = "Reports") -> str:
    """Return the site's page, which links each report, in the order given."""
    environment = make_environment({"name": cut_name})
    style = load_asset("style.css")
    return environment.get_template("index.html.j2").render(
        reports=reports, title=title, style=style, policy=content_policy(style), page=PAGE
    )


def write_index(site: Path, title: str = "Reports") -> Path:
    """Write the page that lists a site's reports, and return its path; an earlier one is replaced as a whole.

    Raises:
        LogError: As `list_reports` does, and if the page can't be written.
    """
    text = render_index(list_reports(site), title)
    write_files(site, {PAGE: text.encode(errors="replace")})
    return site / PAGE


def _read(folder: Path) -> Published:
    board = load_json(folder)
    keys = board.boards[0].order
    ranked = [entry for entry in (board.entries[key] for key in keys) if entry.slices[ALL].rank is not None]
    top = ranked[0] if ranked else None
    rank = top.slices[ALL].rank if top else None
    return Published(
        folder=folder.name,
        date=max((entry.date for entry in board.entries.values()), default=""),
        title=board.title,
        models=len(ranked),
        top=top.model if top else "",
        rank=format_rank(rank) if rank else "",
        # over the problems that all share, as the rank is
        headline=estimate_cell(top.shared if top else None),
    )
