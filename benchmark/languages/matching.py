"""A question of any language in the words that the matcher compares, for the problem at hand."""

from pathlib import Path

from askfirst.benchmark.fragment_index import FragmentIndex
from askfirst.benchmark.languages.detect import LANGUAGES, language_of, says_english
from askfirst.benchmark.languages.language import Language
from askfirst.benchmark.languages.lexicon import ENGLISH_STEMS
from askfirst.benchmark.languages.meanings import understood
from askfirst.benchmark.languages.translate import to_english
from askfirst.benchmark.words import STOPS, clean, content, is_everyday, stem, words_of

FEW_CHARACTERS = 60
"""Up to which length a text without function words may be told by its other words."""


def in_english(question: str, index: FragmentIndex) -> str:
    """Return a question's English words for a problem; an English question comes back as it is."""
    language = language_of(question) or _language_by_words(question, index)
    if language is None:
        return question

    def knows(word: str) -> float:
        return 0.0 if word in STOPS else max((share for _, share in index.meets(word, stem(word))), default=0.0)

    return to_english(question, language, knows, index.people)


def _language_by_words(question: str, index: FragmentIndex) -> Language | None:
    """Tell a noun phrase ("Ticketpreis") by its words: a language that has them all, where the problem meets none."""
    if len(question) > FEW_CHARACTERS or says_english(question):
        return None
    words = content(words_of(clean(question)))
    if not words or any(is_everyday(root) or root in ENGLISH_STEMS or index.meets(word, root) for word, root in words):
        return None
    return next((one for one in LANGUAGES if all(understood(word, one) for word, _ in words)), None)


def data_files() -> list[Path]:
    """Return the files that decide what a word means, in a fixed order."""
    folder = Path(__file__).parent
    return sorted([*folder.glob("*.toml"), *folder.glob("*.py")])
