"""Results: one row a problem, from saved logs; the only reader of their scores.

Everything here comes from the logs' sample summaries, so a log's size does not matter: no dialogue is loaded.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from math import isnan
from pathlib import Path
from typing import Any

from inspect_ai.log import (
    EvalLog,
    EvalSampleSummary,
    list_eval_logs,
    read_eval_log,
    read_eval_log_sample_summaries,
)

from askfirst.benchmark.errors import LogError
from askfirst.benchmark.measures import COMBINE, CONTRASTS, JOINT, MEASURES
from askfirst.benchmark.problem import Frozen
from askfirst.reports.damage import UNREADABLE, describe_damage

SCORE = "measures"
"""The score whose value holds every measure by name."""

LOCAL_MODELS = frozenset({"hf/local", "batched/local"})
"""Names that every model from a folder has; the folder's name says which."""


class ProblemRow(Frozen):
    """One problem's values, epochs collapsed."""

    problem: str
    template: str
    """With its family: the unit of clustering."""
    family: str
    level: int
    complete: bool
    """Whether every arm of the evaluation has a scored sample; without one, what looks at several arms is missing."""
    values: Mapping[str, float]
    """By measure; one that applies to none of the problem's samples is missing: unscored."""


class Results(Frozen):
    """What one log says about one model."""

    log: str
    """The log's path."""
    model: str
    """As Inspect names it."""
    label: str
    """What tells this log from the others that were loaded with it."""
    name: str = ""
    """The model's name without settings; of one from a folder, the folder's."""
    user: str = ""
    """The simulated user: its persona, after the model that plays it if one does."""
    task: str
    rows: tuple[ProblemRow, ...]
    """In order of problem id."""
    errored: int
    """Samples that failed: they are in no mean."""

    @property
    def incomplete(self) -> int:
        """How many problems lack an arm."""
        return sum(not row.complete for row in self.rows)


def load_results(paths: Sequence[str | Path]) -> tuple[Results, ...]:
    """Load the results of logs, in the order of the paths; a log that is named twice counts once.

    Args:
        paths: Log files, or folders of them (all logs below, oldest first).

    Raises:
        LogError: If there is no log, or one can't be read, is not finished, or has no measures.
    """
    headers = {str(path): read_header(path) for path in find_logs(paths)}
    labels = _label_logs(list(headers.values()))
    return tuple(
        _to_results(path, header, label) for (path, header), label in zip(headers.items(), labels, strict=True)
    )


def find_logs(paths: Sequence[str | Path]) -> tuple[Path, ...]:
    """Return the log files that paths name, each once.

    Raises:
        LogError: If a path does not exist, or a folder has no log.
    """
    found: dict[Path, None] = {}
    for path in map(Path, paths):
        if not path.exists():
            raise LogError(f"{path}: not there; expected a log or a folder of logs; check the path")
        below = [path]
        if path.is_dir():
            listed = list_eval_logs(str(path.resolve()), descending=False)
            below = [Path(info.name.removeprefix("file://")) for info in listed]
        if not below:
            raise LogError(f"{path}: no logs in this folder; expected .eval files; run an evaluation first")
        found |= {log.resolve(): None for log in below}
    if not found:
        raise LogError("logs: none given; expected at least one; name a log or a folder of logs")
    return tuple(found)


def collapse(summaries: Iterable[EvalSampleSummary], where: str) -> tuple[ProblemRow, ...]:
    """Return one row a problem, in order of problem id.

    A plain measure is its mean over the problem's samples and epochs. A joint measure is the product of its arms' means
    over epochs, a contrast `under` minus the mean of the other arms; both only where every arm is there. Samples that
    failed give no values, but their problem keeps its row.

    Raises:
        LogError: If a sample has no measures, or is not of an askfirst task.
    """
    by_problem: defaultdict[str, list[EvalSampleSummary]] = defaultdict(list)
    for summary in summaries:
        by_problem[_metadata(summary, "problem_id", where)].append(summary)
    return tuple(_to_row(problem, samples, where) for problem, samples in sorted(by_problem.items()))


def model_name(header: EvalLog) -> str:
    """Return the model's name without settings; of one from a folder, the folder's."""
    path = header.eval.model_args.get("model_path")
    return Path(str(path)).name if header.eval.model in LOCAL_MODELS and path else header.eval.model


