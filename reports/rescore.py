"""Scores saved logs again from their records, and says whether every number is reproduced."""

from collections.abc import Mapping
from math import isclose, isnan
from pathlib import Path
from typing import NamedTuple

from inspect_ai import score  # pyright: ignore[reportUnknownVariableType] # its Scorer is generic to pyright
from inspect_ai.log import EvalLog, read_eval_log, write_eval_log
from inspect_ai.scorer import Scorer

from askfirst.benchmark.errors import LogError
from askfirst.reports.damage import UNREADABLE, describe_damage
from askfirst.reports.dialogues import read_dialogue
from askfirst.reports.recovered import with_record


class Rescored(NamedTuple):
    """What scoring one log again gave."""

    log: Path
    metrics: int
    """How many numbers of the log were computed again."""
    changed: Mapping[str, tuple[float | None, float | None]]
    """Those that differ from the log's by more than rounding: before and after, by `<measure>/<metric>`.

    None where one has no such number."""


def rescore_log(path: Path, scorer: Scorer, output: Path | None = None) -> Rescored:
    """Score a log's dialogues again and compare every number with what the log says.

    Args:
        path: A finished log.
        scorer: The scorer of all measures.
        output: Where to write the log with its new scores; None writes nothing.

    Raises:
        LogError: If the log can't be read, is not finished, holds no samples, or can't be written.
    """
    try:
        log = read_eval_log(str(path))
    except UNREADABLE as error:
        raise LogError(f"{path}: {describe_damage(error)}") from error
    if log.status != "success" or not log.samples:
        raise LogError(
            f"{path}: status {log.status!r} with {len(log.samples or [])} samples; "
            "expected a finished log with samples; finish it with `inspect eval-retry`"
        )
    log.samples = [with_record(sample, str(path)) for sample in log.samples]
    for sample in log.samples:
        if sample.error is None:
            read_dialogue(sample, str(path))  # what scorers would stumble over
    again = _score(log, scorer)
    before, after = _numbers(log), _numbers(again)
    changed = {
        name: (before.get(name), after.get(name))
        for name in sorted(before.keys() | after.keys())
        if not _same(before.get(name), after.get(name))
    }
    if output is not None:
        _write(again, output)
    return Rescored(path, len(after), changed)


def _score(log: EvalLog, scorer: Scorer) -> EvalLog:
    """Score a log again, and keep what other scorers said, such as a grader's verdicts: asking it again would cost."""
    # no model is called, so none has to be found or loaded, in no role
    without_models = log.model_copy(update={"eval": log.eval.model_copy(update={"model_roles": None})})
    again = score(without_models, scorer, model="none", action="overwrite", display="none")
    again.eval.model_roles = log.eval.model_roles
    _keep_other_scores(log, again)
    return again


def _keep_other_scores(log: EvalLog, again: EvalLog) -> None:
    own = {spec.name for spec in again.eval.scorers or []}
    again.eval.scorers = [*(again.eval.scorers or []), *(one for one in log.eval.scorers or [] if one.name not in own)]
    for before, after in zip(log.samples or [], again.samples or [], strict=True):
        after.scores = {**(before.scores or {}), **(after.scores or {})}
    if log.results and again.results:
        again.results.scores += [one for one in log.results.scores if one.scorer not in own]
    again.reductions = [*(again.reductions or []), *(one for one in log.reductions or [] if one.scorer not in own)]


def _write(log: EvalLog, output: Path) -> None:
    # beside the target and moved over it, so that a full disk can't leave half a log
    partial = output.with_name(f".{output.stem}.partial{output.suffix}")
    try:
        write_eval_log(log, str(partial))
        partial.replace(output)
    except OSError as error:
        partial.unlink(missing_ok=True)
        raise LogError(
            f"{output}: can't be written ({error.strerror}); expected room and rights; choose another"
        ) from error


def _numbers(log: EvalLog) -> dict[str, float]:
    scores = log.results.scores if log.results else []
    return {f"{result.name}/{name}": metric.value for result in scores for name, metric in result.metrics.items()}


def _same(one: float | None, other: float | None) -> bool:
    if one is None or other is None:
        return one is other
    # a log's scores come in the order in which samples ended, so sums may differ in the last bit
    return isclose(one, other, rel_tol=1e-12, abs_tol=1e-15) or (isnan(one) and isnan(other))
