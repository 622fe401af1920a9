"""The table of everyday words: what a word of another language can mean in English."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from askfirst.benchmark.languages.german import fold_german
from askfirst.benchmark.languages.language import Code
from askfirst.benchmark.languages.spanish import fold_spanish
from askfirst.benchmark.words import stem

LEXICON = Path(__file__).with_name("lexicon.toml")
_COLUMNS: tuple[Code, ...] = ("de", "es", "zh")
_INFINITIVES = {"de": ("en", "n", "e"), "es": ("ar", "er", "ir", "arse", "erse", "irse", "a", "o", "e", "as", "os"), "zh": ()}
_LEAST_ROOT = 3


@dataclass(frozen=True, slots=True)
class Entry:
    """What one word can mean."""

    meanings: tuple[str, ...]
    """English words or expressions, the usual one first."""
    verb: bool
    """Whether it is nothing but a verb."""


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one language."""

    exact: Mapping[str, Entry]
    """By word as it is written."""
    roots: Mapping[str, Entry]
    """By folded word, and by what is left of it without the ending of its plain form."""
    longest: int
    """Characters of the longest word."""
    expressions: Mapping[str, tuple[tuple[str, ...], ...]]
    """Expressions of several words by their first one, the longest first."""


@cache
def words_in(code: Code) -> Words:
    """Return the words of a language; they are read once, when first needed."""
    exact: dict[str, Entry] = {}
    roots: dict[str, Entry] = {}
    for word, entry in _entries(_COLUMNS.index(code)):
        _merge(exact, word, entry)
        for root in _roots(word, code):
            _merge(roots, root, entry)
    expressions: dict[str, list[tuple[str, ...]]] = {}
    for word in exact:
        if " " in word:
            parts = tuple(word.split())
            expressions.setdefault(parts[0], []).append(parts)
    ordered = {first: tuple(sorted(found, key=len, reverse=True)) for first, found in expressions.items()}
    return Words(exact, roots, max(map(len, exact)), ordered)


@cache
def english_stems() -> frozenset[str]:
    """Return the stems of the English words that the table holds."""
    rows = [row.partition("|")[0] for table in _tables() for row in table]
    return frozenset(stem(word) for row in rows for word in row.replace("_", " ").split())


def _tables() -> list[list[str]]:
    return [table.strip().splitlines() for table in tomllib.loads(LEXICON.read_text(encoding="utf-8")).values()]


def _entries(column: int) -> list[tuple[str, Entry]]:
    found: list[tuple[str, Entry]] = []
    for table in _tables():
        for row in table:
            english, *cells = row.split("|")
            verb = english.startswith("to ")
            meanings = tuple(one.replace("_", " ") for one in english.removeprefix("to ").split())
            found += [(word.replace("_", " "), Entry(meanings, verb)) for word in cells[column].split()]
    return found


def _merge(known: dict[str, Entry], word: str, entry: Entry) -> None:
    old = known.get(word)
    if old is not None:
        entry = Entry(tuple(dict.fromkeys((*old.meanings, *entry.meanings))), old.verb and entry.verb)
    known[word] = entry


def _roots(word: str, code: Code) -> dict[str, None]:
    if code == "zh" or " " in word:
        return {}
    folded = fold_german(word) if code == "de" else fold_spanish(word)
    cut = [folded[: -len(end)] for end in _INFINITIVES[code] if folded.endswith(end)]
    return dict.fromkeys([folded, *(root for root in cut if len(root) >= _LEAST_ROOT)])
