"""The table of everyday words: what a word of another language can mean in English."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
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
    folded: Mapping[str, Entry]
    """By word without accents."""
    roots: Mapping[str, Entry]
    """The same, and by what is left of a word without the ending of its plain form."""
    expressions: frozenset[tuple[str, ...]]
    """Expressions of several words, in order."""


def words_in(code: Code) -> Words:
    """Return the words of a language."""
    return _WORDS[code]


def _gather(rows: Sequence[tuple[Entry, Sequence[str]]], code: Code) -> Words:
    exact: dict[str, Entry] = {}
    folded: dict[str, Entry] = {}
    roots: dict[str, Entry] = {}
    for entry, cells in rows:
        for written in cells[_COLUMNS.index(code)].split():
            word = written.replace("_", " ")
            _merge(exact, word, entry)
            for number, root in enumerate(_roots(word, code)):
                _merge(roots, root, entry)
                if number == 0:
                    _merge(folded, root, entry)
    expressions = frozenset(tuple(word.split()) for word in exact if " " in word)
    return Words(exact, folded, roots, expressions)


def _read_rows() -> list[tuple[Entry, Sequence[str]]]:
    found: list[tuple[Entry, Sequence[str]]] = []
    for table in tomllib.loads(LEXICON.read_text(encoding="utf-8")).values():
        for row in table.strip().splitlines():
            english, *cells = row.split("|")
            meanings = tuple(one.replace("_", " ") for one in english.removeprefix("to ").split())
            found.append((Entry((), meanings) if english.startswith("to ") else Entry(meanings, ()), cells))
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


_ROWS = _read_rows()
_WORDS = {code: _gather(_ROWS, code) for code in _COLUMNS}
ENGLISH_STEMS = frozenset(
    stem(word) for entry, _ in _ROWS for meaning in (*entry.things, *entry.acts) for word in meaning.split()
)
"""Stems of the English words that the table holds."""
