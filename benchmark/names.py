"""Names in a problem: people and days, which tell facts of one kind apart, and things that all of it is about.

Read from the problem's own texts, where capitals can be trusted; a question is compared in lower case.
"""

import re
from functools import lru_cache

from askfirst.benchmark.problem import Fragment, Problem, Value
from askfirst.benchmark.vocabulary import word_set
from askfirst.benchmark.words import words_in

CALENDAR = word_set(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august "
    "september october november december"
)
_TOKEN = re.compile(r"[^\W\d_]\w*|'s\b|\S")
_INSIDE = re.compile(r"(?<=[\w,] )[A-Z][a-z]\w+")


def spell(value: Value) -> str:
    """Write a value as text, the parts of a list after one another."""
    return ", ".join(value) if isinstance(value, tuple) else str(value)


def option_words(fragment: Fragment) -> frozenset[str]:
    """Return the words of a fragment's domain; numbers have none."""
    values = [value for value in fragment.domain if isinstance(value, str | tuple | bool)]
    return frozenset(words_in(", ".join(map(spell, values))))


def people_of(problem: Problem) -> frozenset[str]:
    """Return the people that a problem names, in lower case.

    A person is a single capitalised word inside a sentence, or one with a possessive, that is neither a value nor a
    day or month.
    """
    texts = [problem.goal, *(text for one in problem.fragments for text in (one.text, one.question, *one.aliases))]
    return frozenset[str]().union(*map(_people_in, texts)).difference(CALENDAR, *map(option_words, problem.fragments))


@lru_cache(maxsize=8_192)
def _people_in(text: str) -> frozenset[str]:
    tokens = [".", *_TOKEN.findall(text), "."]
    found: set[str] = set()
    for before, token, after in zip(tokens, tokens[1:], tokens[2:], strict=False):
        alone = not before[0].isupper() and not after[0].isupper() and token.isalpha() and len(token) > 1
        if alone and token[0].isupper() and token[1:].islower() and (before not in ".?!:" or after == "'s"):
            found.add(token.lower())
    return frozenset(found)


def proper_names(text: str) -> frozenset[str]:
    """Return the capitalised words inside a text's sentences, days and months apart, in lower case."""
    return frozenset(word.lower() for word in _INSIDE.findall(text)) - CALENDAR
