"""What texts are about, as sets of words, and what the user has said, as far as a message can repeat it."""

import re
from fractions import Fraction
from functools import lru_cache

from askfirst.benchmark.message import split_sentences
from askfirst.benchmark.numbers import read_numbers
from askfirst.benchmark.problem import Frozen
from askfirst.benchmark.question_phrases import REQUEST_WORDS

_GOAL = re.compile(
    r"^(?:please |help|can |could |i (?:need|want)|calculate|find|determine|work out|tell|figure|what|how|which)",
    re.IGNORECASE,
)


class Said(Frozen):
    """What the user has said, as far as a message can repeat it."""

    sentences: tuple[frozenset[str], ...] = ()
    """Content words of each sentence."""
    asking: tuple[frozenset[str], ...] = ()
    """All words of each sentence that asks or sets the task."""
    stating: tuple[frozenset[str], ...] = ()
    """All words of each other sentence."""
    goal: frozenset[str] = frozenset()
    """Content words of the first sentence that asks or sets the task."""
    numbers: frozenset[Fraction] = frozenset()

    def repeated_in(self, sentence: str) -> bool:
        """Say whether a sentence is one of the user's, nearly word for word.

        A question about a fact is not the fact, though it has nearly the same words.
        """
        words = all_words(sentence)
        users = self.asking if sentence.rstrip("\"') ").endswith("?") else (*self.asking, *self.stating)
        return len(words) > 3 and any(nearly(words, each) for each in users)


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


def all_words(text: str) -> frozenset[str]:
    """Return all words of a text, lower case, endings cut."""
    return frozenset(cut_ending(word) for word in re.findall(r"[^\W_]+", text.lower()))


def cut_ending(word: str) -> str:
    """Cut a word's ending, so that "tickets" and "ticket" are one."""
    if word.endswith("ies") and len(word) > 4:
        return word.removesuffix("ies") + "y"
    for ending in ("ing", "ed", "es", "s"):
        if len(word) > len(ending) + 3 and word.endswith(ending):
            return word.removesuffix(ending)
    return word.removesuffix("s") if len(word) > 3 else word


def nearly(one: frozenset[str], other: frozenset[str]) -> bool:
    """Say whether two sets of words are about the same; an empty set is like no other."""
    return bool(one) and len(one & other) >= 0.8 * len(one | other)


@lru_cache(maxsize=64)
def read_said(text: str) -> Said:
    """Read what the user has said, for telling what a message only repeats."""
    sentences = [each for line in text.split("\n") for each in split_sentences(line.strip(" -*\t"))]
    asking = [each for each in sentences if each.endswith("?") or _GOAL.match(each)]
    return Said(
        sentences=tuple(content_words(each) for each in sentences),
        asking=tuple(all_words(each) for each in asking),
        stating=tuple(all_words(each) for each in sentences if each not in asking),
        goal=content_words(asking[0]) if asking else frozenset(),
        numbers=frozenset(number.value for number in read_numbers(text)),
    )
