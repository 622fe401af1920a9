"""A release as a committed file: everything that later checks need of it, and who made it the baseline.

Equal releases give equal bytes. One row is one line, so that a diff shows which problems changed.
"""

import datetime
import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Literal

from pydantic import Field, ValidationError

from askfirst.benchmark.errors import GateError
from askfirst.benchmark.problem import Frozen
from askfirst.reports.gate.invalid import InvalidReleaseError, unusable
from askfirst.reports.gate.metrics import GATE_METRICS
from askfirst.reports.gate.parts import PARTS
from askfirst.reports.gate.release import Bounds, Identity, Missing, Release, ReleaseRow, Usage
from askfirst.reports.gate.saving import save_text
from askfirst.reports.gate.short_numbers import lengthen, shorten

SCHEMA_VERSION = 1
"""Goes up whenever a field changes its meaning or goes away."""


class Promotion(Frozen):
    """Who made a release the baseline, when and why."""

    by: str = Field(min_length=1)
    reason: str = Field(min_length=1)
    date: str = Field(pattern=r"\d{4}-\d\d-\d\d")


class _Row(Frozen):
    problem: str
    condition: str
    template: str
    family: str
    level: int
    epochs: int
    values: tuple[int | float | str | None, ...]
    """In the order of the file's metrics."""
    parts: tuple[int | float | str | None, ...]
    """In the order of the file's parts."""
    bounds: Mapping[str, Bounds] = {}
    unsure_bounds: Mapping[str, Bounds] = {}


class _File(Frozen):
    schema_version: Literal[1]
    sha256: str
    promoted: Promotion
    name: str
    date: str
    promoted_from: str
    samples: int = Field(ge=1)
    missing: Mapping[Missing, int]
    usage: Usage
    metrics: tuple[str, ...]
    parts: tuple[str, ...]
    identities: tuple[Identity, ...] = Field(min_length=1)
    rows: tuple[_Row, ...] = Field(min_length=1)


def promote(release: Release, by: str, reason: str, date: str) -> str:
    """Return the text of the baseline file of a release.

    Args:
        release: The release.
        by: Who promotes it.
        reason: Why, in a sentence.
        date: The day, YYYY-MM-DD.

    Raises:
        GateError: If any of the three is missing, or the date is none.
    """
    promoted = {"by": _need("by", by), "reason": _need("reason", reason), "date": _need("date", date)}
    try:
        datetime.date.fromisoformat(date)
    except ValueError as error:
        raise GateError(f"date: {date!r}; expected a day such as 2026-01-31; correct it") from error
    used = {metric for row in release.rows for metric in (*row.values, *row.bounds)}
    metrics = [metric for metric in GATE_METRICS if metric in used]
    content: dict[str, Any] = {
        "schema_version": SCHEMA_VERSION,
        "promoted": promoted,
        "name": release.name,
        "date": release.date,
        "promoted_from": release.source,
        "samples": release.samples,
        "missing": dict(release.missing),
        "usage": release.usage.model_dump(exclude_none=True),
        "metrics": metrics,
        "parts": list(PARTS),
        "identities": [identity.model_dump() for identity in release.identities],
        "rows": [_to_row(row, metrics) for row in release.rows],
    }
    return _render({"schema_version": SCHEMA_VERSION, "sha256": hash_content(content), **content})


def write_baseline(path: Path, release: Release, by: str, reason: str, date: str) -> None:
    """Write the baseline file of a release at once: there is never half of one.

    Raises:
        GateError: As `promote`, or if the file can't be written.
    """
    save_text(path, promote(release, by, reason, date))


def is_baseline(path: str) -> bool:
    """Say whether a path is a baseline file rather than logs, by how the file begins: also if its end is damaged."""
    file = Path(path)
    if not file.is_file():
        return False
    with file.open("rb") as opened:
        return b'"schema_version"' in opened.read(100)


