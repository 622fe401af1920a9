"""Many reports as one static site: a folder with a report in each subfolder, and an `index.html` that lists them."""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from pydantic import ValidationError

from askfirst.benchmark.errors import LogError
from askfirst.reports.leaderboard.board import ALL, HEADLINE, Leaderboard
from askfirst.reports.leaderboard.cells import Cell, estimate_cell
from askfirst.reports.leaderboard.exchange import cut_name
from askfirst.reports.leaderboard.html import content_policy, load_asset, make_environment
from askfirst.reports.leaderboard.view import format_rank

PAGE = "index.html"
"""A report's page in its folder, and the site's own."""

DATA = "leaderboard.json"


class Published(NamedTuple):
    """A report of the site."""

    folder: str
    """Its name, which is the link."""
    date: str
    """Of its newest log, YYYY-MM-DD; empty for a report without entries."""
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
    if not site.is_dir():
        raise LogError(f"{site}: not a folder; expected one with a report in each subfolder; make a report there first")
    found = [_read(folder) for folder in site.iterdir() if (folder / DATA).is_file() and (folder / PAGE).is_file()]
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
    path, half = site / PAGE, site / f".{PAGE}.part"
    try:
        half.write_text(text, encoding="utf-8")
        half.replace(path)
    except OSError as error:
        half.unlink(missing_ok=True)
        raise LogError(
            f"{path}: can't be written ({error.strerror}); expected a folder of yours; name another"
        ) from error
    return path


def _read(folder: Path) -> Published:
    try:
        board = Leaderboard.model_validate_json((folder / DATA).read_bytes())
    except (OSError, ValidationError) as error:
        reason = f"{error.error_count()} errors" if isinstance(error, ValidationError) else error.strerror
        raise LogError(
            f"{folder / DATA}: not a leaderboard ({reason}); expected one of this version; make the report again"
        ) from error
    main = board.boards[0] if board.boards else None
    keys = main.order if main else ()
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
        headline=estimate_cell(top.slices[ALL].estimates.get(HEADLINE) if top else None),
    )
