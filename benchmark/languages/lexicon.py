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
_INFINITIVES = {
    "de": ("en", "n", "e"),
    "es": ("ar", "er", "ir", "arse", "erse", "irse", "a", "o", "e", "as", "os"),
    "zh": (),
}
_LEAST_ROOT = 3


@dataclass(frozen=True, slots=True)
class Entry:
    """What one word can mean."""

    things: tuple[str, ...]
    """English words or expressions for what is no verb, the usual one first."""
    acts: tuple[str, ...]
    """The same for verbs."""

    @property
    def verb(self) -> bool:
        """Whether it is nothing but a verb."""
        return not self.things


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one language."""

    exact: Mapping[str, Entry]
    """By word as it is written."""
    roots: Mapping[str, Entry]
    """By folded word, and by what is left of it without the ending of its plain form."""
    expressions: frozenset[tuple[str, ...]]
    """Expressions of several words, in order."""


@cache
def words_in(code: Code) -> Words:
    """Return the words of a language; they are read once, when first needed."""
    exact: dict[str, Entry] = {}
    roots: dict[str, Entry] = {}
    for word, entry in _entries(_COLUMNS.index(code)):
        _merge(exact, word, entry)
        for root in _roots(word, code):
            _merge(roots, root, entry)
    expressions = frozenset(tuple(word.split()) for word in exact if " " in word)
    return Words(exact, roots, expressions)


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
            entry = Entry((), meanings) if verb else Entry(meanings, ())
            found += [(word.replace("_", " "), entry) for word in cells[column].split()]
    return found


def _merge(known: dict[str, Entry], word: str, entry: Entry) -> None:
    old = known.get(word)
    if old is not None:
        things, acts = dict.fromkeys((*old.things, *entry.things)), dict.fromkeys((*old.acts, *entry.acts))
        entry = Entry(tuple(things), tuple(acts))
    known[word] = entry


def _roots(word: str, code: Code) -> dict[str, None]:
    if code == "zh" or " " in word:
        return {}
    folded = fold_german(word) if code == "de" else fold_spanish(word)
    cut = [folded[: -len(end)] for end in _INFINITIVES[code] if folded.endswith(end)]
    return dict.fromkeys([folded, *(root for root in cut if len(root) >= _LEAST_ROOT)])
