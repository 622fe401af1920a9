"""How the pictures look: colours for light and dark, sizes, and names and numbers as they are written in them.

Every colour is drawn in its light form; `picture_svg` then turns each into a variable that a dark scheme sets anew.
"""

from unicodedata import combining, east_asian_width, normalize

from askfirst.reports.intervals import Estimate
from askfirst.reports.leaderboard.board import Board, Entry, Leaderboard
from askfirst.reports.leaderboard.cells import format_interval, format_number
from askfirst.reports.printable import printable

WIDTH = 340.0
"""Of a picture, in points: as wide as a phone's column, so that its text can be read there."""
TEXT, SMALL = 9.0, 8.0
"""Heights of letters, in points."""
LETTER = 0.58
"""Width of a letter on average, as a share of its height; generous, since the reader's font is unknown."""
MOST_RAW = 400
"""Characters looked at of a name, which may be a megabyte."""

PAPER, INK, QUIET, FAINT = "#ffffff", "#1a1d21", "#565d66", "#d5d9de"
MODEL, EARLY = "#0b57a4", "#a8420c"
LINES = (MODEL, EARLY, "#11702f", "#8a2c8f", "#7a5d00", "#0b6a78")
"""Of models that are told apart; each also has a marker and dashes of its own."""
MARKERS = ("o", "s", "^", "D", "v", "P")
DASHES: tuple[tuple[float, ...], ...] = ((), (5, 2), (1.5, 1.5), (7, 2, 1.5, 2), (3, 3), (9, 3))

DARK = {
    PAPER: "#14171a",
    INK: "#e7e9ec",
    QUIET: "#a8b0b9",
    FAINT: "#3a4047",
    MODEL: "#84b9f5",
    EARLY: "#f3a26b",
    LINES[2]: "#7fd69a",
    LINES[3]: "#dc9be6",
    LINES[4]: "#dcc25a",
    LINES[5]: "#7fd3e0",
}
"""What each colour becomes in a dark scheme; colours that are missing stay as they are."""


def list_models(report: Leaderboard, board: Board) -> list[Entry]:
    """Return the newest entry of each model on a board, in its order."""
    entries = [report.entries[key] for key in board.order]
    return [entry for entry in entries if entry.newest and not entry.policy]


def list_policies(report: Leaderboard, board: Board) -> list[Entry]:
    """Return the reference policies of a board, in its order."""
    entries = [report.entries[key] for key in board.order]
    return [entry for entry in entries if entry.newest and entry.policy]


def shorten(name: str, columns: int) -> str:
    """Write a name in one line of at most so many columns, without its middle if need be: ends tell releases apart.

    Args:
        name: Anything; what can't be printed is replaced.
        columns: At least 3; wide letters take two.
    """
    raw = name if len(name) <= MOST_RAW else f"{name[: MOST_RAW // 2]}\N{HORIZONTAL ELLIPSIS}{name[-MOST_RAW // 2 :]}"
    # marks that pile up over one letter would cover the rows above
    bare = "".join(char for char in normalize("NFC", raw) if not combining(char))
    text = " ".join(printable(bare).split()) or "(no name)"
    if count_columns(text) <= columns:
        return text
    head, tail = (columns - 1) // 2, columns // 2
    return f"{_fit(text, head)}\N{HORIZONTAL ELLIPSIS}{_fit(text[::-1], tail)[::-1]}"


def count_columns(text: str) -> int:
    """Return how many letters of common width a text is as wide as."""
    return sum(2 if east_asian_width(char) in "WF" else 1 for char in text)


def width_of(text: str, size: float) -> float:
    """Return about how wide a text is, in points."""
    return count_columns(text) * size * LETTER


def say(estimate: Estimate) -> str:
    """Write a mean and its interval, as the page's tables do."""
    return f"{format_number(estimate.mean)} {format_interval(estimate.low, estimate.high)}".rstrip()


def say_name(entry: Entry) -> str:
    """Write an entry's model within a sentence."""
    return shorten(entry.model, 60)


def count_things(count: int, thing: str) -> str:
    """Write a count and what is counted, one or several."""
    return f"{count} {thing}" if count == 1 else f"{count} {thing}s"


def _fit(text: str, columns: int) -> str:
    taken = 0
    for at, char in enumerate(text):
        taken += count_columns(char)
        if taken > columns:
            return text[:at]
    return text
