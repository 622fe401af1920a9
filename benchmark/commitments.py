"""The answer that a message commits to without a marker, in the natural form of its domain.

A number counts where the message concludes with it: an explicit phrase ("the answer is 12"), a box, a concluding
sentence ("So Mia has 12 apples left."), or the last line. Intermediate results, facts said again, examples and
conditional results don't. A choice counts where a sentence commits to exactly one option, a call where it stands.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

from askfirst.benchmark import answer_phrases as phrases
from askfirst.benchmark.content import Said, content_words
from askfirst.benchmark.hedging import assumes, count_branches, standing_of
from askfirst.benchmark.message import Sentence
from askfirst.benchmark.number_words import NUMBER_WORDS
from askfirst.benchmark.numbers import Number, read_numbers, spell_number, to_unit
from askfirst.benchmark.problem import NumberForm
from askfirst.benchmark.question_phrases import COURTESY
from askfirst.benchmark.results import pick_number
from askfirst.benchmark.units import unit_of

CommitmentState: TypeAlias = Literal["committed", "several", "hedged", "none"]


MAX_STATEMENTS = 4
"""Sentences without a result that may follow a conclusion before it counts as intermediate."""
MIN_PROSE = 9
"""Words of a line from which on it is a sentence that should end with a full stop."""
MAX_NAME = 90
"""Characters of what stands on the left of an equation that states the result."""
MAX_NUMBERS = 400
"""Numbers of a message that are looked at, from its end back to a sentence's beginning."""

_DIGIT = re.compile(r"\d")
_DIGITS = re.compile(r"\d+")
_WORD = re.compile(r"[a-z]+")


@dataclass(frozen=True, slots=True)
class Commitment:
    """What a message commits to without a marker."""

    state: CommitmentState
    """`several`: several values that are not alternatives, an attempt; `hedged`: conditional, or alternatives."""
    answer: str = ""
    why: str = ""
    place: int = -1
    """Position of the sentence that commits, -1 where no sentence does."""
    branches: int = 0
    """Of a hedge: how many answers it gives, as far as they were counted."""


NO_COMMITMENT = Commitment(state="none")


@dataclass(frozen=True, slots=True)
class Asking:
    """Where a message asks, which decides how firmly it must answer to have answered."""

    places: frozenset[int] = frozenset()
    """Positions of the sentences that ask."""
    particular: bool = False
    """Any of them asks for something in particular."""
    last: int = -1
    """Position of the last one that asks for something in particular, -1 for none: a result before it is only on the
    way, unless the message calls it the answer."""


def find_number(sentences: Sequence[Sentence], form: NumberForm, asking: Asking, said: Said | None) -> Commitment:
    """Find the number that a message concludes with, searching from its end.

    Args:
        sentences: The message's own sentences.
        form: The answer's form.
        asking: Where the message asks.
        said: What the user has said: a plain last sentence that repeats it is no answer, and a condition that repeats
            it is none.
    """
    hedge = NO_COMMITMENT
    statements = calculations = 0
    broken_off = bool(sentences) and _breaks_off(sentences[-1].lower)
    taken_back = broken_off  # what came before was on the way
    first = _first_looked_at(sentences)
    for place in range(len(sentences) - 1, first - 1, -1):
        sentence, lower = sentences[place], sentences[place].lower
        if place in asking.places or lower.endswith("?"):
            statements += place not in asking.places and COURTESY.search(lower) is None  # a question left open
            continue
        if not taken_back and phrases.refuses(lower, sentence.words):
            taken_back = True
            continue
        if "remain" in lower and phrases.REAFFIRMED.search(lower):
            statements = 0
            continue
        only_explicit = place < asking.last or statements > MAX_STATEMENTS or taken_back
        if (only_explicit or lower.startswith("(")) and not _is_explicit(lower):
            continue
        manner = _manner(sentences, place)
        taken_back = taken_back or phrases.TAKEN_BACK.match(lower) is not None
        if manner == "plain" and phrases.CLOSING.match(lower):
            continue
        number = None
        firm = manner == "explicit" or (manner == "concluding" and calculations < 2)
        if firm or (manner == "plain" and asking.last < 0 and not statements and not phrases.COMMENT.match(lower)):
            number = _result_of(sentences, place, form, manner, said)
        if number is None:
            calculations += _calculates(sentences, place)
            statements += len(lower) > 3 and not lower.endswith(":")
            continue
        standing = standing_of(sentences, place, number, said)
        if standing == "assumed" and (asking.particular or (manner == "plain" and not assumes(lower))):
            standing = "hedged"
        if standing == "hedged":
            hedge = Commitment(state="hedged", why="conditional number")
            taken_back = taken_back or manner == "concluding"  # what came before it was on the way to it
        elif standing != "example" and (manner == "explicit" or not _only_repeats(sentence, said)):
            answer = spell_number(to_unit(_in_one_unit(sentence, number, form), form.unit))
            return Commitment(state="committed", answer=answer, why=f"{manner} number", place=place)
        statements += 1
    branches = 0 if broken_off else count_branches(sentences)
    if hedge.state == "hedged":
        return replace(hedge, branches=branches)
    if branches > 1:
        return Commitment(state="hedged", why="results under conditions", branches=branches)
    return NO_COMMITMENT if asking.particular else _stated_result(sentences, form, said)