def _to_row(problem: str, samples: Sequence[EvalSampleSummary], where: str) -> ProblemRow:
    first, arms = samples[0], set(_metadata(samples[0], "arms", where))
    whole_by_arm: defaultdict[str, list[EvalSampleSummary]] = defaultdict(list)
    for sample in samples:
        if sample.error is None:
            whole_by_arm[_metadata(sample, "arm", where)].append(sample)
    scored: defaultdict[str, dict[str, list[float]]] = defaultdict(dict)
    for arm, whole in whole_by_arm.items():
        for sample in whole:
            for measure, value in _values(sample, where).items():
                scored[measure].setdefault(arm, []).append(value)
    values = {measure: combine_arms(measure, scored[measure], arms) for measure in MEASURES if measure in scored}
    return ProblemRow(
        problem=problem,
        template=str(_metadata(first, "template", where)),
        family=str(_metadata(first, "family", where)),
        level=int(_metadata(first, "level", where)),
        complete=arms <= whole_by_arm.keys(),
        values={measure: value for measure, value in values.items() if value is not None},
    )


def combine_arms(measure: str, values_by_arm: Mapping[str, Sequence[float]], arms: Set[str]) -> float | None:
    """Return a problem's value of a measure from those of its samples; None where it has none.

    Args:
        measure: A name of `MEASURES`.
        values_by_arm: The values of the arm's samples, over epochs; arms without any are missing.
        arms: All arms that the evaluation has of the problem.
    """
    if measure not in JOINT and measure not in CONTRASTS:
        return _mean([value for values in values_by_arm.values() for value in values])
    if not arms <= values_by_arm.keys():
        return None
    means = {arm: _mean(values_by_arm[arm]) for arm in sorted(arms)}
    value = COMBINE["joint" if measure in JOINT else "contrast"](means)
    return None if isnan(value) else value


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)


def _values(sample: EvalSampleSummary, where: str) -> dict[str, float]:
    score = (sample.scores or {}).get(SCORE)
    if score is None or not isinstance(score.value, Mapping):
        raise LogError(
            f"{where}: sample {sample.id!r} has no score {SCORE!r}; expected a log of an askfirst task; choose another"
        )
    # unscored is NaN in memory and may be null in a file
    numbers = {name: float(value) for name, value in score.value.items() if isinstance(value, int | float)}
    return {name: number for name, number in numbers.items() if not isnan(number)}


def _metadata(sample: EvalSampleSummary, key: str, where: str) -> Any:
    if key not in sample.metadata:
        raise LogError(
            f"{where}: sample {sample.id!r} has no metadata {key!r}; expected a log of an askfirst task; choose another"
        )
    return sample.metadata[key]


def read_header(path: Path) -> EvalLog:
    """Return the header of a finished log.

    Raises:
        LogError: If it can't be read or is not finished.
    """
    try:
        log = read_eval_log(str(path), header_only=True)
    except UNREADABLE as error:
        raise LogError(f"{path}: {describe_damage(error)}") from error
    if log.status != "success":
        raise LogError(
            f"{path}: status {log.status!r}; expected a finished evaluation; finish it with `inspect eval-retry`"
        )
    return log


def _to_results(path: str, header: EvalLog, label: str) -> Results:
    try:
        summaries = read_eval_log_sample_summaries(path)
    except UNREADABLE as error:
        raise LogError(f"{path}: {describe_damage(error)}") from error
    if not summaries:
        raise LogError(f"{path}: holds no samples; expected some; run the evaluation with samples logged")
    return Results(
        log=path,
        model=header.eval.model,
        label=label,
        name=model_name(header),
        user=_user_name(header, summaries[0]),
        task=header.eval.task,
        rows=collapse(summaries, path),
        errored=sum(summary.error is not None for summary in summaries),
    )


def _label_logs(headers: Sequence[EvalLog]) -> list[str]:
    names = [model_name(header) for header in headers]
    settings = [{"task": header.eval.task, **header.eval.task_args} for header in headers]
    labels: list[str] = []
    for name, own in zip(names, settings, strict=True):
        alike = [other for other_name, other in zip(names, settings, strict=True) if other_name == name]
        told_by = [f"{key}={value}" for key, value in own.items() if any(other.get(key) != value for other in alike)]
        labels.append(f"{name} ({', '.join(told_by)})" if told_by else name)
    repeats = [labels[:position].count(label) + 1 for position, label in enumerate(labels)]
    return [f"{label} #{repeat}" if repeat > 1 else label for label, repeat in zip(labels, repeats, strict=True)]


def _user_name(header: EvalLog, sample: EvalSampleSummary) -> str:
    # the scenarios of logs from before there were personas have none
    persona = str(sample.metadata.get("persona", "cooperative"))
    role = (header.eval.model_roles or {}).get("user")
    if role is None:
        return persona
    models = role if isinstance(role, list) else [role]
    return f"{'+'.join(model.model for model in models)} {persona}"
