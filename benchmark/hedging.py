"""Whether a number stands under a condition, as one of several, or on an assumption that the message makes.

A condition that is left open ("If each costs $5, ...") makes a hedge. An assumption that the message makes for itself
("Let's say each costs $5. So the total is $15.") makes an attempt, as long as it makes only one.
"""

import re
from collections.abc import Sequence
from typing import Literal, TypeAlias

from askfirst.benchmark import answer_phrases as phrases
from askfirst.benchmark.content import Said
from askfirst.benchmark.message import Sentence
from askfirst.benchmark.numbers import Number, read_numbers

Standing: TypeAlias = Literal["firm", "assumed", "hedged", "example"]

_CASE = re.compile(
    r"^\W*(?:scenario|case|option|interpretation|possibility|example|version|assumption) ?#?(?:[0-9]|[a-d]\b)"
)
_ASSUMING = re.compile(
    r"^\W*(?:(?:so|and|now|then|also|again),? )*(?:assuming|suppose|supposing|let's (?:say|assume)|if we assume"
    r"|angenommen|suponiendo)\b"
)
_ASSUMED = re.compile(r"[0-9*%.,)] ?(?:[a-z]+ ){0,3},? ?\(?(?:assuming|if we assume|on the assumption|supposing)\b")
"""After a result."""


def standing_of(sentences: Sequence[Sentence], place: int, number: Number, said: Said | None) -> Standing:
    """Say how firmly the number stands that the sentence at a place commits to."""
    lower = sentences[place].lower
    if phrases.EXAMPLE_RESULT.match(lower):
        return "example"
    after = sentences[place + 1 : place + 4]
    start = max(lower.rfind("=", 0, number.start) + 1, number.start - 30, 0)
    nearby = lower[start : number.end + 14]
    if phrases.ALTERNATIVES.search(nearby) and len({each.value for each in read_numbers(nearby)}) > 1:
        return "hedged"
    assumed = phrases.SCENARIO.search(lower) is not None or any(phrases.DISCLAIMER.search(each.lower) for each in after)
    lead = _lead_of(sentences, place)
    if phrases.EXAMPLE_LEAD.search(lead) and not phrases.GIVEN_ASSUMPTION.match(lead):
        if not (phrases.THEREFORE.match(lead) and phrases.SCENARIO.search(lead)):
            return "hedged"
        assumed = True
    if phrases.CONDITIONAL.search(lower) and not phrases.GIVEN_ASSUMPTION.match(lower) and not assumed:
        if assumes(lower):
            assumed = True
        elif not _is_given(lower, said):
            return "hedged"
    if assumed:
        return "hedged" if _assumes_twice(sentences) else "assumed"
    return "firm"


def _is_given(lower: str, said: Said | None) -> bool:
    """Say whether a sentence's condition only repeats numbers that the user gave."""
    clause = phrases.IF_CLAUSE.match(lower)
    if clause is None or said is None:
        return False
    return all(each.value in said.numbers for each in read_numbers(clause["clause"]))


def assumes(lower: str) -> bool:
    """Say whether a lower-case sentence gives its result on an assumption in so many words."""
    return _ASSUMING.match(lower) is not None or _ASSUMED.search(lower) is not None


def _assumes_twice(sentences: Sequence[Sentence]) -> bool:
    """Say whether a message goes through several cases."""
    return sum(_CASE.match(each.lower) is not None for each in sentences) > 1 or (
        sum(assumes(each.lower) and len(read_numbers(each.lower)) > 1 for each in sentences) > 1
    )


def _lead_of(sentences: Sequence[Sentence], place: int) -> str:
    """Return the line that opens the list, or the paragraph, in which a sentence stands, "" for none."""
    for each in reversed(sentences[max(0, place - 8) : place]):
        if each.lower.endswith(":"):
            return each.lower
        if not each.line.item:
            return ""
    return ""


def count_branches(sentences: Sequence[Sentence]) -> int:
    """Return for how many conditions a message gives a result, in sentences that begin with them."""
    return sum(
        lower.startswith(("if ", "assuming", "when ", "with ", "falls ", "wenn ", "bei ", "si ", "如果"))
        and not lower.startswith(("if you", "with this", "with these", "with that", "with those"))
        and len(read_numbers(lower)) > 1
        and phrases.WRONG_TRIAL.search(lower) is None
        for lower in (each.lower for each in sentences)
    )
