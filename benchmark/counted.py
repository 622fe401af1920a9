"""The noun phrase that a question asks about."""

from collections.abc import Sequence

from askfirst.benchmark.asked import MEASURE_UNITS, MONEY_UNITS, TIME_UNITS
from askfirst.benchmark.vocabulary import word_set
from askfirst.benchmark.words import content

_ANYTHING = word_set("people persons things items pieces units ones more times")
_LEADS = word_set("what which how_many how_much how_very")
_OPENERS = word_set("what which is are was were the a an his her their its my your of number quantity how")
_KINDS = word_set("sort kind type number amount variety form piece style")
_VERBS = word_set(
    "is are was were be been do does did has have had can could will would should may might must shall there got get"
)
_PHRASE_ENDS = _VERBS | word_set(
    """
    of in on at by for with about to from per each that who which and or i you he she it we they into onto through over
    the a an his her their its your my our under around during across between within without after before until than
    """
)
UNITS = MEASURE_UNITS | TIME_UNITS | MONEY_UNITS


def focus(words: Sequence[str]) -> frozenset[str]:
    """Return the words of the noun phrase that is asked for, from the question word to a verb or preposition.

    After a word for a kind the phrase goes on ("what sort of music").
    """
    start = 0
    while start < len(words) and (words[start] in _OPENERS or not words[start].isalpha()):
        start += 1
    end = _phrase_end(words, start)
    if words[start:end] and words[end - 1] in _KINDS and _at(words, end) == "of":
        end = _phrase_end(words, end + 1)
    led = not _LEADS.isdisjoint(words[:start]) or _at(words, start - 1) == "the"
    return frozenset(words[start:end]) if led or _at(words, end) == "of" else frozenset()


def _at(words: Sequence[str], place: int) -> str | None:
    return words[place] if 0 <= place < len(words) else None


def _phrase_end(words: Sequence[str], start: int) -> int:
    return next((place for place in range(start, len(words)) if words[place] in _PHRASE_ENDS), len(words))


def counted_in(words: Sequence[str]) -> frozenset[str]:
    """Return the stems of what a question or noun phrase counts ("how many tickets", "number of tickets").

    What is counted stands in the plural: the boxes, of "letter boxes".
    """
    for place, word in enumerate(words):
        if word == "how_many" or (word == "number" and _at(words, place + 1) == "of"):
            start = place + (1 if word == "how_many" else 2)
            if word == "how_many" and words[start : start + 1] and words[start] in _OPENERS:
                return frozenset()  # "how many a box holds"
            while start < len(words) and words[start] in _OPENERS:
                start += 1
            end = _phrase_end(words, start)
            if words[start:end] and words[start] in _ANYTHING:
                return frozenset()
            return _plurals(words[start:end])
    return frozenset()


def counted_after_number(words: Sequence[str]) -> frozenset[str]:
    """Return the stems of what stands behind the one number of a text ("8 parcels"); empty without exactly one."""
    places = [place for place, word in enumerate(words) if word[0].isdigit()]
    if len(places) != 1:
        return frozenset()
    start = places[0] + 1
    return _plurals(words[start : min(start + 4, _phrase_end(words, start))])


def _plurals(words: Sequence[str]) -> frozenset[str]:
    """Return the stems of a phrase's plurals, units apart; of all its words where no plural is seen ("people")."""
    found = content(words)
    plural = [root for word, root in found if len(word) > 3 and word.endswith("s") and not word.endswith("ss")]
    return frozenset(plural or (root for _, root in found)) - UNITS
