"""A model as the teacher: it is told the solution, and whatever it says passes the check for leaks first."""

import asyncio
from collections.abc import Sequence

from inspect_ai.model import ChatMessage, ChatMessageSystem, ChatMessageUser, GenerateConfig, Model

from askfirst.benchmark.errors import TrainingError
from askfirst.benchmark.sml.leaks import find_leak
from askfirst.benchmark.sml.lesson import write_solution
from askfirst.benchmark.sml.teacher import rule_teacher
from askfirst.benchmark.sml.turns import Moment, Reply, Teacher

ROLE = """You are a teacher. A student works on a task whose solution you know. Reply to the student's newest message \
in at most two sentences. If the student asked something, answer it from the facts of the task. If the student's \
answer is wrong, point to the first mistake. Never state the answer, nor a calculation that comes to it.

The task:
{task}

Its solution, for your eyes alone:
{solution}"""
MAX_TOKENS = 120


def model_teacher(model: Model) -> Teacher:
    """Return a teacher that asks a model for each reply; where one leaks, the rule-based teacher speaks instead.

    Raises (when it is called):
        TrainingError: If the model says nothing.
    """

    def teach(moments: Sequence[Moment]) -> list[Reply]:
        return asyncio.run(_teach(model, moments))

    return teach


async def _teach(model: Model, moments: Sequence[Moment]) -> list[Reply]:
    texts = await asyncio.gather(*(_speak(model, moment) for moment in moments))
    return [_guard(text, moment) for text, moment in zip(texts, moments, strict=True)]


async def _speak(model: Model, moment: Moment) -> str:
    output = await model.generate(to_messages(moment), config=GenerateConfig(max_tokens=MAX_TOKENS))
    text = output.completion.strip()
    if not text:
        raise TrainingError(f"teacher {model}: an empty reply; expected a sentence; choose another model")
    return text


def to_messages(moment: Moment) -> list[ChatMessage]:
    """Return what the model reads: its role, and the dialogue in one message, so that it speaks as no student."""
    role = ROLE.format(task=moment.task, solution=write_solution(moment.lesson))
    lines: list[str] = []
    for number, turn in enumerate(moment.turns):
        lines.append(f"Student: {turn.text}")
        if number < len(moment.replies):
            lines.append(f"Teacher: {moment.replies[number].text}")
    return [ChatMessageSystem(content=role), ChatMessageUser(content="\n\n".join([*lines, "Teacher:"]))]


def _guard(text: str, moment: Moment) -> Reply:
    if find_leak(text, moment.lesson.problem) is None:
        return Reply(text, "model")
    return rule_teacher([moment])[0]._replace(leaked=True)
