"""Losses that someone has accepted for a while, in a file beside the policy that is committed with it.

Every entry says who, why and until when. None may last longer than a year: what is accepted for ever is a new baseline.
"""

import datetime
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, cast, get_args

from askfirst.benchmark.errors import GateError
from askfirst.benchmark.scenario import Condition
from askfirst.reports.gate.metrics import GATE_METRICS
from askfirst.reports.gate.policy import read_toml
from askfirst.reports.gate.saving import save_text
from askfirst.reports.gate.verdict import Acknowledgement

FILE = "gate-acks.toml"
"""The file's name; it lies where the policy lies."""

TABLE = "acknowledgement"

LONGEST = datetime.timedelta(days=366)
"""How far ahead an entry may expire."""


def add_acknowledgement(path: Path, entry: Acknowledgement, today: datetime.date) -> None:
    """Add an entry at the end of the file, which is made if it is not there.

    Raises:
        GateError: If the entry expires in the past or in more than a year, says no reason or an unknown metric, or the
            file is not what it must be.
    """
    where = f"{path}: {entry.metric}"
    _check(entry, where, today)
    if _parse_day(entry.expires, where) < today:
        raise GateError(f"{where}: expires {entry.expires}, in the past; expected {today} or later; choose another day")
    load_acknowledgements(path, today)
    before = path.read_text(encoding="utf-8") if path.exists() else ""
    gap = "\n" if before and not before.endswith("\n\n") else ""
    save_text(path, before + gap + _render(entry))


def load_acknowledgements(path: Path, today: datetime.date) -> tuple[Acknowledgement, ...]:
    """Load all entries of a file in its order, expired ones too; none where there is no file.

    Raises:
        GateError: If an entry is not what it must be.
    """
    if not path.exists():
        return ()
    table = read_toml(path)
    if unknown := sorted(set(table) - {TABLE}):
        raise GateError(f"{path}: {unknown[0]}: unknown; expected tables [[{TABLE}]]; correct it")
    entries = table.get(TABLE, [])
    if not isinstance(entries, list):
        raise GateError(f"{path}: {TABLE}: not a list of tables; expected [[{TABLE}]]; correct it")
    return tuple(
        _to_entry(entry, f"{path}: {TABLE} {number}", today)
        for number, entry in enumerate(cast("list[Any]", entries), 1)
    )


def active(entries: Sequence[Acknowledgement], today: datetime.date) -> tuple[Acknowledgement, ...]:
    """Return the entries that count today: each does on the day on which it expires, too."""
    return tuple(entry for entry in entries if datetime.date.fromisoformat(entry.expires) >= today)


def _to_entry(entry: Any, where: str, today: datetime.date) -> Acknowledgement:
    allowed = list(Acknowledgement.model_fields)
    if not isinstance(entry, dict):
        raise GateError(f"{where}: {entry!r}; expected a table with {', '.join(allowed)}; correct it")
    # TOML knows days; people write them in quotes, too
    values = {str(key): str(value) for key, value in cast("dict[Any, Any]", entry).items()}
    if unknown := [key for key in values if key not in allowed]:
        raise GateError(f"{where}: {unknown[0]}: unknown key; expected one of {', '.join(allowed)}; correct it")
    if lacking := [key for key in ("metric", "expires", "reason") if key not in values]:
        raise GateError(f"{where}: has no {lacking[0]!r}; expected metric, expires and reason; add it")
    made = Acknowledgement(**values)
    _check(made, where, today)
    return made


def _check(entry: Acknowledgement, where: str, today: datetime.date) -> None:
    if entry.metric not in GATE_METRICS:
        raise GateError(f"{where}: unknown metric; expected one of {', '.join(GATE_METRICS)}; correct it")
    if entry.condition and entry.condition not in get_args(Condition):
        raise GateError(
            f"{where}: condition {entry.condition!r}; expected one of {', '.join(get_args(Condition))}; correct it"
        )
    if not entry.reason.strip():
        raise GateError(f"{where}: empty reason; expected why the loss is accepted; say it")
    if _parse_day(entry.expires, where) > today + LONGEST:
        raise GateError(
            f"{where}: expires {entry.expires}, in more than a year; expected {today + LONGEST} at the latest; "
            "promote a new baseline instead"
        )


def _parse_day(text: str, where: str) -> datetime.date:
    try:
        day = datetime.date.fromisoformat(text)
    except ValueError:
        day = None
    # other spellings of a day would not be in order of time
    if day is None or day.isoformat() != text:
        raise GateError(f"{where}: expires {text!r}; expected a day such as 2026-01-31; correct it")
    return day


def _render(entry: Acknowledgement) -> str:
    lines = [f"{name} = {_quote(value)}" for name, value in entry.model_dump().items() if value and name != "expires"]
    return "\n".join([f"[[{TABLE}]]", *lines, f"expires = {entry.expires}", ""])


def _quote(text: str) -> str:
    # a JSON string is a TOML string, but for DEL
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007F")
