"""The noun phrase that a question asks about."""

from collections.abc import Sequence

from askfirst.benchmark.vocabulary import word_set
from askfirst.benchmark.words import content

_ANYTHING = word_set("people persons things items pieces units ones more times")
_LEADS = word_set("what which how_many how_much how_very")
_OPENERS = word_set("what which is are was were the a an his her their its my your of number quantity how")
_PHRASE_ENDS = word_set(
    "of in on at by for with about to from per each that who which is are was were be been do does did has have had "
    "can could will would should may might there and"
)


def focus(words: Sequence[str]) -> frozenset[str]:
    """Return the words of the noun phrase that is asked for, from the question word to a verb or preposition."""
    start = 0
    while start < len(words) and (words[start] in _OPENERS or not words[start].isalpha()):
        start += 1
    end = next((place for place in range(start, len(words)) if words[place] in _PHRASE_ENDS), len(words))
    led = not _LEADS.isdisjoint(words[:start]) or words[max(0, start - 1) : start] == ["the"]
    return frozenset(words[start:end]) if led or words[end : end + 1] == ["of"] else frozenset()


def counted_in(words: Sequence[str]) -> frozenset[str]:
    """Return the stems of what a question or noun phrase counts ("how many tickets", "number of tickets")."""
    for place, word in enumerate(words):
        if word == "how_many" or words[place : place + 2] == ["number", "of"]:
            counted = content(focus(["how_many", *words[place + 1 :]]))
            return frozenset(root for word, root in counted if word not in _ANYTHING)
    return frozenset()
