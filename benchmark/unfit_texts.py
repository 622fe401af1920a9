"""Words where a text should stand that are none: they break off, repeat the task, talk about the text, or babble."""

import re
from functools import lru_cache

from askfirst.benchmark.message import split_sentences

MIN_SENTENCE = 8
"""Words of a last line from which on it is a sentence, which ends with a stop; shorter ones may be a signature."""
MAX_GAPS = 3
"""Different gaps ("[city]") that a text may leave for its user to fill; signatures often have one or two."""
MIN_BABBLE = 40
"""Words that a text needs to be called babble."""
BABBLE_SHARE = 0.3
"""Share of different words below which a text says nothing."""

_OPEN_END = re.compile(
    r"(?:[,(]|\b(?:a|an|the|is|are|was|were|of|to|at|in|on|for|from|with|and|or|but|that|which|who|by|as|its|our|your|their"
    r"|will|has|have|very|please))$"
)
_GAP = re.compile(r"\[(?!your\b)[A-Za-z][A-Za-z' -]{1,30}\]|<[a-z][a-z ]{1,30}>", re.IGNORECASE)


def breaks_off(text: str) -> bool:
    """Say whether a text stops in the middle of a sentence."""
    last = text.rstrip().rpartition("\n")[2]
    if _OPEN_END.search(last[-40:].lower()):
        return True
    return len(last.split()) >= MIN_SENTENCE and last[-1:].isalnum()


def is_no_text(text: str, noun: str, said: str) -> bool:
    """Say whether words are no text for anybody: the task said again, talk about the text, or babble."""
    if rambles(text):
        return True
    told = said.lower()
    sentences = split_sentences(" ".join(text.split()))
    if sum(each.lower() in told for each in sentences) > len(sentences) / 2:
        return True
    opening = " ".join(sentences[:3]).lower()
    return _about(noun).search(opening) is not None or _orders(noun).search(opening) is not None


def rambles(text: str) -> bool:
    """Say whether words say nothing: the same few again and again, or a template that is all gaps."""
    if len(set(_GAP.findall(text))) > MAX_GAPS:
        return True
    words = re.findall(r"\w+", text.lower())
    return len(words) >= MIN_BABBLE and len(set(words)) < BABBLE_SHARE * len(words)


@lru_cache(maxsize=64)
def _about(noun: str) -> re.Pattern[str]:
    """Return the pattern of sentences that speak of the text, as texts themselves do not."""
    own = re.escape(noun.lower())
    return re.compile(
        rf"\bthe {own} (?:is written|has|have|contains?|includes?|follows?|should|needs?|must)\b"
        rf"|\bthe (?:title|length|purpose|tone|point) of (?:the|this) {own}\b"
    )


@lru_cache(maxsize=64)
def _orders(noun: str) -> re.Pattern[str]:
    return re.compile(rf"^(?:[^.!?]{{0,120}}[.!?] )?(?:please )?write (?:the|a|an|your) {re.escape(noun.lower())}\b")
