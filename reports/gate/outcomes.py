"""One model's runs as tables from which a calibration draws: by metric and arm, a row a problem, a column a run."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from askfirst.benchmark.errors import GateError
from askfirst.reports.gate.collapsing import is_whole
from askfirst.reports.gate.log_checks import LoadedLog
from askfirst.reports.gate.log_files import find_log_files, read_head, read_runs
from askfirst.reports.gate.policy import Policy
from askfirst.reports.gate.runs import Run

LEAST_EPOCHS = 2
"""With one run a problem looks the same each time, and nothing can be drawn."""

Numbers = NDArray[np.float64]


class Outcomes(NamedTuple):
    """What one model's runs of one condition gave, problem by problem."""

    condition: str
    templates: tuple[str, ...]
    """One a problem."""
    values: Mapping[str, Mapping[str, Numbers]]
    """By metric and arm, (problem, epoch); NaN where a metric does not apply to a run."""


def load_outcomes(paths: Sequence[str], policy: Policy) -> tuple[tuple[str, ...], list[Outcomes]]:
    """Load one model's runs.

    Args:
        paths: Log files or folders of one model.
        policy: Its conditions and families count.

    Raises:
        GateError: If a log can't be used, or problems have fewer than two whole runs an arm.
    """
    files = find_log_files(paths)
    logs = [LoadedLog(read_head(path), tuple(read_runs(path))) for path in files]
    if len(models := sorted({log.head.model for log in logs})) > 1:
        raise GateError(f"gate calibrate: models {models!r}; expected one; name the logs of one model")
    by_condition: dict[str, list[Run]] = {}
    for log in logs:
        if not policy.conditions or log.condition in policy.conditions:
            counted = [run for run in log.runs if not policy.families or run.family in policy.families]
            by_condition.setdefault(log.condition, []).extend(counted)
    by_condition = {condition: runs for condition, runs in by_condition.items() if runs}
    if not by_condition:
        raise GateError(f"{', '.join(paths)}: nothing that the policy counts; expected its conditions and families")
    return files, [_to_outcomes(condition, own, policy) for condition, own in sorted(by_condition.items())]


def _to_outcomes(condition: str, runs: Sequence[Run], policy: Policy) -> Outcomes:
    whole: dict[str, dict[str, list[Run]]] = {run.problem: {arm: [] for arm in run.arms} for run in runs}
    template_by_problem = {run.problem: run.template for run in runs}
    for run in runs:
        if is_whole(run):
            whole[run.problem][run.arm].append(run)
    # as many of each problem: those beyond the fewest, where some errored, can't be paired with anything
    epochs = min(len(own) for by_arm in whole.values() for own in by_arm.values())
    if epochs < LEAST_EPOCHS:
        raise GateError(
            f"condition {condition}: a problem has {epochs} whole runs of an arm; expected at least {LEAST_EPOCHS}; "
            "evaluate with --epochs, or leave out logs with errors"
        )
    problems = sorted(whole)
    arms = sorted({arm for by_arm in whole.values() for arm in by_arm})
    values = {
        metric: {
            arm: np.array(
                [
                    [_value(run, metric) for run in whole[problem][arm][:epochs]]
                    if arm in whole[problem]
                    else [np.nan] * epochs
                    for problem in problems
                ]
            )
            for arm in arms
        }
        for metric in policy.metrics
    }
    looked_at = {
        metric: {arm: table for arm, table in by_arm.items() if not np.isnan(table).all()}
        for metric, by_arm in values.items()
    }
    if lacking := [metric for metric, by_arm in looked_at.items() if not by_arm]:
        raise GateError(f"condition {condition}: no run has {lacking[0]}; expected some; take another metric")
    return Outcomes(condition, tuple(template_by_problem[problem] for problem in problems), looked_at)


def _value(run: Run, metric: str) -> float:
    # NaN where a metric does not apply to a run
    return np.nan if run.values is None else run.values.get(metric, np.nan)
