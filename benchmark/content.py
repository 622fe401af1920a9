"""What texts are about, as sets of words, and what the user has said, as far as a message can repeat it."""

import re
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property, lru_cache

from askfirst.benchmark.message import split_sentences
from askfirst.benchmark.numbers import read_numbers
from askfirst.benchmark.request_words import REQUEST_WORDS

_GOAL = re.compile(
    r"^(?:please |help|can |could |i (?:need|want)|calculate|find|determine|work out|tell|figure|what|how|which)",
    re.IGNORECASE,
)


_PERCENT = re.compile(r"\b(?:what|which|how many) (?:percent|percentage|per cent)\b|\bthe percentage\b", re.IGNORECASE)


_COUNTED = re.compile(
    r"\bhow many (?:[a-z-]+ ){0,2}?(?P<noun>[a-z-]+)(?= (?:are|is|was|were|do|does|did|will|would|can|could|has"
    r"|have|had|in|of"
    r"|like|an?|the)\b)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Said:
    """What the user has said, as far as a message can repeat it."""

    lines: "tuple[_Line, ...]" = ()
    goal: frozenset[str] = frozenset()
    """Content words of the first sentence that asks or sets the task."""
    counted: str = ""
    """The word for what the task is to count ("apple"), its ending cut; empty where it counts nothing."""
    asks_percent: bool = False
    """The task is to find a percentage."""

    @cached_property
    def numbers(self) -> frozenset[Fraction]:
        """All numbers."""
        return frozenset(number for line in self.lines for number in line.numbers)

    @cached_property
    def sentences(self) -> frozenset[frozenset[str]]:
        """Content words of each sentence."""
        return frozenset(content_words(each) for line in self.lines for each in line.sentences) - {frozenset()}

    @cached_property
    def asking(self) -> frozenset[frozenset[str]]:
        """All words of each sentence that asks or sets the task."""
        return frozenset(all_words(each) for line in self.lines for each in line.sentences if _asks(each))

    @cached_property
    def stating(self) -> frozenset[frozenset[str]]:
        """All words of each other sentence."""
        return frozenset(all_words(each) for line in self.lines for each in line.sentences if not _asks(each))

    def repeated_in(self, sentence: str) -> bool:
        """Say whether a sentence is one of the user's, nearly word for word.

        A question about a fact is not the fact, though it has nearly the same words.
        """
        words = all_words(sentence)
        if len(words) <= 3:
            return False
        if any(nearly(words, each) for each in self.asking):
            return True
        return not sentence.rstrip("\"') ").endswith("?") and any(nearly(words, each) for each in self.stating)


_SOME_PIECE = re.compile(
    r"\b(?:one|more|last|final|another|crucial|critical|key|vital|missing|important|single|additional) pieces?\b"
    r"|\bpieces? of (?:information|data)\b",
    re.IGNORECASE,
)


@lru_cache(maxsize=2048)
def content_words(text: str) -> frozenset[str]:
    """Return the words of a text that name what it is about: lower case, endings cut, without request words."""
    text = _SOME_PIECE.sub(" ", text)
    words = (word.removesuffix("'s").partition("'")[0] for word in re.findall(r"[^\W_]+(?:'[a-z]+)?", text.lower()))
    return frozenset(cut_ending(word) for word in words if word not in REQUEST_WORDS)


@lru_cache(maxsize=2048)
def all_words(text: str) -> frozenset[str]:
    """Return all words of a text, lower case, endings cut."""
    return frozenset(cut_ending(word) for word in re.findall(r"[^\W_]+", text.lower()))


@lru_cache(maxsize=8192)
def cut_ending(word: str) -> str:
    """Cut a word's ending, so that "tickets" and "ticket" are one."""
    if word.endswith("ies") and len(word) > 4:
        return word.removesuffix("ies") + "y"
    for ending in ("ing", "ed", "es", "ly", "s"):
        if len(word) > len(ending) + 3 and word.endswith(ending):
            return word.removesuffix(ending)
    return word.removesuffix("s") if len(word) > 3 else word


def nearly(one: frozenset[str], other: frozenset[str]) -> bool:
    """Say whether two sets of words are about the same; an empty set is like no other."""
    return bool(one) and len(one & other) >= 0.8 * len(one | other)


def _counted(goal: str) -> str:
    """Return the noun after "how many": the last word before a verb or a preposition."""
    match = _COUNTED.search(goal)
    return cut_ending(match["noun"].lower()) if match else ""


@lru_cache(maxsize=64)
def read_said(text: str) -> Said:
    """Read what the user has said, for telling what a message only repeats."""
    lines = tuple(dict.fromkeys(_read_line(line) for line in text.split("\n")))
    goal = next((each for line in lines for each in line.sentences if _asks(each)), "")
    return Said(
        lines=lines,
        goal=content_words(goal),
        counted=_counted(goal),
        asks_percent=_PERCENT.search(goal) is not None,
    )


@dataclass(frozen=True, eq=False)
class _Line:
    """One line of what the user has said; users repeat themselves, and what was said stays said."""

    text: str

    @cached_property
    def sentences(self) -> tuple[str, ...]:
        return tuple(split_sentences(self.text.strip(" -*\t")))

    @cached_property
    def numbers(self) -> frozenset[Fraction]:
        return frozenset(number.value for number in read_numbers(self.text))


@lru_cache(maxsize=2048)
def _read_line(text: str) -> _Line:
    return _Line(text)


def _asks(sentence: str) -> bool:
    return sentence.endswith("?") or _GOAL.match(sentence) is not None
