"""The pictures of a report, of its first board: those for which there is something to draw."""

from collections.abc import Callable, Mapping

from askfirst.reports.leaderboard.board import Board, Leaderboard
from askfirst.reports.leaderboard.picture_curves import draw_curves
from askfirst.reports.leaderboard.picture_forest import draw_forest
from askfirst.reports.leaderboard.picture_heatmap import draw_heatmap
from askfirst.reports.leaderboard.picture_lines import draw_gain, draw_hidden
from askfirst.reports.leaderboard.picture_slot import PICTURES, Picture, Pictures
from askfirst.reports.leaderboard.picture_timing import draw_timing
from askfirst.reports.leaderboard.picture_tradeoff import draw_tradeoff

DRAWERS: Mapping[str, Callable[[Leaderboard, Board], Picture | None]] = {
    "tradeoff": draw_tradeoff,
    "forest": draw_forest,
    "timing": draw_timing,
    "heatmap": draw_heatmap,
    "hidden": draw_hidden,
    "gain": draw_gain,
    "curves": draw_curves,
}
"""By name in `PICTURES`; each returns None where there is nothing to draw."""


def draw_pictures(board: Leaderboard) -> Pictures:
    """Draw the pictures of a report's first board, byte for byte the same for the same report.

    Returns:
        By name, in the order of `PICTURES`; without those that lack data, so empty for a report without boards.
    """
    if not board.boards:
        return {}
    drawn = {name: DRAWERS[name](board, board.boards[0]) for name in PICTURES}
    return {name: picture for name, picture in drawn.items() if picture is not None}
