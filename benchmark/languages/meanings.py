"""What one foreign word means in English: plain forms looked up, compounds split, one of several meanings chosen."""

import unicodedata
from collections.abc import Callable, Collection, Sequence
from functools import lru_cache
from typing import Literal, NamedTuple, TypeAlias

from askfirst.benchmark.languages.german import PARTICLES, fold_german
from askfirst.benchmark.languages.language import Language
from askfirst.benchmark.languages.lexicon import Entry, words_in

Knows: TypeAlias = Callable[[str], float]
"""How well an English word meets the problem at hand, in [0, 1]."""
Role: TypeAlias = Literal["question", "auxiliary", "verb", "word", "glue"]

MAX_WORD = 40
"""Characters of a word up to which it may be a compound."""

_MOST_PARTS = 4
_LEAST_PART = 3
_LINKS = ("s", "es", "n", "en", "er", "e")
"""Letters that only join a compound's part to the next."""


class Unit(NamedTuple):
    """What one word or expression is in English."""

    text: str
    role: Role


def understood(word: str, language: Language) -> bool:
    """Say whether a lower-case word is one of a language's, a compound included."""
    if language.code == "zh" or len(word) > MAX_WORD:
        return False
    return _look_up(word, language) is not None or (language.compounds and bool(_split_compound(word, language)))


def mean_word(written: str, language: Language, knows: Knows, names: Collection[str]) -> Unit:
    """Return what a word means; one that isn't known stays as it is, without accents: it may be a name or a cognate.

    Args:
        written: The word as it is written: in German, a capital tells nouns from verbs.
        language: The word's language.
        knows: Chooses between meanings.
        names: People of the problem, in lower case, whose names stay as they are.
    """
    word = written.lower()
    if word in names or not word[0].isalpha():
        return Unit(word, "word")
    if (entry := _look_up(word, language)) is not None:
        if language.compounds and written != word:
            entry = _with_plural(word, entry)
        return choose(entry, knows, acts_first=language.compounds and written == word)
    if language.compounds and len(word) <= MAX_WORD and (parts := _split_compound(word, language)):
        return Unit(_join([choose(one, knows).text for one in parts], knows), "word")
    if "-" in word:
        return Unit(
            " ".join(mean_word(part, language, knows, names).text for part in written.split("-") if part), "word"
        )
    plain = word.partition("'")[0]
    return Unit(unicodedata.normalize("NFD", plain).encode("ascii", "ignore").decode() or plain, "word")


@lru_cache(maxsize=20_000)
def _with_plural(word: str, entry: Entry) -> Entry:
    """Add what a German noun can mean that is written like another word ("Lose", of "Los"; "Runden", of "Runde")."""
    words = words_in("de")
    noun = next(
        (
            found
            for end in ("n", "e", "en")
            if word.endswith(end) and (found := words.exact.get(word.removesuffix(end)))
        ),
        None,
    )
    if noun is None:
        return entry
    return Entry(tuple(dict.fromkeys((*entry.things, *noun.things))), entry.acts)


@lru_cache(maxsize=20_000)
def _look_up(word: str, language: Language) -> Entry | None:
    """Return what a word can mean, by the likeliest plain form that the lexicon has."""
    words = words_in(language.code)
    entry = words.exact.get(word) or words.folded.get(language.fold(word))
    if entry is not None:
        return entry
    return next((entry for form in language.forms(word) if (entry := words.roots.get(form)) is not None), None)


def choose(entry: Entry, knows: Knows, *, acts_first: bool = False) -> Unit:
    """Return the meaning that meets the problem best, the usual one where several do.

    Args:
        entry: What the word can mean.
        knows: What meets the problem.
        acts_first: Whether it is likelier a verb: where nouns have capitals, this has none.
    """
    meanings = (*entry.acts, *entry.things) if acts_first else (*entry.things, *entry.acts)
    best = max(meanings, key=lambda meaning: _met(meaning, knows))
    return Unit(best, "verb" if best in entry.acts and (acts_first or best not in entry.things) else "word")


def _met(meaning: str, knows: Knows) -> float:
    return min(knows(word) for word in meaning.split())


def _join(parts: list[str], knows: Knows) -> str:
    """Write a compound's parts as one English word where the problem knows it ("sun flower")."""
    joined = "".join(parts)
    return joined if len(parts) > 1 and knows(joined) == 1 else " ".join(dict.fromkeys(parts))


@lru_cache(maxsize=20_000)
def _split_compound(word: str, language: Language, parts: int = _MOST_PARTS) -> tuple[Entry, ...]:
    """Return what the parts of a compound mean, its last part as long as can be; empty where it is none."""
    for place in range(_LEAST_PART, len(word) - _LEAST_PART + 1):
        last = _look_up_part(word[place:], language)
        if last is None:
            continue
        first = _first_part(word[:place], language)
        before = (first,) if first else _split_compound(word[:place], language, parts - 1) if parts > 2 else ()
        if before:
            return (*before, last)
    return ()


def _first_part(word: str, language: Language) -> Entry | None:
    """Look up a compound's first part, a letter that only joins it to the next left out."""
    words = words_in(language.code)
    for link in ("", *_LINKS):
        plain = word.removesuffix(link) if link else word
        if len(plain) >= _LEAST_PART and (link == "" or plain != word):
            entry = words.exact.get(plain) or words.roots.get(language.fold(plain))
            if entry is not None:
                return entry
    return _look_up(word, language)


def _look_up_part(word: str, language: Language) -> Entry | None:
    return _look_up(word, language) if len(word) > _LEAST_PART else words_in(language.code).exact.get(word)


def with_particles(words: Sequence[str], language: Language) -> Sequence[str]:
    """Put a verb's particle from the clause's end back before it ("fährt ... ab": "abfährt")."""
    if len(words) < 3 or words[-1] not in PARTICLES:
        return words
    known = words_in(language.code).folded
    particle = fold_german(words[-1].lower())
    for place, word in enumerate(words[:-1]):
        for form in (language.fold(word.lower()), *language.forms(word.lower())):
            for whole in (particle + form, f"{particle}{form}n", f"{particle}{form}en"):
                if len(form) > 2 and whole in known and known[whole].acts:
                    return [*words[:place], whole, *words[place + 1 : -1]]
    return words
