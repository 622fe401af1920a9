"""From text to stems: what the question matcher compares.

Stems needn't be words ("price" and "prices" meet in "pric"); they only have to meet. Rules strip inflection; families
of words with a common beginning ("deliver", "delivery") meet in `related`, slips of the keyboard in `is_slip`.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import lru_cache
from itertools import combinations, pairwise

from askfirst.benchmark.kinds_of_things import MEMBERS_BY_KIND
from askfirst.benchmark.thesaurus import THESAURUS
from askfirst.benchmark.vocabulary import (
    COMMON_VERBS,
    IRREGULAR,
    LIGHT_WORDS,
    PHRASES,
    PLAIN,
    STOP_WORDS,
    SYNONYMS,
    word_set,
)

MAX_CHARACTERS = 2000
"""Where reading stops: an atomic question is a clause, and what is longer still gets an answer in bounded time."""

SYNONYM = 0.9
"""What a synonym counts against the word itself, as does a word of the same family."""
LOOSE_SYNONYM = 0.85
"""What a word of the thesaurus counts, whose entries are wider."""
SHARED = 5
"""With how many letters words of one family begin alike."""
KIND = 0.7
"""What the word for a kind counts against one of its members, and the other way round."""

_EXAMPLE = re.compile(r"\((?:e\.? ?g\b|such as|for example|like|i\.? ?e\b|for instance|if |optional)[^()]*\)")
_MARKUP = re.compile(r"[*#`~|<>\[\]{}\"“”]+")
# known elements alone: models write "<destination>" for what they ask for; of a script nothing is said to anyone
_TAG = re.compile(
    r"<(?P<unseen>script|style)\b[^<>]{0,200}>.*?(?:</(?P=unseen)>|$)"
    r"|</?(?:a|b|br|code|div|em|h[1-6]|i|img|li|ol|p|pre|script|span|strong|style|table|td|th|tr|ul)"
    r"(?: [^<>=]{1,40}=[^<>]{0,200})?/?>",
    re.DOTALL,
)
_LIST_MARK = re.compile(r"^\s*(?:[-•\u2013+]|\(?\d{1,2}[.)]|\(?[a-h][.)])\s+")
_APOSTROPHES = str.maketrans({"\u2019": "'", "\u2018": "'", "_": " ", "\u2013": "-", "\u2014": ","})
_CONTRACTIONS = (
    (re.compile(r"n't\b"), " not"),
    (re.compile(r"'(?:s|re|ve|ll|d|m)\b|'"), " "),
)
_MOTION = (
    r"\b((?:fl[yi]|travel|go|head|depart|leav|sail|driv|mov|rid|com[ei]|ship|send|deliver|start)\w*\b[^?.,;]*?)\b%s\b"
    r"(?=\s*(?:[?.,;!)]|$|and\b|or\b))"
)
_WHENCE = (
    (" from", re.compile(_MOTION % "from"), r"\1 origin "),
    (" to", re.compile(_MOTION % "to"), r"\1 destination "),
)
_WORD = re.compile(r"[^\W\d_]+|\d+(?:[.,:/-]\d+)*|[$%€£]")
_NUMBER = re.compile(r"\d")
_VOWEL = re.compile(r"[aeiouy]")
_LEADS = word_set("what which is are was were the a an please tell me give")
_LONGEST_PHRASE = max(len(phrase.split()) for phrase in PHRASES)
_PHRASES = {tuple(phrase.split()): tuple(words.split()) for phrase, words in PHRASES.items()}
_PHRASE_STARTS = frozenset(phrase[0] for phrase in _PHRASES)

_ENDINGS = word_set(
    "e i al ure ion ation ition ment y er or ance ence ity ness ly ing ed ial able ive ist ier ery ary ional ant ent"
)
"""Derivational endings: words that differ in these alone are one family."""


def clean(text: str) -> str:
    """Return a text's first `MAX_CHARACTERS` in lower case, without tags, markup, list marks or examples."""
    text = unicodedata.normalize("NFKC", text[:MAX_CHARACTERS]).translate(_APOSTROPHES).lower()
    if "<" in text:
        text = _TAG.sub(" ", text)
    text = _LIST_MARK.sub("", _MARKUP.sub("", text))
    if "(" in text:
        text = _EXAMPLE.sub(" ", text)
    for word, pattern, replacement in _WHENCE:
        if word in text:
            text = pattern.sub(replacement, text)
    return text.strip()


def words_of(text: str) -> list[str]:
    """Return a cleaned text's words in order, phrases replaced by their one word, numbers as they stand."""
    if "'" in text:
        for pattern, replacement in _CONTRACTIONS:
            text = pattern.sub(replacement, text)
    words = _WORD.findall(text)
    if not _PHRASE_STARTS.intersection(words):
        return words
    found: list[str] = []
    place = 0
    while place < len(words):
        if words[place] in _PHRASE_STARTS:
            for length in range(min(_LONGEST_PHRASE, len(words) - place), 0, -1):
                if (meaning := _PHRASES.get(tuple(words[place : place + length]))) is not None:
                    found.extend(meaning)
                    place += length
                    break
            else:
                found.append(words[place])
                place += 1
        else:
            found.append(words[place])
            place += 1
    return found


@lru_cache(maxsize=8_192)
def words_in(text: str) -> tuple[str, ...]:
    """Return the words of a text that is not cleaned yet; remembered, since problems of a template share most texts."""
    return tuple(words_of(clean(text)))


