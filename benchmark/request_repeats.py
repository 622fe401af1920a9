"""Requests of one message that ask for the same fact: closing demands, vaguer and clearer wordings, rephrasings.

A model often asks twice: "I still need the price. How much is a ticket?", "Please provide these details." Of two
wordings of one request the clearer counts, and a request for "more information about the trip" says nothing beside the
questions that it leads over to.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

from askfirst.benchmark.content import all_words, content_words, cut_ending
from askfirst.benchmark.request_words import AMOUNTS, FACT, IMPLIED_FACTS, VAGUE_WORDS

MAX_QUESTIONS = 40
"""Questions of a message that are reported."""
NEAR = 3
"""Sentences within which a question says again what a demand before it said."""

Manner: TypeAlias = Literal["question", "demand", "item", "lack"]
"""`lack`: a lack is stated without asking; a request only where the message neither asks nor answers."""


@dataclass(frozen=True, slots=True)
class Request:
    """One request for a fact."""

    text: str
    place: int
    """Position of its sentence in the message, from 0."""
    manner: Manner
    general: bool
    """It names nothing in particular."""
    broad: bool = False
    """It asks for information about a topic, and so for nothing more than the particular requests beside it."""


_FACT_WORD = re.compile(rf"\b{FACT}(?=s?\b)")
_COUNTED = re.compile(r"\b(?:how (?:many|much)|(?:number|amount|quantity) of) (?:more |total |whole )?([a-z]{3,})")


def without_repeats(requests: Sequence[Request]) -> list[Request]:
    """Drop requests that ask again for what an earlier one of the message asked; at most `MAX_QUESTIONS` are kept.

    A question or an item repeats another only where it names the same things and facts. A demand also repeats where it
    says less ("Please provide the weight!"), or names no other fact and nothing new but a name ("Please give me Mia's
    speed!"). A repeat that says more takes the place of what it repeats.
    """
    if any(not (each.general or each.broad) for each in requests):
        requests = [each for each in requests if not each.broad]
    seen = _Seen()
    for request in requests:
        repeated = seen.find_repeated(request)
        if repeated is None:
            seen.add(request)
        else:
            seen.replace_if_clearer(repeated, request)
    return seen.kept[:MAX_QUESTIONS]


class _Seen:
    """The requests so far, and what they name."""

    def __init__(self) -> None:
        self.kept: list[Request] = []
        self.contents: list[frozenset[str]] = []
        self.named: set[str] = set()
        self.facts: set[str] = set()
        self.people: frozenset[str] = frozenset()

    def add(self, request: Request) -> None:
        self.kept.append(request)
        content = content_words(request.text)
        self.contents.append(content)
        self.named |= content
        self.facts |= _facts(request.text)
        self.people |= _people(request.text)

    def find_repeated(self, request: Request) -> int | None:
        """Return the position of the request that this one repeats, or None."""
        content = content_words(request.text)
        if not content or not self.kept:
            return None
        for place, each in enumerate(self.kept):
            if _same(request, each) or _restates(request, each):
                return place
        if request.manner != "demand":
            return None
        told = content - VAGUE_WORDS - AMOUNTS
        if not told:
            return len(self.kept) - 1
        if not _facts(request.text) <= self.facts:
            return None
        fresh = told - self.named - _FACT_STEMS - (frozenset() if self.people else _people(request.text))
        if any(content <= each for each in self.contents) or (not fresh and told & self.named):
            return max(range(len(self.kept)), key=lambda place: len(self.contents[place] & content))
        return None

    def replace_if_clearer(self, place: int, request: Request) -> None:
        """Take a repeat's words where they say all that an earlier demand said, and more, or list it."""
        content = content_words(request.text)
        earlier = self.kept[place]
        clearer = self.contents[place] - VAGUE_WORDS - AMOUNTS < content - VAGUE_WORDS - AMOUNTS
        listed = request.manner == "item" and earlier.manner == "demand"
        if listed or (clearer and self.contents[place] <= content and earlier.manner == "demand"):
            self.kept[place] = replace(request, place=earlier.place)
            self.contents[place] = content
            self.named |= content


def _same(one: Request, other: Request) -> bool:
    if all_words(one.text) == all_words(other.text):
        return True
    content, others = content_words(one.text), content_words(other.text)
    if len(content) > 1 and content == others and _facts(one.text) == _facts(other.text):
        return True
    if one.manner == other.manner or "demand" not in (one.manner, other.manner):
        return False
    # "I'd need to know how much each item cost:" and, below it, "- The price of each item"
    bare, others = _without_facts(content), _without_facts(others)
    shared = (_facts(one.text) & _facts(other.text)) - {"amount"}
    return bool(bare) and bare == others and (bool(shared) or _facts(one.text) == _facts(other.text))


def _restates(request: Request, earlier: Request) -> bool:
    """Say whether a question asks at once, in other words, for the number that a statement before it lacked."""
    stated = earlier.manner == "demand" and not earlier.text.endswith("?")
    if not stated or request.place - earlier.place > NEAR or request.manner not in ("question", "demand"):
        return False
    counted = _COUNTED.search(earlier.text.lower())
    again = _COUNTED.search(request.text.lower())
    return counted is not None and again is not None and counted[1] == again[1] and counted[0] == again[0]


def _without_facts(content: Iterable[str]) -> frozenset[str]:
    return frozenset(word for word in content if word not in _FACT_STEMS) - VAGUE_WORDS


def _people(text: str) -> frozenset[str]:
    """Return the capitalised words of a text after its first one."""
    return frozenset(cut_ending(word.lower()) for word in re.findall(r"(?<=[a-z,] )[A-Z][a-z]+", text))


def _facts(text: str) -> set[str]:
    """Return which facts a text names or, by its question words, implies; all kinds of amount are one."""
    lower = text.lower()
    found = {word for asking, words in IMPLIED_FACTS.items() if asking in lower for word in words}
    found.update(_FACT_WORD.findall(lower))
    return {"amount" if word in AMOUNTS else word for word in found}


_FACT_STEMS = frozenset(cut_ending(word) for words in IMPLIED_FACTS.values() for word in words) | frozenset(
    ("cost", "weigh", "price")
)
