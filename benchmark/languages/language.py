"""What there is to know of a language: its grammar's words, its words' plain forms, and how it asks."""

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TypeAlias

Code: TypeAlias = Literal["de", "es", "zh"]


@dataclass(frozen=True, slots=True)
class Asking:
    """How a language asks: patterns over folded sentences in lower case."""

    demand: re.Pattern[str]
    """A request for a fact that needs no question mark."""
    no_demand: re.Pattern[str]
    """What makes a sentence no request, whatever else it holds."""
    courtesy: re.Pattern[str]
    """A question that asks for no fact: an offer, a courtesy, a check of understanding."""
    rhetorical: re.Pattern[str]
    """A question that its asker is about to answer, or that repeats the user's."""
    answered: re.Pattern[str]
    """The beginning of a sentence that answers the question before it."""
    opening: re.Pattern[str]
    """A line before a list of requests, apart from demands."""
    split: re.Pattern[str]
    """Where a compound request falls into several."""
    purpose: re.Pattern[str]
    """What the answer is wanted for."""


@dataclass(frozen=True, eq=False)
class Language:
    """One language that a subject may ask in."""

    code: Code
    markers: frozenset[str]
    """Frequent words that are no English ones; empty where the script tells."""
    grammar: Mapping[tuple[str, ...], str]
    """Words of grammar, by their parts in order, and the English said for them; empty where nothing is said."""
    fold: Callable[[str], str]
    """Takes the marks off a lower-case word's letters that inflection or haste changes."""
    forms: Callable[[str], Iterator[str]]
    """What is left of a lower-case word without the endings that it may have, or its plain form, the likeliest first,
    folded."""
    compounds: bool
    """Whether unknown words may be several words written as one."""
    asking: Asking


def any_of(*patterns: str) -> re.Pattern[str]:
    """Return a pattern that finds any of several."""
    return re.compile("|".join(patterns))


def read_data(name: str) -> dict[str, str]:
    """Return the word lists of a language, by what they list."""
    return tomllib.loads(Path(__file__).with_name(f"{name}.toml").read_text(encoding="utf-8"))


def read_grammar(text: str) -> dict[tuple[str, ...], str]:
    """Read entries that are written as `word word, word > english; ...`."""
    found: dict[tuple[str, ...], str] = {}
    for entry in text.split(";"):
        words, mark, english = entry.partition(">")
        if mark:
            found |= {tuple(one.split()): " ".join(english.split()) for one in words.split(",")}
    return found


def read_forms(text: str) -> dict[str, str]:
    """Read entries that are written as `plain: form form; ...`, by form."""
    entries = [entry.partition(":") for entry in text.split(";")]
    return {form: plain.strip() for plain, _, forms in entries for form in forms.split()}
