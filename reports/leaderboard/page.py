"""The report as one HTML file: opens from disk, works without JavaScript, and asks nothing of any network."""

from collections.abc import Callable, Sequence
from typing import NamedTuple, TypeAlias

from askfirst.reports.leaderboard.board import Board, Leaderboard
from askfirst.reports.leaderboard.cells import estimate_cell, format_interval, format_number, format_p
from askfirst.reports.leaderboard.exchange import cut, cut_name, early_turn, name_verdict, to_exchanges
from askfirst.reports.leaderboard.html import content_policy, embed_file, load_asset, make_environment
from askfirst.reports.leaderboard.overview import (
    to_certificates,
    to_choices,
    to_glance,
    to_identities,
    to_patience,
    to_series,
)
from askfirst.reports.leaderboard.picture_slot import PICTURES, Pictures
from askfirst.reports.leaderboard.profile import PART_COLUMNS, to_profiles
from askfirst.reports.leaderboard.trust import describe_misfit
from askfirst.reports.leaderboard.view import GROUPS, Table, entry_anchor, main_caption, main_table, slice_tables

Dictionary: TypeAlias = Sequence[tuple[str, str, str, str]]
"""The data dictionary: name, definition, range, and which is better, of each measure."""


class BoardView(NamedTuple):
    """One board's tables."""

    board: Board
    caption: str
    """Of the main table."""
    main: Table
    slices: tuple[Table, ...]


def render_page(
    board: Leaderboard, pictures: Pictures, *, dictionary: Dictionary, json_text: str, csv_text: str
) -> str:
    """Return the whole page, the same text for the same arguments.

    Args:
        board: What the page says.
        pictures: By name in `PICTURES`; those that are missing are left out.
        dictionary: The data dictionary, in order.
        json_text: Content of `leaderboard.json`, which the page also carries within.
        csv_text: Content of `leaderboard.csv`, the same.
    """
    style, script = load_asset("style.css"), load_asset("script.js")
    exchanges, ceiling = to_exchanges(board), board.exploit_ceiling
    filters: dict[str, Callable[..., object]] = {
        "cut": cut,
        "name": cut_name,
        "anchor": entry_anchor,
        "number": format_number,
        "verdict": name_verdict,
        "early": early_turn,
    }
    environment = make_environment(filters)
    return environment.get_template("page.html.j2").render(
        board=board,
        boards=[
            BoardView(each, main_caption(board, each), main_table(board, each), slice_tables(board, each))
            for each in board.boards
        ],
        choices=to_choices(board),
        certificates=to_certificates(board),
        dictionary=dictionary,
        glance=to_glance(board, exchanges),
        groups=GROUPS,
        identities=to_identities(board),
        interval=format_interval,
        p_value=format_p,
        patience=to_patience(board),
        instruments=[(each, format_interval(each.low, each.high)) for each in board.instruments],
        ceiling=estimate_cell(ceiling.joint_success) if ceiling else None,
        misfit=describe_misfit(ceiling, board.boards[0], board.entries) if ceiling else "",
        part_columns=PART_COLUMNS,
        pictures=[(name, pictures[name]) for name in PICTURES if name in pictures],
        policy=content_policy(style, script),
        profiles=to_profiles(board, exchanges),
        script=script,
        series=to_series(board),
        style=style,
        json_file=embed_file(json_text),
        csv_file=embed_file(csv_text),
    )
