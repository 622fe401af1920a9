"""Logs and releases that the gate's tests make by hand."""

from collections.abc import Mapping, Sequence
from math import nan
from pathlib import Path
from typing import Any

import pytest
from inspect_ai.log import EvalConfig, EvalDataset, EvalError, EvalLog, EvalPlan, EvalSample, EvalSpec, write_eval_log
from inspect_ai.model import GenerateConfig, ModelUsage
from inspect_ai.scorer import Score

from askfirst.benchmark.measures import MEASURES
from askfirst.reports.gate.invalid import InvalidReleaseError
from askfirst.reports.gate.logs import load_release
from askfirst.reports.gate.release import Identity, Release, ReleaseRow, Usage

ARMS = ("under", "full", "decoy")


def make_sample(
    problem: str,
    arm: str,
    values: Mapping[str, float] | None,
    *,
    epoch: int = 1,
    error: bool = False,
    usage: Mapping[str, ModelUsage] | None = None,
    role_usage: Mapping[str, ModelUsage] | None = None,
    **metadata: Any,
) -> EvalSample:
    """Return a sample; measures that are not named do not apply to it, values of None are a sample without scores."""
    scores = None if values is None else {"measures": Score(value=dict.fromkeys(MEASURES, nan) | dict(values))}
    return EvalSample(
        id=f"{problem}/{arm}",
        epoch=epoch,
        input="How many?",
        target="3",
        metadata={
            "problem_id": problem,
            "template": problem.rpartition("/")[0],
            "family": problem.partition("/")[0],
            "level": 1,
            "arm": arm,
            "arms": list(ARMS),
            "condition": "ask",
            "persona": "cooperative",
            "system": "neutral",
            "protocol": "marked",
            "on_attempt": "end",
            "max_turns": 10,
            **metadata,
        },
        scores=scores,
        error=EvalError(message="boom", traceback="", traceback_ansi="") if error else None,
        model_usage=dict(usage or {}),
        role_usage=dict(role_usage or {}),
    )


def make_problem(problem: str, part: float = 1.0, epoch: int = 1, **metadata: Any) -> list[EvalSample]:
    """Return the three samples of a problem of which each arm's part of success is the same."""
    under = {"premature_rate": 1 - part, "accuracy_under": part, "joint_success": part}
    twins = {
        arm: {"over_ask_rate": 1 - part, f"accuracy_{arm}": part, "joint_success": part} for arm in ("full", "decoy")
    }
    return [
        make_sample(problem, arm, values, epoch=epoch, **metadata) for arm, values in ({"under": under} | twins).items()
    ]


def write_log(
    path: Path,
    samples: Sequence[EvalSample],
    *,
    eval_id: str | None = None,
    status: Any = "success",
    epochs: int | None = None,
    planned: Sequence[str] | None = None,
    metadata: Mapping[str, Any] | None = None,
    config: GenerateConfig | None = None,
    invalidated: bool = False,
    **spec: Any,
) -> str:
    """Write a log and return its path; what is not named is that of a plain evaluation."""
    ids = list(dict.fromkeys(str(sample.id) for sample in samples)) if planned is None else list(planned)
    log = EvalLog(
        status=status,
        invalidated=invalidated,
        eval=EvalSpec(
            **{
                "eval_id": eval_id or f"eval {path.name}",
                "created": "2026-01-02T03:04:05+00:00",
                "task": "askfirst/arithmetic",
                "task_version": 6,
                "dataset": EvalDataset(samples=len(ids), sample_ids=ids),
                "model": "askfirst/oracle",
                "config": EvalConfig(epochs=epochs or max((sample.epoch for sample in samples), default=1)),
                "metadata": {"data_hash": "d0", "reader": "r1", "matcher": "m1", "user": "u1", **(metadata or {})},
                "packages": {"askfirst": "0.1.0", "inspect_ai": "0.3.285"},
                **spec,
            }
        ),
        plan=EvalPlan(config=config or GenerateConfig()),
        samples=list(samples),
    )
    write_eval_log(log, str(path))
    return str(path)


def what_is_wrong(*paths: str) -> list[str]:
    """Load logs as a candidate, which must fail, and return what is wrong with them."""
    with pytest.raises(InvalidReleaseError) as caught:
        load_release(paths)
    assert all(difference.fatal for difference in caught.value.differences)
    return [f"{difference.what}: {difference.candidate}" for difference in caught.value.differences]


def make_row(problem: str, values: Mapping[str, float], **fields: Any) -> ReleaseRow:
    """Return a row under condition `ask`; its template is all of its problem's id but the last part."""
    return ReleaseRow(
        **{
            "condition": "ask",
            "problem": problem,
            "template": problem.rpartition("/")[0],
            "family": problem.partition("/")[0],
            "level": 1,
            "epochs": 1,
            "values": dict(values),
            **fields,
        }
    )


def make_release(rows: Sequence[ReleaseRow], facts: Mapping[str, str] | None = None, **fields: Any) -> Release:
    """Return a release of one task; its identities are one a condition of its rows."""
    conditions = sorted({row.condition for row in rows})
    known = {"data": "d0", "task version": "4", "persona": "cooperative", "epochs": "1", "askfirst": "0.1.0"}
    identities = [
        Identity(task="askfirst/arithmetic", condition=name, facts={**known, **(facts or {})}) for name in conditions
    ]
    return Release(
        **{
            "name": "model",
            "date": "2026-01-02",
            "source": "logs",
            "rows": tuple(sorted(rows, key=lambda row: row.key)),
            "identities": tuple(identities),
            "samples": 3 * len(rows),
            "missing": {"errored": 0, "unscored": 0, "unsure": 0},
            "usage": Usage(calls=9),
            **fields,
        }
    )
