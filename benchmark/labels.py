"""Labelled material: what people say of questions, and the problems that these belong to."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from askfirst.benchmark.errors import DataError
from askfirst.benchmark.problem import Problem

Row = TypeVar("Row", bound=BaseModel)


class LabelledQuestion(BaseModel):
    """One message that may ask for facts of a problem, and what people say of it."""

    model_config = ConfigDict(frozen=True, extra="allow")

    id: str
    problem: str
    """The problem's id."""
    language: str
    category: str
    text: str
    kind: Literal["targeted", "general", "unanswerable", "none"]
    """`none` asks for no fact at all."""
    targets: tuple[str, ...] = ()
    """Ids of the fragments that a careful user would tell in reply."""
    clear: bool | None = None
    polite: bool | None = None


def load_labelled_questions(path: Path) -> tuple[LabelledQuestion, ...]:
    """Load labelled questions, one JSON object a line after a header.

    Raises:
        DataError: If the file can't be read, or a line is no labelled question.
    """
    return tuple(_parse(LabelledQuestion, line, f"{path}:{number}") for number, line in _lines(path))


def load_labelled_problems(path: Path) -> dict[str, Problem]:
    """Load the problems that labelled questions belong to, by id; one JSON object a line, after a header or not.

    Raises:
        DataError: If the file can't be read, or a line is no problem.
    """
    problems = (_parse(Problem, line, f"{path}:{number}") for number, line in _lines(path))
    return {problem.id: problem for problem in problems}


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise DataError(f"{path}: can't be read ({error}); expected labelled rows; check the path") from error
    # not splitlines: a text may hold other line breaks
    for number, line in enumerate(lines, start=1):
        if line.strip() and not (number == 1 and _is_header(line)):
            yield number, line


def _is_header(line: str) -> bool:
    try:
        row: Any = json.loads(line)
    except json.JSONDecodeError:
        return False
    return isinstance(row, dict) and "schema" in row


def _parse(row: type[Row], line: str, where: str) -> Row:
    try:
        return row.model_validate_json(line)
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(map(str, first["loc"])) or "line"
        raise DataError(f"{where}: {field}: {first['msg']}; expected a {row.__name__}; correct the line") from error
