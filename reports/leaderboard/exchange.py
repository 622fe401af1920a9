"""Dialogues as the page shows them: which stand alone, which side by side, and what a reader must see first."""

import re
from collections.abc import Mapping
from typing import NamedTuple

from askfirst.reports.leaderboard.board import Entry, Leaderboard, ShownDialogue, ShownTurn
from askfirst.reports.show import MAX_MESSAGE_CHARACTERS, name_answer

REASONS: Mapping[str, str] = {
    "worst": "its worst",
    "typical": "a typical one",
    "best": "its best",
    "disagreement": "where two models differ most",
}
LINK = re.compile(r"(?:https?://|\.{1,2}/|[\w-]+/)[^\s\x00-\x1f\x7f]*")
"""Addresses that may be linked: of the web, or a path from the page; nothing that a browser would run."""


class Exchange(NamedTuple):
    """One dialogue, ready to be shown."""

    dialogue: ShownDialogue
    entry: Entry
    anchor: str
    reason: str
    headline: str
    """What came of it, in one line."""
    viewer: str
    """Address that may be linked; empty without one."""


class Showing(NamedTuple):
    """What stands in one place: a dialogue, or two of different models on one problem."""

    exchanges: tuple[Exchange, ...]
    """One or two."""
    opening: str
    """The opening that both share, which then stands above them; empty where each has its own."""
    elsewhere: str
    """Anchor of the place where this pair is shown, under the other model; empty where it is shown here."""


def to_exchanges(board: Leaderboard) -> dict[str, Exchange]:
    """Return every dialogue by its key, each with an anchor of its own."""
    exchanges: dict[str, Exchange] = {}
    taken: set[str] = set()
    for dialogue in board.dialogues:
        stem = anchor = f"dialogue-{re.sub(r'[^A-Za-z0-9]+', '-', dialogue.key)}"
        number = 1
        while anchor in taken:
            number += 1
            anchor = f"{stem}-{number}"
        taken.add(anchor)
        exchanges[dialogue.key] = Exchange(
            dialogue=dialogue,
            entry=board.entries[dialogue.entry],
            anchor=anchor,
            reason=REASONS.get(dialogue.chosen, dialogue.chosen),
            headline=_headline(dialogue),
            viewer=dialogue.viewer if LINK.fullmatch(dialogue.viewer) else "",
        )
    return exchanges


def showings_of(entry: Entry, exchanges: Mapping[str, Exchange]) -> tuple[Showing, ...]:
    """Return what to show of an entry, in the leaderboard's order; a pair stands under whichever comes first."""
    places = {key: place for place, key in enumerate(exchanges)}
    showings: list[Showing] = []
    for key, exchange in exchanges.items():
        if exchange.dialogue.entry != entry.key:
            continue
        partner = exchanges.get(exchange.dialogue.beside)
        if partner is None:
            showings.append(Showing((exchange,), "", ""))
        else:
            first = places[key] < places[partner.dialogue.key] or partner.dialogue.beside != key
            same = exchange.dialogue.opening == partner.dialogue.opening
            opening = exchange.dialogue.opening if same else ""
            showings.append(Showing((exchange, partner), opening, "" if first else partner.anchor))
    return tuple(showings)


def early_turn(dialogue: ShownDialogue) -> ShownTurn | None:
    """Return the turn of a premature attempt, None in a dialogue without one."""
    if dialogue.outcome != "premature":
        return None
    return next((turn for turn in dialogue.turns if turn.attempted), None)


def name_verdict(right: bool | None) -> str:
    """Say whether an answer is right, or that there is nothing to compare it with."""
    if right is None:
        return "no right answer to compare with"
    return "right" if right else "wrong"


def cut(text: str) -> str:
    """Shorten a message that would make the page slow; what is left out is counted."""
    more = len(text) - MAX_MESSAGE_CHARACTERS
    return text if more <= 0 else f"{text[:MAX_MESSAGE_CHARACTERS]} ... ({more:,} more characters in the log)"


def cut_name(text: str, most: int = 100) -> str:
    """Shorten what should be a name, and put it in one line."""
    line = " ".join(text.split())
    return line if len(line) <= most else f"{line[:most]} ... ({len(line) - most:,} more characters)"


def _headline(dialogue: ShownDialogue) -> str:
    attempts = [turn for turn in dialogue.turns if turn.attempted]
    answered = "no answer"
    if attempts:
        answer = name_answer(cut_name(attempts[-1].answer) or "several things")
        answered = f"answered {answer}, {name_verdict(dialogue.right)}"
    target = f" (target {name_answer(cut_name(dialogue.target))})" if dialogue.target else ""
    return answered + target
