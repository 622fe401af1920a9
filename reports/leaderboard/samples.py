"""One run of a scenario, as the leaderboard needs it: all measures, and what pictures and comparisons take besides."""

import hashlib
from collections.abc import Iterator, Mapping
from math import isnan
from typing import Any, NamedTuple

from askfirst.benchmark.measures import CONTRASTS, MEASURES
from askfirst.reports.gate.log_files import read_each
from askfirst.reports.gate.metrics import GATE_METRICS
from askfirst.reports.gate.runs import Run, to_run
from askfirst.reports.results import SCORE

UNBOUNDED = ("turns", "questions", "information_gain", "user_fault_rate")
"""Measures without an upper end."""

RANGES: Mapping[str, tuple[float, float]] = {
    **dict.fromkeys(UNBOUNDED, (0.0, float("inf"))),
    **dict.fromkeys(CONTRASTS, (-1.0, 1.0)),
}
"""Least and largest value, of measures that are not in [0, 1]."""


UNGATED = tuple(measure for measure in MEASURES if measure not in GATE_METRICS)
"""Measures that a gate's run leaves out."""


class Played(NamedTuple):
    """One sample of one epoch."""

    run: Run
    values: Mapping[str, float]
    """By measure; those that do not apply are missing."""
    hidden: tuple[str, ...]
    """Ids of the fragments that the opening withholds."""
    certificate: str
    attempt_turn: int | None
    """None without an attempt, and in logs that do not say."""
    gains: tuple[float | None, ...]
    """Each question's share of the best question's bits; empty in logs that do not say."""
    seconds: float | None
    """Of working time; None where the log does not say."""
    opening: str
    """Hash of what the subject read first, the target and what was withheld: equal means the same sample."""
    content: str
    """Hash of the target and what was withheld: equal means the same problem, whatever the condition."""

    @property
    def whole(self) -> bool:
        """Whether it came to its end and has scores."""
        return not self.run.errored and self.run.values is not None


def read_played(path: str) -> Iterator[Played]:
    """Read a log's samples one by one, in the log's order.

    Raises:
        LogError: If the summaries can't be read, or are not of askfirst.
    """
    return read_each(path, to_played)


def to_played(summary: Mapping[str, Any]) -> Played:
    """Read one run from a sample's summary.

    Raises:
        KeyError: If the summary lacks what every sample of askfirst has.
        ValueError: If a value is out of its range, or not a number.
    """
    run, metadata = to_run(summary), summary["metadata"]
    score = _mapping(_mapping(summary.get("scores")).get(SCORE))
    beside = _mapping(score.get("metadata"))
    hidden = tuple(map(str, metadata["hidden"]))
    content = "\0".join((run.problem, run.arm, *hidden, str(summary.get("target"))))
    gains: list[Any] = beside.get("gains") or []
    seconds = summary.get("working_time")
    return Played(
        run=run,
        values=_add_ungated(run.values or {}, _mapping(score.get("value"))),
        hidden=hidden,
        certificate=str(metadata["certificate"]),
        attempt_turn=None if beside.get("attempt_turn") is None else int(beside["attempt_turn"]),
        gains=tuple(_gain(gain) for gain in gains),
        seconds=None if seconds is None else float(seconds),
        opening=_digest(f"{content}\0{summary.get('input')}"),
        content=_digest(content),
    )


def _add_ungated(gated: Mapping[str, float], values: Mapping[str, Any]) -> dict[str, float]:
    found = dict(gated)
    for measure in UNGATED:
        value = values.get(measure)
        # unscored is NaN in memory and may be null in a file
        if value is None or isnan(value):
            continue
        least, most = RANGES.get(measure, (0.0, 1.0))
        if not least <= value <= most:
            raise ValueError(f"{measure} is {value!r}, not in {least:g} to {most:g}")
        found[measure] = float(value)
    return found


def _gain(value: Any) -> float | None:
    if value is not None and not 0 <= value <= 1:
        raise ValueError(f"a gain is {value!r}, not in 0 to 1")
    return value if value is None else float(value)


def _mapping(value: Any) -> Mapping[str, Any]:
    return value or {}


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()[:16]
