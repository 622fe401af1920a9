"""Lists in a message whose items are requests, or the possible answers of one question."""

from collections.abc import Sequence

from askfirst.benchmark.broad_requests import QUESTION_LEAD
from askfirst.benchmark.message import Sentence
from askfirst.benchmark.question_phrases import (
    LIST_LACK,
    LIST_TITLE,
    LIST_WORD,
    NO_DEMAND,
    NO_LIST,
    find_demand,
    find_lack,
)
from askfirst.benchmark.request_repeats import Request


class OpenList:
    """Whether the lines at hand are items of a list that a request opened."""

    def __init__(self) -> None:
        """Start outside of any list."""
        self.open = False
        self.items = 0
        self.indent = 0
        self.lead = -1
        self.endings = False
        """Its items are possible answers or endings of one question, not requests."""

    def start(self, place: int, indent: int, endings: bool) -> None:
        """Open a list below the sentence at a place, whose first item stands at an indent."""
        self.open, self.items, self.indent, self.lead, self.endings = True, 0, indent, place, endings

    def meet(self, sentence: Sentence) -> bool:
        """Take note of a sentence; say whether it belongs to an item."""
        if self.open and sentence.line.item:
            self.items += sentence.first
        elif self.items and len(sentence.text) > 4:
            self.open = False
        return self.open and sentence.line.item


def opens_list(sentence: Sentence, sentences: Sequence[Sentence], place: int) -> bool:
    """Say whether a sentence opens a list of requests, or of possible answers."""
    following = sentences[place + 1] if place + 1 < len(sentences) else None
    if following is None or not following.line.item:
        return False
    if sentence.line.item and following.line.indent <= sentence.line.indent:
        return False
    lower = sentence.lower
    if LIST_TITLE.match(lower) or is_question_lead(lower):
        return True
    opens = lower.endswith((":", "such as")) or any(word in lower for word in ("below", "following", "questions"))
    if not opens or NO_LIST.search(lower) or NO_DEMAND.search(lower):
        return False
    return "questions" in lower or (LIST_WORD.search(lower) is not None and asks(lower))


def asks(lower: str) -> bool:
    """Say whether a lower-case text demands something, or states a lack."""
    return find_demand(lower) is not None or find_lack(lower) is not None or LIST_LACK.search(lower) is not None


def is_question_lead(lower: str) -> bool:
    """Say whether a lower-case line begins a question that the list below it ends ("Did he:")."""
    return lower.endswith(":") and QUESTION_LEAD.match(lower) is not None and " you" not in lower


def leads_question(sentence: Sentence, requests: Sequence[Request], place: int) -> bool:
    """Say whether the items below a line are endings of the question that it begins, which was asked by then."""
    return is_question_lead(sentence.lower) and any(each.place >= place - 2 for each in requests)
