"""A question cut into pieces for the matcher: courtesy and purposes off, the words that count, what is asked for."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from askfirst.benchmark.asked import Asked, asked_of
from askfirst.benchmark.vocabulary import word_set
from askfirst.benchmark.words import content, stem, words_of

MOST_PIECES = 12
"""Into how many pieces a compound question is cut at most."""

_COURTESY = word_set(
    """
    please kindly also just and but so could can would will might you i we d ll m to me us like love be happy glad
    grateful appreciate it need want require have know still tell provide let specify clarify confirm remind
    inform indicate supply help ask asking if whether about with on sure thanks thank sorry mind telling giving sharing
    providing knowing may understand learn out okay ok great hello hi again bother for that do helpful am
    """
)
_REQUESTS = word_set("give share list get find see check")
_REQUESTED = (["me"], ["us"], ["the"], ["your"])
_POLITE = word_set("could can would will please i")
_LEADS = word_set("what which how_many how_much how_very")
_PURPOSE = re.compile(
    r"^(?:in order )?to (?:find|solve|answer|calculate|determine|compute|figure|help|work|tell|get|give|complete|know|"
    r"proceed|provide|book|do)\b[^,:?]*[,:] (?=\S+ \S+)|"
    r",? (?:so (?:that )?(?:i|we)\b|in order to|before (?:i|we)\b|to (?:calculate|solve|answer|determine|compute|"
    r"figure|proceed)\b|and (?:i'll|i will|then i)\b).*$|"
    r",? ?(?:and )?if (?:so|any|yes),?"
)
_BETWEEN = re.compile(r"\b(between (?:\S+ ){1,4})and\b (\S+)")
_SEPARATOR = re.compile(r"[,;?!/&:]|\.(?=\s|$)|\b(?:and|plus|as well as|along with)\b")


class Piece(NamedTuple):
    """A question, or one piece of a compound one."""

    words: Sequence[str]
    """In order, without the courtesy in front."""
    content: Sequence[tuple[str, str]]
    """The words that can identify something, each once, with their stems."""
    asked: tuple[Asked, ...]
    """What kinds of value are asked for; empty where that is open."""

    @property
    def asks(self) -> bool:
        """Whether it is a question of its own."""
        return bool(self.asked) or bool(self.words and self.words[0] in _LEADS)


def without_purpose(text: str) -> str:
    """Return a cleaned question without what the answer is wanted for ("To find the total, I need ...")."""
    return _PURPOSE.sub(" ", text).strip()


def to_piece(words: Sequence[str]) -> Piece:
    """Take courtesy off the front of a question's words, and read what is asked for."""
    start = 0
    while start < len(words) and (
        words[start] in _COURTESY or (words[start] in _REQUESTS and (start > 0 or words[1:2] in _REQUESTED))
    ):
        start += 1
    rest = words[start:]
    lead = words if start == 0 or words[0] not in _POLITE else rest
    asked = asked_of(lead, [stem(word) for word in rest])
    return Piece(rest, tuple(dict.fromkeys(content(rest))), asked)


def to_pieces(text: str, whole: Piece | None = None) -> list[Piece]:
    """Cut a cleaned question at its commas and conjunctions; pieces without words are left out.

    Args:
        text: The question.
        whole: The same, uncut, where it is at hand.
    """
    if "between" in text:
        text = _BETWEEN.sub(r"\1 \2", text)
    parts = _SEPARATOR.split(text, MOST_PIECES)
    if whole is not None and not any(parts[1:]):
        return [whole] if whole.words else []
    return [piece for part in parts if (piece := to_piece(words_of(part))).words]
