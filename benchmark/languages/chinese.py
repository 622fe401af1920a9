"""Chinese: the words of its grammar, measure words, names in its script, and how it asks.

Words aren't set apart, so a text is cut into known words; `segments.py` does that.
"""

from askfirst.benchmark.languages.chinese_asking import ASKING
from askfirst.benchmark.languages.language import Language, read_data, read_forms, read_grammar
from askfirst.benchmark.vocabulary import word_set

_DATA = read_data("chinese")

MEASURES = word_set(_DATA["measures"])
"""Words that stand between a number and a noun and mean nothing there."""
QUANTIFIERS = word_set(_DATA["quantifiers"])
"""After these, a measure word means nothing."""
NAMES = read_forms(_DATA["names"])
"""Frequent names in Chinese script, and their Latin spelling."""
SYLLABLES = frozenset("".join(_DATA["syllables"].split()))
"""What foreign names are spelled with: an unknown word of nothing else is taken for a name and says nothing."""


CHINESE = Language(
    code="zh",
    markers=frozenset(),
    grammar=read_grammar(_DATA["grammar"]),
    fold=str,
    forms=lambda word: iter(()),
    compounds=False,
    asking=ASKING,
)
