"""Reads the labelled questions and the problems that they belong to: the published ones, or one's own."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from askfirst.benchmark.errors import DataError
from askfirst.benchmark.labels import LabelledQuestion
from askfirst.benchmark.problem import Problem

PUBLISHED = Path(__file__).parent / "labelled"

Row = TypeVar("Row", bound=BaseModel)


def load_labelled_questions(folder: Path = PUBLISHED) -> tuple[LabelledQuestion, ...]:
    """Load `questions.jsonl`, one JSON object a line, in order; a header with the canary may stand first.

    Raises:
        DataError: If the file can't be read, or a line is no labelled question.
    """
    return tuple(_load(LabelledQuestion, folder / "questions.jsonl"))


def load_labelled_problems(folder: Path = PUBLISHED) -> dict[str, Problem]:
    """Load `problems.jsonl`, by id.

    Raises:
        DataError: If the file can't be read, or a line is no problem.
    """
    return {problem.id: problem for problem in _load(Problem, folder / "problems.jsonl")}


def _load(row: type[Row], path: Path) -> Iterator[Row]:
    try:
        # not splitlines: a text may hold other line breaks
        lines = path.read_text(encoding="utf-8").split("\n")
    except OSError as error:
        raise DataError(f"{path}: can't be read ({error.strerror}); expected labelled rows; check the path") from error
    except UnicodeDecodeError as error:
        raise DataError(f"{path}: no UTF-8 ({error.reason}); expected labelled rows; check the path") from error
    for number, line in enumerate(lines, start=1):
        if not line.strip() or (number == 1 and _is_header(line)):
            continue
        try:
            yield row.model_validate_json(line)
        except ValidationError as error:
            first = error.errors()[0]
            field = ".".join(map(str, first["loc"])) or "line"
            raise DataError(
                f"{path}:{number}: {field}: {first['msg']}; expected a {row.__name__}; correct the line"
            ) from error


def _is_header(line: str) -> bool:
    try:
        row: Any = json.loads(line)
    except json.JSONDecodeError:
        return False
    return isinstance(row, dict) and "schema" in row
