"""German: the words of its grammar, its inflection, and how it asks."""

from collections.abc import Iterator

from askfirst.benchmark.languages.german_asking import ASKING
from askfirst.benchmark.languages.language import Language, read_data, read_forms, read_grammar
from askfirst.benchmark.vocabulary import word_set

_DATA = read_data("german")

IRREGULAR = read_forms(_DATA["forms"])

_PREFIXES = tuple(_DATA["prefixes"].split())
PARTICLES = frozenset(_PREFIXES)
"""What stands apart at a clause's end and belongs to its verb ("Wann fährt der Zug ab?")."""
_ENDINGS = tuple(_DATA["endings"].split())
_FOLDING = str.maketrans({"ä": "a", "ö": "o", "ü": "u", "ß": "ss", "é": "e"})
_LEAST = 3


def fold_german(word: str) -> str:
    """Return a word without umlauts and sharp s, which inflection changes."""
    return word.translate(_FOLDING)


def forms_of_german(word: str) -> Iterator[str]:
    """Yield what a German word may be a form of: its plain verb, and itself without endings and prefixes."""
    if (plain := IRREGULAR.get(word)) is not None:
        yield plain
    folded = fold_german(word)
    yield from _without_endings(folded)
    for spelled, letter in (("ae", "a"), ("oe", "o"), ("ue", "u")):
        if spelled in folded:
            yield from (folded.replace(spelled, letter), *_without_endings(folded.replace(spelled, letter)))
    yield from _participles(word)


def _without_endings(word: str) -> Iterator[str]:
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _LEAST:
            yield word[: -len(ending)]


def _participles(word: str) -> Iterator[str]:
    """Yield the plain forms of participles and of verbs with "zu" inside ("abgefahren", "mitzunehmen")."""
    prefix = next((one for one in _PREFIXES if word.startswith(one) and len(word) > len(one) + 4), "")
    rest = word[len(prefix) :]
    inner = rest
    for between in ("ge", "zu"):
        if rest.startswith(between) and len(rest) > 5 and (prefix or between == "ge"):
            inner = rest[2:]
            break
    plain = IRREGULAR.get(rest, "") or IRREGULAR.get(inner, "")
    stems = [plain] if plain else []
    if inner != rest:
        stems += [fold_german(inner), *_without_endings(fold_german(inner))]
    for stem in stems:
        if prefix:
            yield fold_german(prefix) + fold_german(stem)
        yield fold_german(stem)
    if prefix and inner == rest and plain:
        yield fold_german(plain)


GERMAN = Language(
    code="de",
    markers=word_set(_DATA["markers"]),
    grammar=read_grammar(_DATA["grammar"]),
    fold=fold_german,
    forms=forms_of_german,
    compounds=True,
    asking=ASKING,
)
