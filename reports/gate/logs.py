"""Loads a release from Inspect logs.

What makes logs unusable is collected over all of them and raised at once, so that a build shows everything at a time.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from askfirst.benchmark.errors import LogError
from askfirst.reports.gate.collapsing import arms_by_metric, collapse_problem, is_whole
from askfirst.reports.gate.identity import TOLD, UNSET
from askfirst.reports.gate.invalid import InvalidReleaseError, Side, unusable
from askfirst.reports.gate.log_checks import (
    LoadedLog,
    check_log,
    find_mixed_facts,
    find_repeated_logs,
    find_several_models,
    problem_of,
)
from askfirst.reports.gate.log_files import LogHead, find_log_files, read_head, read_runs
from askfirst.reports.gate.release import Identity, Missing, Release, ReleaseRow, Usage
from askfirst.reports.gate.verdict import Difference


class _Part(NamedTuple):
    """What the logs of one task and condition give."""

    identity: Identity
    rows: tuple[ReleaseRow, ...]
    samples: int
    missing: Mapping[Missing, int]
    usage: Usage


def load_release(paths: Sequence[str], side: Side = "candidate") -> Release:
    """Load a release from its logs: headers and sample summaries only.

    Several logs of one task and condition are further epochs, or further problems of the same data.

    Args:
        paths: Log files or folders of them, on any file system that fsspec reaches.
        side: What it is loaded as, for the differences of an error.

    Raises:
        GateError: If a path does not exist or has no logs.
        InvalidReleaseError: If a log can't be read, is unfinished, empty, all errors or not of askfirst; or logs are of
            several models, hold the same runs twice, or differ in what one task and condition have to share.
    """
    files = find_log_files(paths)
    wrong: list[Difference] = []
    heads: list[LogHead] = []
    for path in files:
        try:
            heads.append(read_head(path))
        except LogError as error:
            wrong.append(unusable(f"log {path}", str(error), side))
    wrong += find_repeated_logs(heads, side) + find_several_models(heads, side)
    parts: list[_Part] = []
    path_by_uuid: dict[str, str] = {}
    # task by task: only rows are kept, so that memory does not grow with the runs
    for task in sorted({head.task for head in heads}):
        logs_by_condition: defaultdict[str, list[LoadedLog]] = defaultdict(list)
        for head in (head for head in heads if head.task == task):
            try:
                log = LoadedLog(head, tuple(read_runs(head.path)))
                check_log(log, path_by_uuid)
            except LogError as error:
                wrong.append(unusable(f"log {head.path}", str(error), side))
            else:
                logs_by_condition[log.condition].append(log)
        for condition, logs in sorted(logs_by_condition.items()):
            wrong += find_mixed_facts(logs, side)
            parts.append(_to_part(task, condition, logs))
    wrong += _find_repeated_problems(parts, side)
    if wrong:
        raise InvalidReleaseError(wrong)
    return _to_release(paths, heads, parts)


def _to_part(task: str, condition: str, logs: Sequence[LoadedLog]) -> _Part:
    runs = [run for log in logs for run in log.runs]
    runs_by_problem: defaultdict[str, list[int]] = defaultdict(list)
    for position, run in enumerate(runs):
        runs_by_problem[run.problem].append(position)
    planned: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for log in logs:
        for sample in log.planned:
            planned[problem_of(sample)][sample.rpartition("/")[2]] += log.head.epochs
    applies = arms_by_metric(runs)
    rows = tuple(
        collapse_problem(condition, [runs[position] for position in positions], planned[problem], applies)
        for problem, positions in sorted(runs_by_problem.items())
    )
    samples = sum(sum(by_arm.values()) for by_arm in planned.values())
    unscored = sum(not run.errored and run.values is None for run in runs)
    return _Part(
        Identity(task=task, condition=condition, facts=_merge_facts(logs, rows)),
        rows,
        samples,
        {
            # a run that was planned and is not there errored as well
            "errored": samples - sum(not run.errored for run in runs),
            "unscored": unscored,
            "unsure": sum(run.unsure and is_whole(run) for run in runs),
        },
        add_usage([run.usage for run in runs]),
    )


def _merge_facts(logs: Sequence[LoadedLog], rows: Sequence[ReleaseRow]) -> dict[str, str]:
    facts = dict(logs[0].facts)
    for fact in TOLD:
        facts[fact] = ", ".join(sorted({log.facts.get(fact, UNSET) for log in logs}))
    epochs = sorted({row.epochs for row in rows})
    facts["epochs"] = str(epochs[0]) if len(epochs) == 1 else f"{epochs[0]} to {epochs[-1]}"
    return facts


def _find_repeated_problems(parts: Sequence[_Part], side: Side) -> list[Difference]:
    task_by_key: dict[tuple[str, str], str] = {}
    wrong: list[Difference] = []
    for part in parts:
        repeats = [row.problem for row in part.rows if row.key in task_by_key]
        if repeats:
            other = task_by_key[(part.identity.condition, repeats[0])]
            found = (
                f"{len(repeats)} of them are in {other} too, such as {repeats[0]!r}; expected each once; leave one out"
            )
            wrong.append(unusable(f"problems of {part.identity.task}", found, side))
        task_by_key |= {row.key: part.identity.task for row in part.rows}
    return wrong


def _to_release(paths: Sequence[str], heads: Sequence[LogHead], parts: Sequence[_Part]) -> Release:
    missing: Counter[Missing] = Counter()
    for part in parts:
        missing.update(part.missing)
    return Release(
        name=heads[0].model,
        date=max(head.day for head in heads),
        source=", ".join(paths),
        rows=tuple(sorted((row for part in parts for row in part.rows), key=lambda row: row.key)),
        identities=tuple(part.identity for part in parts),
        samples=sum(part.samples for part in parts),
        missing=dict(missing),
        usage=add_usage([part.usage for part in parts]),
        logs=tuple(head.path for head in heads),
    )


def add_usage(usages: Sequence[Usage]) -> Usage:
    """Return the sum; its cost is known only where all costs are."""
    costs = [usage.cost_usd for usage in usages if usage.cost_usd is not None]
    return Usage(
        calls=sum(usage.calls for usage in usages),
        input_tokens=sum(usage.input_tokens for usage in usages),
        output_tokens=sum(usage.output_tokens for usage in usages),
        cost_usd=sum(costs) if usages and len(costs) == len(usages) else None,
    )
