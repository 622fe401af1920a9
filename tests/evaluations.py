"""Evaluations that tests share: run Inspect quietly, and read a log's numbers."""

from pathlib import Path
from typing import Any

from inspect_ai import Task, eval
from inspect_ai._display.rich import display
from inspect_ai.log import EvalLog
from inspect_ai.model import Model

# the display `none` draws the table of results too, for nobody, which takes longer than a small evaluation
display.tasks_results = lambda _: ""


def evaluate(task: Task | str, model: str | Model, log_dir: Path, **options: Any) -> EvalLog:
    """Run one task and return its log, which must have finished."""
    quick = {"display": "none", "score_display": False, "log_realtime": False}
    log = eval(task, model=model, log_dir=str(log_dir), **quick | options)[0]
    assert log.status == "success", log.error
    return log


def means(log: EvalLog) -> dict[str, float]:
    """Return the mean of every measure, by name."""
    assert log.results
    found: dict[str, float] = {}
    for score in log.results.scores:
        for name, metric in score.metrics.items():
            if name.rpartition("/")[2] in ("mean", "problem_mean"):
                found[score.name] = metric.value
    return found


def values_by_sample(log: EvalLog) -> dict[tuple[str, int], dict[str, Any]]:
    """Return every sample's measures, by sample id and epoch; NaN as None, so that two can be compared."""
    assert log.samples
    return {
        (str(sample.id), sample.epoch): {
            name: None if value != value else value
            for name, value in (sample.scores or {})["measures"].as_dict().items()
        }
        for sample in log.samples
    }