def load_baseline(path: Path) -> Release:
    """Load a release from its baseline file.

    Raises:
        GateError: If there is no such file.
        InvalidReleaseError: If it is cut off, of another schema version, or not what was promoted.
    """
    content = _read(path)
    if content.get("schema_version") != SCHEMA_VERSION:
        raise _invalid(
            path,
            f"schema version {content.get('schema_version')!r}; expected {SCHEMA_VERSION}; "
            "promote it again from its logs with this askfirst",
        )
    digest = hash_content({name: value for name, value in content.items() if name != "sha256"})
    if content.get("sha256") != digest:
        raise _invalid(
            path, f"hash {content.get('sha256')!r}; expected {digest!r}: it was changed by hand; restore or promote it"
        )
    try:
        return _to_release(path, _File.model_validate(content))
    except (ValidationError, ValueError) as error:
        first = error.errors()[0] if isinstance(error, ValidationError) else None
        found = f"{'.'.join(map(str, first['loc']))}: {first['msg']}" if first else str(error)
        raise _invalid(path, f"{found}; expected a file of `askfirst gate promote`; promote it again") from error


def hash_content(content: Mapping[str, Any]) -> str:
    """Return the SHA-256 of a file's content without its hash; white space and order of keys don't matter."""
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return hashlib.sha256(text.encode()).hexdigest()


def _read(path: Path) -> dict[str, Any]:
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise GateError(
            f"{path}: not readable ({error.strerror}); expected a baseline file; write one with `askfirst gate promote`"
        ) from error
    except UnicodeDecodeError as error:
        raise _invalid(path, "not a text in UTF-8; expected a baseline file; restore it") from error
    try:
        content: Any = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise _invalid(path, f"not whole JSON ({error}); expected a baseline file; restore it") from error
    if not isinstance(content, dict):
        raise _invalid(path, "not a JSON object; expected a baseline file; restore it")
    return content  # pyright: ignore[reportUnknownVariableType] # checked after


def _to_row(row: ReleaseRow, metrics: list[str]) -> dict[str, Any]:
    values, parts = _to_column(row.values, metrics), _to_column(row.parts, PARTS)
    spans = {"bounds": row.bounds, "unsure_bounds": row.unsure_bounds}
    return {
        "problem": row.problem,
        "condition": row.condition,
        "template": row.template,
        "family": row.family,
        "level": row.level,
        "epochs": row.epochs,
        "values": values,
        "parts": parts,
    } | {name: {metric: list(span) for metric, span in found.items()} for name, found in spans.items() if found}


def _to_column(found: Mapping[str, float], names: Iterable[str]) -> list[int | float | str | None]:
    return [shorten(found[name]) if name in found else None for name in names]


def _from_column(names: Sequence[str], column: Sequence[int | float | str | None]) -> dict[str, float]:
    return {name: lengthen(value) for name, value in zip(names, column, strict=True) if value is not None}


def _to_release(path: Path, file: _File) -> Release:
    rows = tuple(
        ReleaseRow(
            condition=row.condition,
            problem=row.problem,
            template=row.template,
            family=row.family,
            level=row.level,
            epochs=row.epochs,
            values=_from_column(file.metrics, row.values),
            parts=_from_column(file.parts, row.parts),
            bounds=row.bounds,
            unsure_bounds=row.unsure_bounds,
        )
        for row in file.rows
    )
    return Release(
        name=file.name,
        date=file.date,
        source=str(path),
        rows=rows,
        identities=file.identities,
        samples=file.samples,
        missing=file.missing,
        usage=file.usage,
    )


def _render(content: Mapping[str, Any]) -> str:
    parts = [f"{_dump(name)}: {_render_value(value)}" for name, value in content.items()]
    return "{\n" + ",\n".join(parts) + "\n}\n"


def _render_value(value: Any) -> str:
    # one identity and one row a line
    if isinstance(value, list) and value and isinstance(value[0], dict):
        return "[\n" + ",\n".join(map(_dump, value)) + "\n]"  # pyright: ignore[reportUnknownArgumentType]
    return _dump(value)


def _dump(value: Any) -> str:
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False)


def _need(what: str, text: str) -> str:
    if not text.strip():
        raise GateError(f"{what}: empty; expected who promotes the baseline, why and when; say it")
    return text


def _invalid(path: Path, found: str) -> InvalidReleaseError:
    return InvalidReleaseError([unusable(f"baseline {path}", found, "baseline")])
