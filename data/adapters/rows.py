"""Rows of public data sets: from a local copy, or from where they are published, each checked against its schema.

What is published is pinned: on the Hub by revision, elsewhere by commit and checksum.

A row that does not match is left out with file, row and field; where none matches, the file is of another schema and
loading fails with the first row's fault.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple, TypeVar, cast

from pydantic import BaseModel, ConfigDict, ValidationError

from askfirst.benchmark.errors import DataError
from askfirst.benchmark.problem import Frozen
from askfirst.data.adapters.web import Web, fetch_file


class RowModel(BaseModel):
    """A source's row: the fields that are used; others are ignored."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class Hub(NamedTuple):
    """A data set on the Hub."""

    id: str
    revision: str
    """A commit, so that the rows never change under a result."""
    split: str
    config: str | None = None
    file: str = ""
    """The one file that is read as it is, for sets whose rows are too unlike each other for a table; else empty."""


class RawRow(NamedTuple):
    """One row as it came."""

    where: str
    """File and line, or data set and row, for messages."""
    fields: Mapping[str, Any]


class LeftOut(Frozen):
    """A row that gives no problem."""

    where: str
    """File and row."""
    reason: str
    """A short phrase that rows with the same fault share; results count by it."""
    detail: str = ""
    """What exactly was found, for people."""


AnyRow = TypeVar("AnyRow", bound=RowModel)


def load_rows(path: Path | None, origin: Hub | Web | None, name: str) -> Iterator[RawRow]:
    """Yield raw rows from a local copy if a path is given, else from where the set is published.

    Args:
        path: A `.json` (a list), `.jsonl` or `.parquet` file, a folder of them, or a folder that `datasets` saved.
        origin: Where the set is published; None where only a local copy will do.
        name: The adapter's name, for messages.

    Raises:
        DataError: If the path is missing or not readable, or the set can't be reached, or there is no way to get it.
    """
    if path is not None:
        return _read_path(path)
    if origin is None:
        raise DataError(f"{name}: no path; expected a local copy; give it with -T path=FILE")
    if isinstance(origin, Web):
        return _read_path(fetch_file(origin, name))
    return _read_hub_file(origin, name) if origin.file else _read_hub(origin, name)


def parse_rows(rows: Iterator[RawRow], row_type: type[AnyRow]) -> tuple[list[tuple[RawRow, AnyRow]], list[LeftOut]]:
    """Check rows against their schema.

    Returns:
        Each raw row with its parsed one, and the rows that don't match.

    Raises:
        DataError: If there are no rows, or none of them matches.
    """
    parsed: list[tuple[RawRow, AnyRow]] = []
    left_out: list[LeftOut] = []
    raw = None
    for raw in rows:
        try:
            parsed.append((raw, row_type.model_validate(raw.fields)))
        except ValidationError as error:
            left_out.append(LeftOut(where=raw.where, reason="not of the schema", detail=_first_fault(error)))
    if raw is None:
        raise DataError(f"{row_type.__name__}: the source has no rows; expected at least one; check the file")
    if not parsed:
        first = left_out[0]
        raise DataError(
            f"{first.where}: {first.detail}; expected rows with {sorted(row_type.model_fields)!r}; check the file"
        )
    return parsed, left_out


def _first_fault(error: ValidationError) -> str:
    first = error.errors()[0]
    field = ".".join(str(part) for part in first["loc"]) or "row"
    return f"field {field!r}: {first['msg']}"


def _read_path(path: Path) -> Iterator[RawRow]:
    if not path.exists():
        raise DataError(f"{path}: not there; expected a local copy of the data set; check -T path=")
    if path.is_dir() and (path / "dataset_info.json").is_file():
        yield from _read_saved(path)
        return
    kinds = (".json", ".jsonl", ".parquet")
    files = sorted(file for file in path.iterdir() if file.suffix in kinds) if path.is_dir() else [path]
    if not files:
        raise DataError(f"{path}: found none of {kinds!r} in this folder; expected a local copy; check -T path=")
    for file in files:
        if file.suffix == ".parquet":
            yield from _read_parquet(file)
        elif file.suffix == ".jsonl":
            yield from _read_lines(file)
        else:
            yield from _read_json(file)


def _read_text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise DataError(f"{file}: not readable as UTF-8 text ({error}); expected JSON; mend the file") from error


def _read_lines(file: Path) -> Iterator[RawRow]:
    for number, line in enumerate(_read_text(file).splitlines(), start=1):
        if line.strip():
            yield _to_row(_parse_json(line, f"{file}:{number}"), f"{file}:{number}")


def _read_json(file: Path) -> Iterator[RawRow]:
    text = _read_text(file)
    if text.lstrip()[:1] == "{":  # one object a line, whatever the file is called
        yield from _read_lines(file)
        return
    content = _parse_json(text, str(file))
    if not isinstance(content, list):
        raise DataError(f"{file}: holds {type(content).__name__}; expected a list of rows; check the file")
    for number, row in enumerate(cast(Sequence[Any], content), start=1):
        yield _to_row(row, f"{file}:row {number}")


def _parse_json(text: str, where: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise DataError(f"{where}: no JSON ({error}); expected one object a row; mend the file") from error


def _to_row(row: Any, where: str) -> RawRow:
    if not isinstance(row, dict):
        raise DataError(f"{where}: {type(row).__name__}; expected an object; mend the file")
    return RawRow(where, cast(dict[str, Any], row))


def _read_parquet(file: Path) -> Iterator[RawRow]:
    loaded = _datasets().Dataset.from_parquet(str(file))
    for number, row in enumerate(loaded, start=1):
        yield RawRow(f"{file}:row {number}", row)


def _read_saved(folder: Path) -> Iterator[RawRow]:
    for number, row in enumerate(_datasets().load_from_disk(str(folder)), start=1):
        yield RawRow(f"{folder}:row {number}", row)


def _read_hub(hub: Hub, name: str) -> Iterator[RawRow]:
    library = _datasets()
    unreachable: tuple[type[Exception], ...] = (OSError, ValueError, RuntimeError, library.exceptions.DatasetsError)
    try:
        loaded = library.load_dataset(hub.id, hub.config, split=hub.split, revision=hub.revision)
    except unreachable as error:
        raise _unreachable(hub, name, error) from error
    for number, row in enumerate(loaded, start=1):
        yield RawRow(f"{hub.id}:row {number}", row)


def _read_hub_file(hub: Hub, name: str) -> Iterator[RawRow]:
    library: Any = import_module("huggingface_hub")
    try:
        file = library.hf_hub_download(hub.id, hub.file, repo_type="dataset", revision=hub.revision)
    except (OSError, ValueError, RuntimeError) as error:
        raise _unreachable(hub, name, error) from error
    yield from _read_path(Path(file))


def _unreachable(hub: Hub, name: str, error: Exception) -> DataError:
    first_line = next(iter(str(error).splitlines()), "no message")
    return DataError(
        f"{name}: {hub.id} at revision {hub.revision!r} can't be loaded ({type(error).__name__}: {first_line}); "
        "expected access to the Hub; go online, or give a local copy with -T path=FILE"
    )


def _datasets() -> Any:
    """Import the library where it is needed: it takes a second, which no other task should pay."""
    return import_module("datasets")
