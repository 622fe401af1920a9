"""The labelled sets: turns, questions and replies with what people say of them, to measure the instruments by.

Half of the turns are another project's, so only their labels are here: their text is read from a file outside, and
turns whose text or answer form is not at hand are left out and counted.
"""

import json
from collections import Counter
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, NamedTuple

from askfirst.benchmark.errors import DataError
from askfirst.benchmark.labels import (
    Half,
    LabelledQuestion,
    LabelledReply,
    LabelledTurn,
    QuestionCase,
    ReplyCase,
    TurnCase,
    half_of,
)
from askfirst.benchmark.problem import AnswerForm, CallForm, CallsForm, NumberForm, Problem
from askfirst.data.adapters import bfcl, bfcl_parallel
from askfirst.data.adapters.rows import load_rows, parse_rows

EXTERNAL_FILE = "model_turns.jsonl"
"""Holds the text of the public turns, under the labels' ids; docs/instruments.md says where it comes from."""

Rows = list[dict[str, Any]]


class Turns(NamedTuple):
    """Labelled turns, and what became of those that can't be read here."""

    cases: tuple[TurnCase, ...]
    left_out: Mapping[str, int]
    """How many turns are left out, by reason."""


def load_turns(external: Path | None = None, half: Half | None = None) -> Turns:
    """Load the labelled turns, our own first, each group in order of id.

    Args:
        external: A folder that holds the text of the public turns; None leaves these out.
        half: One half, or None for both.

    Raises:
        DataError: If the outside file is not what it must be.
    """
    problems = load_labelled_problems()
    cases: list[TurnCase] = []
    for row in _rows("turns.jsonl"):
        turn = LabelledTurn.model_validate(row)
        cases.append(TurnCase(turn, problems[turn.problem].form, real=turn.source != "written"))
    left_out: Counter[str] = Counter()
    texts = _external_texts(external)
    for row in _rows("turns_public.jsonl"):
        text = texts.get(row["id"])
        form = _public_form(text) if text else None
        if text is None:
            left_out["the text is in a file that is not here"] += _is_in(row["id"], half)
        elif form is None:
            left_out["no form holds the functions that it may call"] += _is_in(row["id"], half)
        else:
            said, model = "\n".join(text["user"]), str(text["model"])
            filled = {**row, "source": model, "said": said, "message": text["assistant"]}
            rival = str(text.get("llm_label", ""))
            cases.append(TurnCase(LabelledTurn.model_validate(filled), form, real=True, rival=rival))
    return Turns(tuple(case for case in cases if _is_in(case.turn.id, half)), dict(left_out))


def load_questions(half: Half | None = None) -> tuple[QuestionCase, ...]:
    """Load the labelled questions, in order of id, of one half or of both."""
    problems = load_labelled_problems()
    rows = [LabelledQuestion.model_validate(row) for row in _rows("questions.jsonl")]
    return tuple(
        QuestionCase(row, problem) for row in rows if _is_in(template_of(problem := problems[row.problem]), half)
    )


def load_replies(half: Half | None = None) -> tuple[ReplyCase, ...]:
    """Load the labelled replies, in order of problem and id, of one half or of both."""
    problems = load_labelled_problems()
    rows = [LabelledReply.model_validate(row) for row in _rows("replies.jsonl")]
    return tuple(ReplyCase(row, problem) for row in rows if _is_in(template_of(problem := problems[row.problem]), half))


def load_labelled_problems() -> dict[str, Problem]:
    """Load the problems that the labels speak of, by id: kept as they were when they were labelled."""
    return {row["id"]: Problem.model_validate(row) for row in _rows("problems.jsonl")}


def template_of(problem: Problem) -> str:
    """Return the name by which questions about a problem fall into a half."""
    return f"{problem.family}/{problem.template}"


def _is_in(name: str, half: Half | None) -> bool:
    return half is None or half_of(name) == half


@cache
def _rows(name: str) -> Rows:
    text = files("askfirst.data").joinpath("labelled", name).read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines()[1:]]  # the first line holds canary and schema


def _external_texts(folder: Path | None) -> Mapping[str, dict[str, Any]]:
    if folder is None:
        return {}
    path = folder / EXTERNAL_FILE
    if not path.is_file():
        raise DataError(f"{path}: not there; expected the text of the labelled public turns; name its folder")
    try:
        rows: Rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
        return {str(row["id"]): {key: row[key] for key in ("user", "assistant", "model")} | row for row in rows}
    except (ValueError, KeyError, TypeError) as error:
        raise DataError(
            f"{path}: not the labelled turns' file ({error}); expected one JSON object a line with id, user, assistant "
            "and model; get the right file"
        ) from error


def _public_form(text: Mapping[str, Any]) -> AnswerForm | None:
    if text["domain"] == "math":
        return NumberForm()
    return _function_forms().get(str(text["problem"]).rpartition("/")[2])


@cache
def _function_forms() -> Mapping[str, CallsForm]:
    """Return the forms of BFCL's parallel requests by id; none where the package is not installed."""
    try:
        file = bfcl.data_folder(None, bfcl_parallel.NAME) / f"BFCL_{bfcl.VERSION}_parallel.json"
    except DataError:
        return {}
    rows, _ = parse_rows(load_rows(file, None, bfcl_parallel.NAME), bfcl_parallel.Row)
    forms: dict[str, CallsForm] = {}
    for _, row in rows:
        if functions := [form for function in row.function if (form := _form_or_none(function)) is not None]:
            forms[row.id] = CallsForm(functions=tuple(functions))
    return forms


def _form_or_none(function: bfcl.Function) -> CallForm | None:
    try:
        return bfcl.to_form(function)
    except bfcl.UnsupportedError:
        return None
