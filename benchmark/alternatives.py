"""Messages that give one answer for each of several cases instead of committing to one."""

import re

from askfirst.benchmark import answer_phrases as phrases
from askfirst.benchmark.fences import Fence, strip_lines

MAX_LINES = 400
"""Lines of a message that are searched for cases."""

_INLINE = re.compile(r"`[^`\n]{2,300}`")
_QUOTED = re.compile(r"[\"\u201c](?:[^\"\u201d\n]{12,600})[\"\u201d]")
_ITEM = re.compile(r"\s*(?:[-*+\u2022]|\d{1,2}[.)])\s")


def are_alternatives(text: str, fences: list[Fence]) -> bool:
    """Say whether different blocks each stand below a line that names a case ("Option A", "If ties count:")."""
    if len({strip_lines(fence.body) for fence in fences}) < 2:
        return False
    leads = [text[: fence.start].rstrip(" \n*_:").rpartition("\n")[2].lower() for fence in fences]
    return sum(phrases.BRANCH.match(lead) is not None for lead in leads) > 1


def offers_cases(text: str) -> bool:
    """Say whether a message says that its answer depends, and gives several in ticks, or in quotes in a list."""
    if phrases.DEPENDS.search(text.lower()) is None:
        return False
    if len({span for span in _INLINE.findall(text) if "(" in span or "SELECT" in span}) > 1:
        return True
    items = [line for line in text.split("\n")[:MAX_LINES] if _ITEM.match(line)]
    return sum(_QUOTED.search(line) is not None for line in items) > 1
