"""What a teacher knows of one fully specified problem: the steps of its solution, and how to solve it again.

Families supply both (`data/lessons.py`), so that the trainer knows no single family.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

from askfirst.benchmark.problem import CodeForm, Frozen, Problem, QueryForm, TextForm, Value
from askfirst.benchmark.scenario import Scenario

Operation: TypeAlias = Literal["add", "subtract", "multiply", "divide", "compare", "decide"]

Solve: TypeAlias = Callable[[Problem, Mapping[str, Value]], str]
"""Answers a problem from values of its necessary fragments, in the canonical spelling of its answer form."""


class Step(Frozen):
    """One step of a solution."""

    facts: tuple[str, ...]
    """Ids of the fragments that this step uses for the first time, in the problem's order; empty where it only joins
    what earlier steps gave."""
    operation: Operation
    work: str = ""
    """The step written out, with its result: "5 * 8 = 40"; empty where there is nothing to compute."""
    result: str
    """What the step gives, in the spelling of an answer."""


@dataclass(frozen=True)
class Lesson:
    """A fully specified problem as the teacher sees it."""

    scenario: Scenario
    """In the `full` arm."""
    steps: tuple[Step, ...]
    """At least one; the last one's result is the answer."""
    solve: Solve

    @property
    def problem(self) -> Problem:
        """The problem."""
        return self.scenario.problem


def write_solution(lesson: Lesson) -> str:
    """Write a solution as a student would: the facts that matter, what follows from them, and the line ANSWER.

    The facts stand there word for word: a small model that first copies what it needs learns to choose it.
    """
    problem = lesson.problem
    lines: list[str] = []
    for step in lesson.steps:
        facts = " ".join(problem.fragment(name).text for name in step.facts)
        lines.append(f"{facts} {step.work}".strip())
    body = "\n".join(line for line in lines if line)
    return f"{body}\n{state(problem, problem.target)}".strip()


def state(problem: Problem, answer: str) -> str:
    """Write the line that commits to an answer."""
    if isinstance(problem.form, CodeForm):
        return f"ANSWER:\n```python\n{answer}\n```"
    if isinstance(problem.form, QueryForm | TextForm):
        return f"ANSWER:\n{answer}"
    return f"ANSWER: {answer}"
