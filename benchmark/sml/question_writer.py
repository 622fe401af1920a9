"""Questions that take the place of wrong turns (Q-priming): about the fact that the turn got wrong.

The rule-based writer turns the fact's own sentence into a question, with a question word where its value stands. It
knows neither the questions nor the names that the evaluation's matcher compares with.
"""

import re
from collections.abc import Sequence
from fractions import Fraction

from askfirst.benchmark.numbers import read_numbers
from askfirst.benchmark.problem import Fragment
from askfirst.benchmark.seeding import stream
from askfirst.benchmark.sml.diagnosis import diagnose
from askfirst.benchmark.sml.turns import Moment

LEADS = ("", "One thing first: ", "Before I go on: ", "I am not sure about this: ", "Let me ask: ")
WHOLE = ("Can I rely on it that {fact}?", "Is this so: {fact}?")
"""For facts whose value is no word of the sentence."""


def write_question(moment: Moment) -> str | None:
    """Write the question that the student's last turn, which was wrong, had better been; None where no fact was missed.

    Deterministic, seeded by the problem's id and the turn.
    """
    problem = moment.lesson.problem
    diagnosis = diagnose(moment.lesson, moment.turns[-1])
    # what was done with the facts is wrong: the facts of that step are still what there is to ask about
    name = diagnosis.fact or next(iter(diagnosis.step.facts), None) or problem.necessary[0]
    asked = {question for turn in moment.turns[:-1] for question in turn.reading.questions}
    text = ask_about(problem.fragment(name), stream(problem.id, "question", len(moment.turns)).choice(LEADS))
    return None if any(question in text for question in asked) else text


def ask_about(fact: Fragment, lead: str = "") -> str:
    """Return a question about a fact, without its value if a rule can leave that out: "Mia has how many apples?"."""
    body = fact.text.rstrip(".!")
    span = _span_of_value(body, fact)
    if span is None:
        return lead + stream(fact.id, fact.text).choice(WHOLE).format(fact=_lower(body))
    start, end = span
    before, after = body[:start], body[end:]
    if isinstance(fact.value, int | float) and not isinstance(fact.value, bool):
        unit_first = after[:1] in "%°" or not re.match(r"\s*\w", after)
        word = "how much" if unit_first and after[:1] != "%" else "how many"
        after = " percent" + after[1:] if after[:1] == "%" else after
    else:
        word = "what"
    return f"{lead}{_capital(f'{before}{word}{after}', lead)}?"


def _span_of_value(text: str, fact: Fragment) -> tuple[int, int] | None:
    """Return where a fact's value stands in its text, None where it is not written out."""
    if isinstance(fact.value, bool | tuple):
        return None
    if isinstance(fact.value, int | float):
        value = Fraction(str(fact.value))
        found = [number for number in read_numbers(text) if number.value == value]
        if not found:
            return None
        digits = re.search(r"\d[\d.,]*\d|\d", text[found[0].start : found[0].end])
        if digits is None:
            return found[0].start, found[0].end
        return found[0].start + digits.start(), found[0].start + digits.end()
    start = text.lower().find(str(fact.value).lower())
    return (start, start + len(str(fact.value))) if start >= 0 else None


def _lower(text: str) -> str:
    # a name or "I" keeps its capital: only small words are known to be none
    first, _, rest = text.partition(" ")
    return f"{first.lower()} {rest}" if first in ("The", "A", "An", "In", "On", "At", "It", "This", "There") else text


def _capital(text: str, lead: str) -> str:
    return text if lead else text[:1].upper() + text[1:]


def write_questions(moments: Sequence[Moment]) -> list[str | None]:
    """Write one question a moment."""
    return [write_question(moment) for moment in moments]
