"""Cutting a request into its atomic pieces, one a fact."""

import re

from askfirst.benchmark.broad_requests import FOLLOW_UP, named_in
from askfirst.benchmark.content import content_words
from askfirst.benchmark.request_words import FACT

_ASIDE = re.compile(r"\s*\((?:e\.?g|i\.?e|for (?:example|instance)|such as|like|assuming|if)\b[^()]*\)", re.IGNORECASE)
_SPLIT_QUESTION = re.compile(
    r"(?:,? (?:and|or)(?: also)? |; |, )(?=(?:how (?:many|much|long|old|far|fast|often|big|heavy|tall)|what|which|when"
    r"|where|who|whose|whether|at what|in what|for how)\b)|,? and (?=(?:if|is|are|does|do|did|was|were) (?:there|the"
    r"|they|he|she|it|any)\b)|, and (?=(?:how|why|if|is|are|does|do|did|can|will)\b)",
    re.IGNORECASE,
)
_SPLIT_NOUN = re.compile(
    rf"(?:,? and(?: also)? |, |; )(?=(?:the|their|its|his|her|your|any) (?:[\w'-]+ ){{0,3}}{FACT}s?\b)", re.IGNORECASE
)
_SPLIT_ANY_NOUN = re.compile(
    rf"(?:,? and(?: also)? |, |; )(?=(?:the|your|a list of) [a-z])|{_SPLIT_NOUN.pattern}|, and (?=[a-z]+ (?:of|for) )",
    re.IGNORECASE,
)
_RELATES = re.compile(r"\b(?:between|both|difference|relation\w*|ratio|apart|either|versus|compar\w+)\b", re.IGNORECASE)
"""What the nouns that it joins are asked of together."""


def split_request(text: str, demanded: bool = False) -> list[str]:
    """Split a request into one piece a fact, where that is safe; examples in brackets are dropped.

    "How many adults and how many children?" are two facts, "the date and the number of guests" too; "the number of
    adults and children" stays whole, and so does a question with another one that hangs on its answer.

    Args:
        text: The request.
        demanded: It lists what is needed, so that any noun with an article of its own is a fact.
    """
    text = _ASIDE.sub("", text).strip()
    if (tail := FOLLOW_UP.search(text, 8)) is not None and content_words(text[: tail.start()]):
        text = text[: tail.start()]
    if (named := named_in(text)) is not None and content_words(named):
        text, demanded = named, True
    if " and " not in text and "," not in text and ";" not in text:
        return [text]
    nouns = _SPLIT_ANY_NOUN if demanded and not _RELATES.search(text) else _SPLIT_NOUN
    if text[:3].lower() == "if ":  # "If a fact should go, which one?" asks once
        return [text]
    pieces = [piece.strip(" ,;") for part in _SPLIT_QUESTION.split(text) for piece in nouns.split(part)]
    kept = [piece for piece in pieces if content_words(piece)]
    return kept or [text]
