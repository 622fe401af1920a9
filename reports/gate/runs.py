"""One run of a scenario, as the summaries of a log have it."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from askfirst.reports.gate.metrics import GATE_METRICS
from askfirst.reports.gate.release import Usage
from askfirst.reports.results import SCORE

INPUT_TOKENS = ("input_tokens", "input_tokens_cache_read", "input_tokens_cache_write")


class Run(NamedTuple):
    """One sample of one epoch, as a log's summaries have it."""

    sample: str
    epoch: int
    problem: str
    template: str
    family: str
    level: int
    arm: str
    arms: tuple[str, ...]
    """All arms that the evaluation has of the problem."""
    condition: str
    settings: tuple[tuple[str, str], ...]
    """Names and values of what the scenario was made with."""
    uuid: str
    errored: bool
    values: Mapping[str, float] | None
    """Those that apply, of the gate's metrics; None without scores."""
    unsure: bool
    """Whether the matcher only guessed what some question asked for."""
    usage: Usage
    """Of the subject."""


def to_run(summary: Mapping[str, Any]) -> Run:
    """Read one run from a sample's summary.

    Raises:
        KeyError: If the summary lacks what every sample of askfirst has.
        ValueError: If a value is out of its range, or not a number.
    """
    metadata = _mapping(summary["metadata"])
    score = _mapping(summary.get("scores")).get(SCORE)
    values = _mapping(_mapping(score)["value"]) if score else None
    return Run(
        sample=str(summary["id"]),
        epoch=int(summary["epoch"]),
        problem=str(metadata["problem_id"]),
        template=str(metadata["template"]),
        family=str(metadata["family"]),
        level=int(metadata["level"]),
        arm=str(metadata["arm"]),
        arms=tuple(map(str, metadata["arms"])),
        condition=str(metadata["condition"]),
        settings=_settings(metadata),
        uuid=str(summary.get("uuid") or ""),
        errored=summary.get("error") is not None,
        values=None if values is None else _gateable(values),
        unsure=values is not None and (values.get("unsure_rate") or 0.0) > 0,
        usage=_subject_usage(summary),
    )


def _gateable(values: Mapping[str, Any]) -> dict[str, float]:
    # unscored is NaN in memory and may be null in a file
    found = {
        metric: value
        for metric, value in values.items()
        if value is not None and value == value and metric in GATE_METRICS
    }
    if found and not 0 <= min(found.values()) <= max(found.values()) <= 1:
        metric = next(metric for metric, value in found.items() if not 0 <= value <= 1)
        raise ValueError(f"{metric} is {found[metric]!r}, not in 0 to 1")
    return found


def _settings(metadata: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    return (
        # the scenarios of logs from before there were personas have none
        ("persona", str(metadata.get("persona", "cooperative"))),
        ("system message", str(metadata["system"])),
        ("protocol", str(metadata["protocol"])),
        ("on attempt", str(metadata["on_attempt"])),
        ("max turns", str(metadata["max_turns"])),
        ("arms", "+".join(map(str, metadata["arms"]))),
    )


def _subject_usage(summary: Mapping[str, Any]) -> Usage:
    # usage by model includes the roles'; the subject has no role
    models, roles = (
        [_mapping(usage) for usage in _mapping(summary.get(key)).values()] for key in ("model_usage", "role_usage")
    )
    priced = bool(models) and all(usage.get("total_cost") is not None for usage in (*models, *roles))
    return Usage(
        # a system message, then the user and the subject take turns; a user model's own calls are no messages
        calls=int(summary.get("message_count") or 0) // 2,
        input_tokens=_add(INPUT_TOKENS, models) - _add(INPUT_TOKENS, roles),
        output_tokens=_add(("output_tokens",), models) - _add(("output_tokens",), roles),
        cost_usd=_add(("total_cost",), models) - _add(("total_cost",), roles) if priced else None,
    )


def _add(fields: Sequence[str], usages: Sequence[Mapping[str, Any]]) -> Any:
    return sum(usage.get(field) or 0 for usage in usages for field in fields)


def _mapping(value: Any) -> Mapping[str, Any]:
    return value or {}
