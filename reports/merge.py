"""Merges the logs of an evaluation's shards into the log that one process would have written.

Dialogues are copied as they are, one at a time, so that memory does not grow with them; metrics are computed again over
all scores, which the summaries hold.
"""

from collections.abc import Mapping, Sequence
from itertools import chain, zip_longest
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from inspect_ai._util.json import to_json_safe
from inspect_ai._util.zipfile import copy_live_members, zipfile_compress_kwargs
from inspect_ai.log import (
    EvalDataset,
    EvalError,
    EvalLog,
    EvalSample,
    EvalSampleSummary,
    EvalStats,
    read_eval_log_sample_summaries,
    recompute_metrics,
)
from inspect_ai.model import ModelUsage

from askfirst.benchmark.dialogue_score import DialogueScore
from askfirst.benchmark.errors import LogError
from askfirst.benchmark.sample_metadata import share
from askfirst.reports.results import read_header


def merge_logs(paths: Sequence[Path], output: Path) -> EvalLog:
    """Write one log with the samples of all shards, and return its header.

    Args:
        paths: One finished log of each shard, in any order.
        output: The merged log; it appears whole or not at all.

    Raises:
        LogError: If a log is not finished, the logs are not the shards of one evaluation, or it can't be written.
    """
    shards = _order([(path, read_header(path)) for path in paths])
    first = shards[0][1]
    merged = first.model_copy(update={"eval": _merge_spec([log for _, log in shards]), "stats": _merge_stats(shards)})
    partial = output.with_name(f".{output.stem}.partial.eval")
    try:
        output.parent.mkdir(parents=True, exist_ok=True)
        _write([path for path, _ in shards], merged, partial)
        partial.replace(output)
    except OSError as error:
        raise LogError(f"{output}: {error.strerror}; expected room and rights to write; choose another") from error
    finally:
        partial.unlink(missing_ok=True)
    return merged


def _order(logs: list[tuple[Path, EvalLog]]) -> list[tuple[Path, EvalLog]]:
    """Return the logs in the order of their shards, once they prove to be all shards of one evaluation."""
    if not logs:
        raise LogError("merge: no logs; expected one of each shard; name them")
    by_number: dict[int, tuple[Path, EvalLog]] = {}
    alike = _alike(logs[0][1])
    for path, log in logs:
        shard = str(log.eval.task_args.get("shard"))
        number, _, of = shard.partition("/")
        if not (number.isdecimal() and of.isdecimal()):
            raise LogError(f"{path}: no shard; expected a log of a run with -T shard=1/{len(logs)}; leave it out")
        if int(of) != len(logs):
            raise LogError(f"{path}: shard {shard} among {len(logs)} logs; expected all {of}; name one log of each")
        if int(number) in by_number:
            raise LogError(f"{path}: shard {shard} again; expected each once; leave one out")
        if (mine := _alike(log)) != alike:
            name = next(name for name in alike if mine[name] != alike[name])
            raise LogError(
                f"{path}: {name} {mine[name]!r:.200}, but {alike[name]!r:.200} in {logs[0][0]}; expected shards of one "
                "evaluation; leave out what is of another"
            )
        by_number[int(number)] = path, log
    return [by_number[number] for number in sorted(by_number)]


def _alike(log: EvalLog) -> Mapping[str, object]:
    """Return what the shards of one evaluation have in common."""
    return {
        "task": log.eval.task,
        "model": (log.eval.model, log.eval.model_args, log.eval.model_generate_config, log.eval.model_roles),
        "arguments": _without_shard(log.eval.task_args),
        "data": (log.eval.metadata or {}).get("data_hash"),
        "instruments": {name: (log.eval.metadata or {}).get(name) for name in ("reader", "matcher", "user")},
        "epochs": log.eval.config.epochs,
    }


def _without_shard(arguments: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in arguments.items() if name != "shard"}


def _merge_spec(logs: Sequence[EvalLog]) -> Any:
    spec = logs[0].eval
    # problems were dealt out in turn
    dealt = zip_longest(*(_by_problem(log.eval.dataset) for log in logs))
    ids = [name for turn in dealt for problem in turn if problem for name in problem]
    return spec.model_copy(
        update={
            "created": min(log.eval.created for log in logs),
            "task_args": _without_shard(spec.task_args),
            "task_args_passed": _without_shard(spec.task_args_passed),
            "dataset": spec.dataset.model_copy(update={"samples": len(ids), "sample_ids": ids}),
        }
    )


def _by_problem(dataset: EvalDataset) -> list[list[str]]:
    arms: dict[str, list[str]] = {}
    for name in map(str, dataset.sample_ids or []):
        arms.setdefault(name.rpartition("/")[0], []).append(name)
    return list(arms.values())


def _merge_stats(shards: Sequence[tuple[Path, EvalLog]]) -> EvalStats:
    stats = [log.stats for _, log in shards]
    return EvalStats(
        started_at=min(each.started_at for each in stats),
        completed_at=max(each.completed_at for each in stats),
        model_usage=_sum_usage([each.model_usage for each in stats]),
        role_usage=_sum_usage([each.role_usage for each in stats]),
    )


def _sum_usage(usages: Sequence[Mapping[str, ModelUsage]]) -> dict[str, ModelUsage]:
    total: dict[str, ModelUsage] = {}
    for name, usage in chain.from_iterable(each.items() for each in usages):
        total[name] = total[name] + usage if name in total else usage
    return total


def _write(paths: Sequence[Path], merged: EvalLog, output: Path) -> None:
    """Write the samples of the logs and what comes of them; puts the results into `merged` too."""
    summaries = [summary for path in paths for summary in read_eval_log_sample_summaries(str(path))]
    counted = merged.model_copy(update={"samples": [_scores_only(summary) for summary in summaries]})
    recompute_metrics(counted)
    merged.results, merged.reductions = counted.results, counted.reductions
    with ZipFile(output, "w", **zipfile_compress_kwargs) as archive:
        for path in paths:
            with ZipFile(path) as shard:
                others = frozenset(name for name in shard.namelist() if not name.startswith("samples/"))
                copy_live_members(shard, archive, exclude=others)
        start = {"version": merged.version, "eval": merged.eval, "plan": merged.plan}
        archive.writestr("_journal/start.json", to_json_safe(start))
        archive.writestr("summaries.json", to_json_safe(summaries))
        archive.writestr("reductions.json", to_json_safe(merged.reductions))
        archive.writestr("header.json", to_json_safe(merged.model_copy(update={"samples": None, "reductions": None})))


def _scores_only(summary: EvalSampleSummary) -> EvalSample:
    """Return what metrics read of a sample; a summary holds all of it."""
    return EvalSample(
        id=summary.id,
        epoch=summary.epoch,
        input="",
        target="",
        scores={name: DialogueScore(**dict(score)) for name, score in (summary.scores or {}).items()},
        metadata=share(summary.metadata),
        error=None if summary.error is None else EvalError(message=summary.error, traceback="", traceback_ansi=""),
    )
