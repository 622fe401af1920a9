"""Where a wrong turn first goes wrong: which step of the solution, and which of its facts."""

from collections.abc import Iterator
from fractions import Fraction
from typing import Literal, NamedTuple

from askfirst.benchmark.answers import is_right
from askfirst.benchmark.numbers import parse_numbers
from askfirst.benchmark.problem import CodeForm, Fragment, QueryForm, TextForm
from askfirst.benchmark.sml.lesson import Lesson, Step
from askfirst.benchmark.sml.turns import Turn

MAX_SOLVED = 200
"""Other values that are tried to explain a wrong answer: keeps a teacher's turn within milliseconds."""


class Diagnosis(NamedTuple):
    """The first thing that is wrong with a turn."""

    step: Step
    fact: str | None
    """Id of the fact that was misread or left out; None where the facts were used and what was done with them is
    wrong."""
    wrong: Literal["fact", "operation"]


def diagnose(lesson: Lesson, turn: Turn) -> Diagnosis:
    """Return the first wrong step of a turn that is not right."""
    if all(step.work for step in lesson.steps):
        return _diagnose_steps(lesson, turn)
    step = lesson.steps[0]
    facts = [lesson.problem.fragment(name) for name in step.facts]
    left_out = [fact for fact in facts if not mentions(turn.text, fact)]
    explained = list(explaining_facts(lesson, turn.reading.answer)) if turn.reading.answer else []
    both = [fact.id for fact in left_out if fact.id in explained]
    found = both or explained or [fact.id for fact in left_out]
    return Diagnosis(step, found[0], "fact") if found else Diagnosis(step, None, "operation")


def _diagnose_steps(lesson: Lesson, turn: Turn) -> Diagnosis:
    # a fact that was passed over comes first: what is done with the others can't come out right without it
    for step in lesson.steps:
        for name in step.facts:
            if not mentions(turn.text, lesson.problem.fragment(name)):
                return Diagnosis(step, name, "fact")
    said = parse_numbers(turn.text)
    # where every result is there and the answer is another one, the last step is the one to look at
    wrong = next((step for step in lesson.steps if Fraction(step.result) not in said), lesson.steps[-1])
    return Diagnosis(wrong, None, "operation")


def explaining_facts(lesson: Lesson, answer: str) -> Iterator[str]:
    """Yield the facts that, had they another value, would make a wrong answer right: those that were misread."""
    problem = lesson.problem
    if isinstance(problem.form, QueryForm | CodeForm | TextForm):
        return
    values = {fragment.id: fragment.value for fragment in problem.fragments if fragment.necessary}
    solved = 0
    for name in lesson.steps[0].facts:
        for value in problem.fragment(name).domain:
            solved += 1
            if solved > MAX_SOLVED:
                return
            other = lesson.solve(problem, {**values, name: value})
            if other != problem.target and is_right(answer, other, problem.form):
                yield name
                break


def mentions(text: str, fact: Fragment) -> bool:
    """Say whether a text holds a fact's value."""
    if isinstance(fact.value, bool):
        return fact.text.lower() in text.lower()
    if isinstance(fact.value, int | float):
        return Fraction(str(fact.value)) in parse_numbers(text)
    parts = fact.value if isinstance(fact.value, tuple) else (fact.value,)
    return all(str(part).lower() in text.lower() for part in parts)
