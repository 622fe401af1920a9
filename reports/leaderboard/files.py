"""The leaderboard as files: JSON, CSV, and how a new report replaces a folder's earlier one, whole or not at all."""

import csv
import io
import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from math import isfinite
from pathlib import Path
from typing import Any, cast

from pydantic import ValidationError

from askfirst.benchmark.errors import LogError
from askfirst.benchmark.measures import MEASURES
from askfirst.reports.leaderboard.board import SCHEMA_VERSION, Entry, Leaderboard, Slice

JSON_NAME = "leaderboard.json"
CSV_NAME = "leaderboard.csv"

COLUMNS: Mapping[str, str] = {
    "board": "Title of the board: what its rows have in common",
    "entry": "Key of the row's entry in leaderboard.json",
    "model": "The model, or the reference policy",
    "policy": "true for a reference policy, which has no rank",
    "newest": "false for an older run of a model, which has no rank",
    "date": "Day of its log, YYYY-MM-DD",
    "series": "The model, or the training run of a checkpoint",
    "step": "Of a training run's checkpoint; else empty",
    "slice": "all, family:<name>, level:<number> or template:<name>",
    "problems": "Problems of the slice",
    "rank_best": "Best place that paired differences allow, from 1",
    "rank_worst": "Worst place that they allow",
    "place": "Place by the mean of joint_success; equal means share it",
}
"""The columns before those of the measures, and what they hold."""

FIGURES: Mapping[str, str] = {
    "mean": "mean over problems",
    "low": "lower bound of its 95% interval, clustered by template",
    "high": "upper bound",
    "n": "problems in the mean",
}
"""The columns of each measure: `<measure>_<figure>`; empty where a slice has no value, or no interval."""

MAX_SAID = 200
"""Characters that an error quotes of a file."""

FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""How a cell begins that a spreadsheet would run: such text gets an apostrophe before it."""


def render_json(leaderboard: Leaderboard) -> str:
    """Write a leaderboard as JSON: equal leaderboards, equal bytes."""
    return json.dumps(leaderboard.model_dump(mode="json"), allow_nan=False, separators=(",", ":")) + "\n"


def load_json(folder: Path) -> Leaderboard:
    """Load the leaderboard of a folder.

    Raises:
        LogError: If there is none, or it is not of this version.
    """
    path = folder / JSON_NAME
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise LogError(f"{path}: not readable ({error}); expected a report; name the folder of one") from error
    try:
        board = Leaderboard.model_validate_json(text)
    except ValidationError as error:
        raise LogError(
            f"{path}: {describe_first(error)}; expected a report of schema {SCHEMA_VERSION}; make it again"
        ) from error
    if not is_finite(board.model_dump()):
        raise LogError(f"{path}: holds a number that is not finite; expected finite ones; make it again")
    return board


def describe_first(error: ValidationError) -> str:
    """Say where the first of a value's faults is, and what was found there, in one line."""
    first = error.errors(include_url=False)[0]
    said = " ".join(first["msg"].removeprefix("Value error, ").split())[:MAX_SAID]
    found = f", got {first['input']!r}"[:MAX_SAID] if isinstance(first["input"], str | int | float | None) else ""
    return f"{'.'.join(map(str, first['loc'])) or 'content'}: {said}{found}"


def is_finite(value: Any) -> bool:
    """Say whether every number within a value is finite: others can't be written as JSON again."""
    if isinstance(value, Mapping):
        return all(map(is_finite, cast(Mapping[Any, Any], value).values()))
    if isinstance(value, list | tuple):
        return all(map(is_finite, cast(Sequence[Any], value)))
    return not isinstance(value, float) or isfinite(value)


def render_csv(leaderboard: Leaderboard) -> str:
    """Write a leaderboard as CSV: one row an entry and slice, in the order of the boards."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(describe_columns())
    for board in leaderboard.boards:
        for key in board.order:
            entry = leaderboard.entries[key]
            writer.writerows(_row(board.title, entry, name, each) for name, each in entry.slices.items())
    return out.getvalue()


def describe_columns() -> dict[str, str]:
    """Return what each column of the CSV holds, by name, in order."""
    return dict(COLUMNS) | {
        f"{measure}_{figure}": f"{measure}: {meaning}" for measure in MEASURES for figure, meaning in FIGURES.items()
    }


def write_files(folder: Path, content: Mapping[str, bytes], stale: Collection[str] = ()) -> None:
    """Write a report's files; an earlier report is replaced only when all of the new one is on the disk.

    Args:
        folder: Where to; made if need be. Other files in it stay.
        content: By path below the folder.
        stale: Files that go once the others are written, where they are there.

    Raises:
        LogError: If the folder is a file or can't be written; then what was there before is as it was.
    """
    made: list[Path] = []
    partials: dict[Path, Path] = {}
    try:
        if folder.exists() and not folder.is_dir():
            raise LogError(f"{folder}: is a file; expected a folder, or nothing; choose another -o")
        made += _missing(folder)
        for name, data in content.items():
            path = folder / name
            made += [each for each in _missing(path.parent) if each not in made]
            path.parent.mkdir(parents=True, exist_ok=True)
            if path.is_dir():
                raise IsADirectoryError(0, f"{name} is a folder")
            partial = path.with_name(f".{path.name}.partial")
            partials[partial] = path
            partial.write_bytes(data)
        for partial, path in partials.items():
            partial.replace(path)
        for name in stale:
            (folder / name).unlink(missing_ok=True)
    except OSError as error:
        for partial in partials:
            partial.unlink(missing_ok=True)
        for each in sorted(made, key=lambda path: -len(path.parts)):
            with suppress(OSError):  # it was never made, or holds what others put there
                each.rmdir()
        raise LogError(
            f"{folder}: can't be written ({error.strerror}); expected room and rights; choose another -o"
        ) from error


def _missing(folder: Path) -> Iterator[Path]:
    """Yield a folder and those above it that are not there yet, the lowest first."""
    while not folder.exists() and folder != folder.parent:
        yield folder
        folder = folder.parent


def _row(board: str, entry: Entry, name: str, each: Slice) -> list[str]:
    rank = each.rank
    cells: list[object] = [
        board,
        entry.key,
        entry.model,
        str(entry.policy).lower(),
        str(entry.newest).lower(),
        entry.date,
        entry.series,
        entry.step,
        name,
        each.problems,
        *((rank.best, rank.worst, rank.place) if rank else (None, None, None)),
    ]
    for measure in MEASURES:
        estimate = each.estimates.get(measure)
        cells += [None if estimate is None else getattr(estimate, figure) for figure in FIGURES]
    return [_cell(cell) for cell in cells]


def _cell(value: object) -> str:
    if value is None:
        return ""
    text = str(value)
    return f"'{text}" if isinstance(value, str) and text.startswith(FORMULA) else text
