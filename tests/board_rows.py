"""Hand-built rows of problems and loaded logs that tests of the leaderboard share."""

from collections.abc import Mapping, Sequence
from typing import Any

from askfirst.reports.leaderboard.board import Usage
from askfirst.reports.leaderboard.loading import Candidate, Loaded
from askfirst.reports.leaderboard.naming import ModelName
from askfirst.reports.leaderboard.problems import Problem

SETTINGS = {
    "task": "askfirst/suite",
    "task version": "4",
    "condition": "ask",
    "persona": "cooperative",
    "user": "rules",
    "protocol": "marked",
    "system message": "neutral",
    "on attempt": "end",
    "arms": "under+full+decoy",
    "max turns": "10",
    "hide": "some",
}


def problem(number: int, *, family: str = "sql", seed: int = 0, **fields: Any) -> Problem:
    """Return a problem of a template of its own; `fields` replaces any field."""
    name = f"{family}/t{number}/0"
    made: dict[str, Any] = {
        "name": name,
        "template": f"{family}/t{number}",
        "family": family,
        "level": 1,
        "hidden": 1,
        "certificate": "proved",
        "complete": True,
        "values": {"joint_success": 1.0},
        "parts": (),
        "gains": (),
        "opening": f"{name} {seed}",
        "content": f"{name} {seed}",
    }
    return Problem(**(made | fields))


def loaded(
    model: str,
    problems: Sequence[Problem],
    *,
    day: str = "2026-05-01",
    data: str = "d0",
    settings: Mapping[str, str] | None = None,
    candidates: Sequence[Candidate] = (),
    policy: bool = False,
) -> Loaded:
    """Return a log of a model."""
    return Loaded(
        path=f"/logs/{model}.eval",
        eval_id=f"{model} {day} {data}",
        name=ModelName(model, model, policy, model, None),
        created=f"{day}T12:00:00+00:00",
        settings=SETTINGS | dict(settings or {}),
        data=data,
        identities={"reader": "r1"},
        command="inspect eval",
        problems=tuple(problems),
        samples=3 * len(problems),
        errored=0,
        unsure=0,
        usage=Usage(calls=1, input_tokens=0, output_tokens=0, cost_usd=None, seconds=None),
        timing=(),
        candidates=tuple(candidates),
    )