def _stated_result(sentences: Sequence[Sentence], form: NumberForm, said: Said | None) -> Commitment:
    """Find an equation for what the user wants to know in a message that then goes on, or breaks off."""
    if said is None or not said.counted:
        return NO_COMMITMENT
    for place in range(len(sentences) - 1, _first_looked_at(sentences) - 1, -1):
        text = sentences[place].text
        equals = text.rfind("=")
        number = _result_of(sentences, place, form, "concluding", said) if equals >= 0 else None
        if number is None or standing_of(sentences, place, number, said) != "firm":
            continue
        named = text[: text.find("=")].strip()
        if not named:  # the line goes on with an equation: "= 2,750 fruits"
            named = number.unit
        elif any(character.isdigit() for character in named):
            named = sentences[place - 1].text if place and sentences[place - 1].text.endswith(":") else ""
        if len(named) <= MAX_NAME and said.counted in content_words(named):
            answer = spell_number(to_unit(_in_one_unit(sentences[place], number, form), form.unit))
            return Commitment(state="committed", answer=answer, why="stated number", place=place)
    return NO_COMMITMENT


def _first_looked_at(sentences: Sequence[Sentence]) -> int:
    """Return the position of the first sentence from which on there are at most `MAX_NUMBERS` numbers."""
    numbers = 0
    for place in range(len(sentences) - 1, -1, -1):
        lower, words = sentences[place].lower, sentences[place].words
        numbers += len(_DIGITS.findall(lower))
        if not NUMBER_WORDS.isdisjoint(words):
            numbers += sum(word in NUMBER_WORDS for word in _WORD.findall(lower))
        if numbers > MAX_NUMBERS:
            return place + 1
    return 0


def _is_explicit(lower: str) -> bool:
    return ("answer" in lower or "boxed" in lower) and phrases.EXPLICIT.search(lower) is not None


def _manner(sentences: Sequence[Sentence], place: int) -> Literal["explicit", "concluding", "plain"]:
    lower = sentences[place].lower
    if _is_explicit(lower):
        return "explicit"
    if phrases.CONCLUDING.search(lower) or continues_conclusion(sentences, place):
        return "concluding"
    if phrases.TOTAL.search(lower) and not sentences[place].line.item:
        return "concluding"
    return "concluding" if phrases.MEANING.match(lower) and len(read_numbers(lower)) == 1 else "plain"


def _calculates(sentences: Sequence[Sentence], place: int) -> int:
    """Say how far a sentence goes on calculating: 2 for an equation, 1 for another number, 0 for a remark or check."""
    lower = sentences[place].lower
    remark = phrases.COMMENT.match(lower) or phrases.MEANING.match(lower) or phrases.CLOSING.match(lower)
    if remark or _DIGIT.search(lower) is None or _within_check(sentences, place):
        return 0
    return 2 if "=" in lower else 1


