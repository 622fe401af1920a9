"""Has a model grade labelled questions, for the audit of a grader."""

import asyncio
import re
from collections.abc import Callable, Mapping, Sequence
from typing import cast

from inspect_ai._cli.util import parse_model_role_cli_args  # pyright: ignore[reportMissingTypeStubs]
from inspect_ai._util.error import PrerequisiteError
from inspect_ai.model import Model, get_model

from askfirst.benchmark.errors import DataError, GraderError
from askfirst.benchmark.grader import CONFIG, ROLE, Grader, count_calls, start_count
from askfirst.benchmark.grading import Graded
from askfirst.benchmark.labels import LabelledQuestion
from askfirst.benchmark.problem import Frozen, Problem

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


def spread(rows: Sequence[LabelledQuestion], limit: int | None) -> list[LabelledQuestion]:
    """Return at most `limit` rows, evenly spread over all; all of them where it is None."""
    if limit is None or limit >= len(rows):
        return list(rows)
    return [rows[position * len(rows) // limit] for position in range(limit)]


def grade_labelled(
    rows: Sequence[LabelledQuestion],
    problems: Mapping[str, Problem],
    model: Model,
    advance: Callable[[], None] = lambda: None,
) -> LabelledGrades:
    """Have a model grade labelled questions, all at once as far as its connections go.

    Args:
        rows: The questions.
        problems: Their problems, by id.
        model: The grader.
        advance: Called after each question.

    Raises:
        DataError: If a question's problem is not there.
    """
    if unknown := sorted({row.problem for row in rows} - set(problems)):
        raise DataError(f"problems: none with id {unknown[0]!r}; expected that of each labelled question; add it")
    grader = Grader()

    async def grade(row: LabelledQuestion) -> tuple[str, Graded]:
        graded = await grader.grade(model, problems[row.problem], row.text)
        advance()
        return row.id, graded

    async def grade_all() -> list[tuple[str, Graded]]:
        return await asyncio.gather(*map(grade, rows))

    before = start_count()
    outcomes = dict(asyncio.run(grade_all()))
    return LabelledGrades(outcomes=cast(Mapping[str, Graded], outcomes), **count_calls(before))
