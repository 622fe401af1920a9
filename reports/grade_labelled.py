"""Has a model grade labelled questions, for the audit of a grader."""

import asyncio
import re
from collections.abc import Callable, Mapping, Sequence
from typing import cast

from inspect_ai._cli.util import parse_model_role_cli_args  # pyright: ignore[reportMissingTypeStubs]
from inspect_ai._util.error import PrerequisiteError
from inspect_ai.model import Model, get_model

from askfirst.benchmark.errors import GraderError
from askfirst.benchmark.grader import CONFIG, ROLE, Grader, count_calls, start_count
from askfirst.benchmark.grading import Graded
from askfirst.benchmark.labels import QuestionCase
from askfirst.benchmark.problem import Frozen

_MARKUP = re.compile(r"\[/?[a-z ]+\]")
"""What Inspect's own errors are coloured with."""


class LabelledGrades(Frozen):
    """A grader's outcomes for labelled questions, and what they took."""

    outcomes: Mapping[str, Graded]
    """By the question's id."""
    calls: int
    cached: int


def make_grader(spec: str) -> Model:
    """Return the model that a command's argument names, as Inspect's `--model-role grader=` would.

    Args:
        spec: A model's name, or its name and settings: `{model: hf/local, model_args: {model_path: ...}}`.

    Raises:
        GraderError: If there is no such model, or it can't be set up.
    """
    try:
        parsed = parse_model_role_cli_args((f"{ROLE}={spec}",))[ROLE]
        if not isinstance(parsed, str | Model):
            raise ValueError("several models")
        model = get_model(parsed, memoize=False)
    except (ValueError, TypeError, ImportError, PrerequisiteError) as error:
        said = " ".join(_MARKUP.sub("", str(error)).split())
        raise GraderError(f"{spec}: {said}; expected a model; see `inspect eval --model-role`") from error
    model.config = CONFIG.merge(model.config)
    return model


def spread(cases: Sequence[QuestionCase], limit: int | None) -> list[QuestionCase]:
    """Return at most `limit` cases, evenly spread over all; all of them where it is None."""
    if limit is None or limit >= len(cases):
        return list(cases)
    return [cases[position * len(cases) // limit] for position in range(limit)]


def grade_labelled(
    cases: Sequence[QuestionCase], model: Model, advance: Callable[[], None] = lambda: None
) -> LabelledGrades:
    """Have a model grade labelled questions, all at once as far as its connections go.

    Args:
        cases: The questions, with their problems.
        model: The grader.
        advance: Called after each question.
    """
    grader = Grader()

    async def grade(case: QuestionCase) -> tuple[str, Graded]:
        graded = await grader.grade(model, case.problem, case.question.text)
        advance()
        return case.question.id, graded

    async def grade_all() -> list[tuple[str, Graded]]:
        return await asyncio.gather(*map(grade, cases))

    before = start_count()
    outcomes = dict(asyncio.run(grade_all()))
    return LabelledGrades(outcomes=cast(Mapping[str, Graded], outcomes), **count_calls(before))
