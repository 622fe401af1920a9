"""Slips of the keyboard put right, before a question's words are compared.

Only a word that is neither the problem's nor in the word lists is taken for a slip, and only where one word is near it:
one slip away, or two in a long word. Candidates are found by what is left when a letter is dropped, so that a lookup
costs the word's length, however many words are known.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from functools import cache, lru_cache
from typing import TypeAlias

from askfirst.benchmark.thesaurus import THESAURUS
from askfirst.benchmark.vocabulary import COMMON_VERBS, IRREGULAR, PHRASES, SLIPS, SYNONYMS, word_set
from askfirst.benchmark.words import is_everyday, is_slip, stem

Dropped: TypeAlias = Mapping[str, tuple[str, ...]]
"""Words by themselves with one letter dropped, and by themselves."""

LONG = 6
"""From how many letters on a word is known by all but any one of them."""
LONGEST = 24
"""Words of more letters are no slips."""

_TOKEN = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")
_FUNCTION_WORDS = word_set(
    """
    how many much what which when where who whose why long often does did have has had are is was were the there
    their they this that these those your you with from for and each every per all total number price cost time day
    week month year should would could need want please tell know give kind type sort name between before after
    until first last one two three four five six seven eight nine ten eleven twelve twenty thirty forty fifty
    hundred thousand first second third available possible exactly maximum minimum least most long does much any
    into about long address amount quantity
    """
)


def drop_letters(words: Iterable[str]) -> Dropped:
    """Prepare words for `nearest`."""
    found: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for word in words:
        if 2 < len(word) <= LONGEST:
            for key in _keys(word):
                found[key][word] = None
    return {key: tuple(near) for key, near in found.items()}


def _keys(word: str) -> set[str]:
    return {word, *(word[:place] + word[place + 1 :] for place in range(len(word)))}


def corrected(text: str, written: frozenset[str], roots: Collection[str]) -> str:
    """Return a cleaned text with its slips put right; the same text where there are none.

    Args:
        text: Lower case.
        written: The problem's words.
        roots: Stems that the problem holds or can be asked for by.
    """
    slips = {
        word: meant
        for word in dict.fromkeys(_TOKEN.findall(text))
        if word not in written and (meant := _meant(word, written, roots)) != word
    }
    return _TOKEN.sub(lambda found: slips.get(found[0], found[0]), text) if slips else text


def _meant(word: str, written: frozenset[str], roots: Collection[str]) -> str:
    if word in SLIPS:
        return SLIPS[word]
    if is_right(word) or stem(word) in roots:
        return word
    return nearest(word, _problem_words(written)) or nearest(word, _everyday_words(), sure=True) or word


@lru_cache(maxsize=20_000)
def is_right(word: str) -> bool:
    """Say whether a word stands as it is whatever the problem: known, or none that could be put right."""
    if len(word) < 3 or len(word) > LONGEST or "'" in word or word in _plain_words():
        return True
    return is_everyday(stem(word))


def nearest(word: str, near: Dropped, sure: bool = False) -> str | None:
    """Return the one known word that a word is a slip for; None where there is none, or more than one as near.

    Args:
        word: What was written.
        near: The known words.
        sure: Whether only the most frequent slips count.
    """
    candidates = dict.fromkeys(other for key in sorted(_keys(word)) for other in near.get(key, ()) if other != word)
    for likely in (_is_surely,) if sure else (_is_likely, _is_possible):
        fitting = [other for other in candidates if likely(word, other)]
        if len({stem(other) for other in fitting}) == 1:
            return fitting[0]
        if fitting:
            return None
    return None


def _is_likely(word: str, meant: str) -> bool:
    if is_slip(word, meant):
        return True
    short = min(len(word), len(meant))
    if word[0] == meant[0] and short >= 3 and sorted(word) == sorted(meant):
        return _is_swapped(word, meant)
    # "egs", "wek": a letter of a short word was left out
    return short == 3 and len(meant) == 4 and word[0] == meant[0] and word in _keys(meant)


def _is_surely(word: str, meant: str) -> bool:
    """Say whether two letters changed places, one was left out or one was doubled: "world" is no slip for "word"."""
    if not _is_likely(word, meant):
        return False
    if len(word) == len(meant):
        return sorted(word) == sorted(meant)
    if len(word) < len(meant):
        return True
    return any(
        word[:place] + word[place + 1 :] == meant and word[place] == word[place - 1] for place in range(1, len(word))
    )


def _is_swapped(word: str, meant: str) -> bool:
    places = [place for place, (left, right) in enumerate(zip(word, meant, strict=True)) if left != right]
    return len(places) == 2 and places[1] == places[0] + 1


def _is_possible(word: str, meant: str) -> bool:
    """Say whether a long word is one letter, or two dropped ones, from another with the same beginning."""
    return min(len(word), len(meant)) >= LONG and word[:2] == meant[:2] and abs(len(word) - len(meant)) <= 1


@cache
def _plain_words() -> frozenset[str]:
    """Return words that are right as they stand, though no list of meanings has them."""
    return (
        _FUNCTION_WORDS
        | COMMON_VERBS
        | frozenset(IRREGULAR)
        | frozenset(part for phrase in PHRASES for part in phrase.split())
    )


@lru_cache(maxsize=256)
def _problem_words(written: frozenset[str]) -> Dropped:
    return drop_letters(sorted(written))


@cache
def _everyday_words() -> Dropped:
    listed = {word for line in (*SYNONYMS, *THESAURUS) for word in line.split()}
    return drop_letters(sorted(word for word in listed | _FUNCTION_WORDS if word.isalpha()))
