"""Chinese text cut into words: the cut that leaves the fewest characters unknown, and then has the fewest words."""

from functools import cache

from askfirst.benchmark.languages.chinese import MEASURES, NAMES, QUANTIFIERS, SYLLABLES
from askfirst.benchmark.languages.language import Language
from askfirst.benchmark.languages.lexicon import words_in

_LONGEST = 8
_UNKNOWN = 100
"""What an unknown character costs, where a word costs 10 and one of a single character 11."""


def cut_words(text: str, language: Language) -> list[str]:
    """Return the words of a text without spaces; names are spelled in Latin letters, empty measure words left out."""
    if text.isascii():
        return [text]
    return _without_measures(_gather(_best_cut(text, language), language))


@cache
def _known(language: Language) -> frozenset[str]:
    return frozenset(words_in(language.code).exact) | {part for (part,) in language.grammar} | NAMES.keys() | MEASURES


def _best_cut(text: str, language: Language) -> list[str]:
    known = _known(language)
    costs, starts = [0], [0]
    for end in range(1, len(text) + 1):
        best, start = costs[end - 1] + _UNKNOWN, end - 1
        for place in range(max(0, end - _LONGEST), end):
            if text[place:end] in known:
                cost = costs[place] + (11 if end - place == 1 else 10)
                if cost < best:
                    best, start = cost, place
        costs.append(best)
        starts.append(start)
    words: list[str] = []
    end = len(text)
    while end:
        words.append(text[starts[end] : end])
        end = starts[end]
    return words[::-1]


def _gather(words: list[str], language: Language) -> list[str]:
    """Join unknown characters to unknown words; drop those that spell a foreign name which isn't known."""
    known = _known(language)
    gathered: list[str] = []
    run = ""
    for word in [*words, ""]:
        if word and word not in known:
            run += word
            continue
        if run and not (len(run) > 1 and SYLLABLES.issuperset(run)):
            gathered.append(run)
        run = ""
        if word:
            gathered.append(NAMES.get(word, word))
    return gathered


def _without_measures(words: list[str]) -> list[str]:
    """Leave out measure words after what counts, but for the last word, which stands for its noun."""
    kept: list[str] = []
    counting = False
    for place, word in enumerate(words, 1):
        if not (counting and word in MEASURES) or place == len(words):
            kept.append(word)
        counting = word in QUANTIFIERS or word.isdecimal()
    return kept
