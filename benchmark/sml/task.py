"""How a training problem is put to the student: the facts, the goal and the form of the answer, in words of its own.

Nothing here is worded like the evaluation (`benchmark/scenario.py`), so that a checkpoint can't do well there by having
seen the sentences.
"""

from askfirst.benchmark.answers import answer_instruction
from askfirst.benchmark.problem import CodeForm, QueryForm, TextForm
from askfirst.benchmark.scenario import Scenario
from askfirst.benchmark.seeding import stream

SYSTEMS = (
    "You solve tasks for people.",
    "You are an assistant who works carefully.",
    "Help the person you talk to with their task.",
    "You work through tasks step by step.",
)

LINES = (
    "Finish with a line that reads `ANSWER:` and then {what}.",
    "Your last line must be `ANSWER:` followed by {what}.",
    "Once you are done, put the result on a line of its own, after `ANSWER:`, as {what}.",
)
BLOCKS = (
    "Finish with a line `ANSWER:` and put below it {what}.",
    "Write `ANSWER:` last, and under that line {what}.",
)


def render_task(scenario: Scenario) -> str:
    """Write a fully specified problem as the student's first user message, in a wording seeded by its id."""
    problem, known = scenario.problem, scenario.opening_known
    facts = " ".join(fragment.text for fragment in problem.fragments if fragment.id in known)
    draw = stream(problem.id, "task wording")
    frames = BLOCKS if isinstance(problem.form, QueryForm | CodeForm | TextForm) else LINES
    line = draw.choice(frames).format(what=answer_instruction(problem.form))
    order = [facts, problem.goal] if draw.random() < 0.75 else [problem.goal, facts]
    return "\n\n".join(part for part in (problem.instructions, *order, line) if part)


def system_message(scenario: Scenario) -> str:
    """Return the system message of a training problem, seeded by its id."""
    return stream(scenario.problem.id, "task system").choice(SYSTEMS)
