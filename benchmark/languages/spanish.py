"""Spanish: the words of its grammar, its inflection, and how it asks."""

import unicodedata
from collections.abc import Iterator

from askfirst.benchmark.languages.language import Language, read_data, read_forms, read_grammar
from askfirst.benchmark.languages.spanish_asking import ASKING
from askfirst.benchmark.vocabulary import word_set

_DATA = read_data("spanish")

IRREGULAR = read_forms(_DATA["forms"])

_ENDINGS = tuple(_DATA["endings"].split())
_LEAST = 2


def fold_spanish(word: str) -> str:
    """Return a word without accents."""
    return (
        word
        if word.isascii()
        else "".join(c for c in unicodedata.normalize("NFD", word) if not unicodedata.combining(c))
    )


_FOLDED_ENDINGS = tuple(dict.fromkeys(fold_spanish(ending) for ending in _ENDINGS))


def forms_of_spanish(word: str) -> Iterator[str]:
    """Yield what a Spanish word may be a form of: its plain verb, and itself without endings."""
    if (plain := IRREGULAR.get(word)) is not None:
        yield plain
    folded = fold_spanish(word)
    for ending in _FOLDED_ENDINGS:
        if folded.endswith(ending) and len(folded) - len(ending) >= _LEAST:
            root = folded[: -len(ending)]
            yield root
            yield from _changed(root)


def _changed(root: str) -> Iterator[str]:
    """Undo what inflection does to a root ("cuest" of "costar", "empiez" of "empezar", "saqu" of "sacar")."""
    for new, old in (("ue", "o"), ("ie", "e")):
        place = root.rfind(new)
        if place >= 0 and len(root) > 3:
            yield root[:place] + old + root[place + 2 :]
    if root.endswith("qu"):
        yield root[:-2] + "c"
    elif root.endswith("gu"):
        yield root[:-1]
    elif root.endswith("c"):
        yield root[:-1] + "z"


SPANISH = Language(
    code="es",
    markers=word_set(_DATA["markers"]),
    grammar=read_grammar(_DATA["grammar"]),
    fold=fold_spanish,
    forms=forms_of_spanish,
    compounds=False,
    asking=ASKING,
)