def _result_of(
    sentences: Sequence[Sentence], place: int, form: NumberForm, manner: str, said: Said | None
) -> Number | None:
    sentence = sentences[place]
    if phrases.NO_RESULT.search(sentence.lower) or (manner == "plain" and _only_lists(sentences, place)):
        return None
    if manner != "explicit" and _within_check(sentences, place):
        return None
    if manner == "plain" and any(
        phrases.WRONG_TRIAL.search(each.lower) for each in sentences[max(0, place - 3) : place]
    ):
        return None
    number = pick_number(sentence, form, manner == "explicit", said)
    return None if number is not None and _is_cut_off(sentences, place, number) else number


def _is_cut_off(sentences: Sequence[Sentence], place: int, number: Number) -> bool:
    """Say whether a message that ends its other sentences breaks off within a number: "a total of 2,7"."""
    text = sentences[place].text
    if place < len(sentences) - 1 or number.end < len(text):
        return False
    if number.rule == "decimal" and "," in text[number.start :]:
        return True
    ended = sum(each.text.endswith(".") for each in sentences[:-1])
    return ended > 1 and len(text.split()) >= MIN_PROSE


def _in_one_unit(sentence: Sentence, number: Number, form: NumberForm) -> Number:
    """Return the same quantity as the sentence gives it in one unit ("3 hours and 47 minutes (227 minutes)")."""
    if form.unit or number.rule not in ("compound", "canonical"):
        return number
    given = [each for each in read_numbers(sentence.text) if unit_of(each.unit)]
    compound = next((each for each in given if each.rule == "compound" and each.value == number.value), None)
    if compound is None:
        return number
    same = [each for each in given if each.rule != "compound" and to_unit(compound, each.unit) == each.value]
    return same[0] if same else number


def _breaks_off(lower: str) -> bool:
    """Say whether a sentence with a number stops before its result."""
    return phrases.OPEN_END.search(lower) is not None and _DIGIT.search(lower) is not None


def _only_lists(sentences: Sequence[Sentence], place: int) -> bool:
    """Say whether a sentence is a point of a list of quantities, which works nothing out."""
    before = sentences[place - 1] if place else None
    if before is None or not (sentences[place].line.item and before.line.item):
        return False
    return "=" not in sentences[place].lower and phrases.TOTAL.search(sentences[place].lower) is None


def continues_conclusion(sentences: Sequence[Sentence], place: int) -> bool:
    """Say whether a line is the rest of a conclusion: "The total is:" and, below it, "$4 * 8 = $32"."""
    before = sentences[place - 1] if place else None
    if before is None or not before.lower.endswith((":", " is", "=")):
        return False
    after = sentences[place + 1] if place + 1 < len(sentences) else None
    if sentences[place].line.item and after is not None and after.line.item:
        return False
    if before.lower.endswith(" is:") or re.search(r"\b(?:answer|conclusion|result)\b", before.lower):
        return True
    return phrases.CONCLUDING.search(before.lower) is not None


def _within_check(sentences: Sequence[Sentence], place: int) -> bool:
    """Say whether a sentence stands in a verification, which comes after the answer."""
    for each in reversed(sentences[max(0, place - 8) : place + 1]):
        if phrases.CHECK.match(each.lower):
            return True
        if phrases.CONCLUDING.match(each.lower):
            return False
    return False


def _only_repeats(sentence: Sentence, said: Said | None) -> bool:
    """Say whether a sentence that concludes nothing is nearly one of the user's."""
    if said is None or "=" in sentence.lower or phrases.THEREFORE.match(sentence.lower):
        return False
    content = content_words(sentence.text)
    numbers = {word for word in content if word.isdigit()}
    return any(numbers <= each and len(content & each) >= 0.75 * len(content | each) for each in said.sentences if each)