def content(words: Iterable[str]) -> list[tuple[str, str]]:
    """Return the words that can identify something with their stems: no stop or question words, signs or numbers."""
    return [(word, stem(word)) for word in words if word not in STOPS and len(word) > 1 and word.isalpha()]


def naming(words: Iterable[str]) -> tuple[str, ...]:
    """Return words without the question's beginning and articles, for comparing word for word."""
    kept = [word for word in words if word not in ("the", "a", "an", "please")]
    while kept and kept[0] in _LEADS:
        kept.pop(0)
    return tuple(stem(word) for word in kept)


def is_number(word: str) -> bool:
    """Say whether a word is written in digits."""
    return _NUMBER.match(word) is not None


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """Return a lower-case word's stem."""
    if "_" in word:
        return word
    word = IRREGULAR.get(word, word)
    if word in _KEPT:
        return _finish(word)
    word = _without_plural(word)
    word = IRREGULAR.get(word, word)
    if word.endswith("ied") and len(word) > 4:
        return _finish(word[:-3] + "y")
    for ending in ("ing", "ed", "ly"):
        rest = word.removesuffix(ending)
        if rest != word and len(rest) > 2 and _VOWEL.search(rest) and not (ending == "ed" and rest.endswith("e")):
            word = rest
            break
    return _finish(word)


def stem_set(text: str) -> frozenset[str]:
    """Return the stems of a text's words."""
    return frozenset(stem(word) for word in text.split())


_KEPT = PLAIN | frozenset(IRREGULAR.values())


def _without_plural(word: str) -> str:
    if len(word) < 4 or not word.endswith("s") or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "shes", "ches", "xes", "zes", "oes")):
        return word[:-2]
    return word[:-1]


def _finish(word: str) -> str:
    if len(word) > 3:
        word = word.removesuffix("e")
        if word[-1] == word[-2] and word[-1] not in "aeiou":
            word = word[:-1]
        if word[-1] == "y" and word[-2] not in "aeiou":
            word = word[:-1] + "i"
    return word


STOPS = STOP_WORDS | frozenset(word + "s" for word in STOP_WORDS if len(word) > 3)
_STOP_STEMS = frozenset(stem(word) for word in STOP_WORDS)
LIGHT = {stem(word): weight for word, weight in LIGHT_WORDS.items()}
VERBS = frozenset(stem(word) for word in COMMON_VERBS)
_STRENGTHS = ((SYNONYM, SYNONYMS), (LOOSE_SYNONYM, THESAURUS))
_GROUPS: dict[str, dict[str, float]] = {}


def _meet(one: str, other: str, strength: float) -> None:
    for left, right in ((one, other), (other, one)):
        if left != right:
            near = _GROUPS.setdefault(left, {})
            near[right] = max(near.get(right, 0.0), strength)


for _strength, _lines in _STRENGTHS:
    for _line in _lines:
        for _one, _other in combinations(sorted({stem(word) for word in _line.split()}), 2):
            _meet(_one, _other, _strength)
for _kinds, _members in MEMBERS_BY_KIND.items():
    for _kind in _kinds.split():
        for _member in _members:
            _meet(stem(_kind), stem(_member), KIND)


def substitutes(word: str) -> Mapping[str, float]:
    """Return the stems that can ask for the same thing as a stem, itself not among them, with what meeting one counts.

    The strengths are in (0, 1].
    """
    return _GROUPS.get(word, {})


def synonyms(word: str) -> frozenset[str]:
    """Return the closest of them: those of the short list."""
    return frozenset(other for other, strength in _GROUPS.get(word, {}).items() if strength >= SYNONYM)


def is_everyday(word: str) -> bool:
    """Say whether a stem is in the word lists, and so is no slip for another word."""
    return word in _GROUPS or word in LIGHT or word in _STOP_STEMS


def related(word: str, other: str) -> bool:
    """Say whether two stems are one family of words: they differ in endings alone after five common letters."""
    shared = 0
    for left, right in zip(word, other, strict=False):
        if left != right:
            break
        shared += 1
    if shared < SHARED:
        return False
    return all(rest == "" or rest in _ENDINGS for rest in (word[shared:], other[shared:]))


_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_NEIGHBOURS = frozenset(
    pair for row in _ROWS for left, right in pairwise(row) for pair in (left + right, right + left)
) | frozenset(left + right for left in "aeiou" for right in "aeiou")


def is_slip(word: str, meant: str) -> bool:
    """Say whether a stem is one slip from another: a letter doubled, missing, too many, beside it, or two swapped."""
    if (
        word == meant
        or min(len(word), len(meant)) < 4
        or max(len(word), len(meant)) < 5
        or abs(len(word) - len(meant)) > 1
    ):
        return False
    if word[0] != meant[0] and sorted(word[:2]) != sorted(meant[:2]):
        return False
    start = next((i for i, (a, b) in enumerate(zip(word, meant, strict=False)) if a != b), min(len(word), len(meant)))
    if len(word) > len(meant):
        return word[start + 1 :] == meant[start:]
    if len(word) < len(meant):
        return word[start:] == meant[start + 1 :]
    if word[start + 2 :] == meant[start + 2 :] and word[start : start + 2] == meant[start : start + 2][::-1]:
        return True
    return word[start + 1 :] == meant[start + 1 :] and word[start : start + 1] + meant[start : start + 1] in _NEIGHBOURS
