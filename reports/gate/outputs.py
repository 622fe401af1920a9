"""A check's files: `gate.json`, and what is made from it alone."""

import json
from collections.abc import Mapping
from math import isfinite
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NoReturn, cast

from pydantic import BaseModel, ValidationError

from askfirst.benchmark.errors import GateError
from askfirst.reports.gate.junit import render_junit
from askfirst.reports.gate.markdown import JOB_SUMMARY_LIMIT, render_markdown
from askfirst.reports.gate.picture import render_picture
from askfirst.reports.gate.verdict import SCHEMA_VERSION, GateReport


def write_outputs(report: GateReport, folder: Path, markdown_limit: int = JOB_SUMMARY_LIMIT) -> tuple[Path, ...]:
    """Write `gate.md`, `gate.xml`, `gate.svg` and `gate.json` into a folder, which is made if need be.

    Equal reports give equal bytes. Each file is there in full or as it was before; `gate.json` comes last.

    Args:
        report: What the check found.
        folder: Where to write.
        markdown_limit: Bytes that `gate.md` may have.

    Returns:
        The files' paths.

    Raises:
        GateError: If they can't be written.
    """
    contents = {
        "gate.md": render_markdown(report, markdown_limit).encode(),
        "gate.xml": render_junit(report),
        "gate.svg": render_picture(report),
        "gate.json": to_json(report),
    }
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(prefix=".gate-", dir=folder) as parts:
            for name, content in contents.items():
                (Path(parts) / name).write_bytes(content)
            for name in contents:
                (Path(parts) / name).replace(folder / name)
    except OSError as error:
        raise GateError(
            f"{folder}: can't be written ({error.strerror}); expected a writable folder with room; choose another"
        ) from error
    return tuple(folder / name for name in contents)


def to_json(report: GateReport) -> bytes:
    """Write a report as JSON: fields in the order of `verdict.py`, mappings by key, numbers without an end as text."""
    text = json.dumps(_to_plain(report), indent=2, ensure_ascii=False, allow_nan=False)
    # half a surrogate pair, which a model may write, has no UTF-8; this leaves JSON's own escape
    return f"{text}\n".encode(errors="backslashreplace")


def read_report(path: Path) -> GateReport:
    """Read a report that `write_outputs` wrote.

    Raises:
        GateError: If it can't be read, is no report, or is of another schema version.
    """
    try:
        content: Any = json.loads(path.read_bytes(), parse_constant=_refuse)
    except OSError as error:
        raise GateError(f"{path}: can't be read ({error.strerror}); expected a gate.json; check the path") from error
    except (ValueError, RecursionError) as error:
        raise GateError(f"{path}: not JSON ({error}); expected a gate.json; run the check again") from error
    found = cast("dict[str, Any]", content).get("schema_version") if isinstance(content, dict) else None
    if type(found) is not int or found != SCHEMA_VERSION:
        raise GateError(
            f"{path}: schema version {found!r}; expected {SCHEMA_VERSION}; run the check again with this askfirst, "
            "or read it with the one that wrote it"
        )
    try:
        return GateReport.model_validate(content)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        where = ".".join(map(str, first["loc"]))
        raise GateError(f"{path}: {where}: {first['msg']}; expected a gate.json; run the check again") from error


def _to_plain(value: Any) -> Any:
    if isinstance(value, BaseModel):
        return {name: _to_plain(getattr(value, name)) for name in type(value).model_fields}
    if isinstance(value, Mapping):
        mapping = cast("Mapping[str, Any]", value)
        return {key: _to_plain(mapping[key]) for key in sorted(mapping)}
    if isinstance(value, tuple):
        return [_to_plain(item) for item in cast("tuple[Any, ...]", value)]
    if isinstance(value, float) and not isfinite(value):
        return {float("inf"): "Infinity", float("-inf"): "-Infinity"}.get(value, "NaN")
    return value


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is no JSON")
