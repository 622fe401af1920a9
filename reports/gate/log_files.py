"""Reads log files for the gate, on any file system that fsspec reaches: headers and sample summaries, no dialogue.

Inspect's own reader of summaries validates every field of every sample, at ten times the cost of parsing it, and keeps
only the last of two runs with the same sample and epoch. A gate reads hundreds of logs and has to see such a pair, so
the summaries of a finished `.eval` log are parsed from its member `summaries.json`; other logs go through Inspect.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple, TypeVar
from zipfile import ZipFile

import fsspec  # pyright: ignore[reportMissingTypeStubs]
from botocore.exceptions import BotoCoreError, ClientError  # pyright: ignore[reportMissingTypeStubs]
from inspect_ai.log import EvalLog, list_eval_logs, read_eval_log, read_eval_log_sample_summaries

from askfirst.benchmark.errors import GateError, LogError
from askfirst.reports.damage import UNREADABLE, describe_damage
from askfirst.reports.gate.identity import facts_of_header
from askfirst.reports.gate.runs import Run, to_run
from askfirst.reports.results import model_name

HEADER, SUMMARIES = "header.json", "summaries.json"
"""The members of a finished `.eval` log that the gate reads."""

UNREACHABLE = (OSError, ValueError, ImportError, BotoCoreError, ClientError)
"""What a path raises whose protocol is unknown, needs a package that is missing, or lets nobody in."""


Sample = TypeVar("Sample")


class LogHead(NamedTuple):
    """What the gate needs of a log's header."""

    path: str
    eval_id: str
    model: str
    """Without settings; of one from a folder, the folder's name."""
    day: str
    """On which it was made, YYYY-MM-DD."""
    task: str
    epochs: int
    """Planned runs of each sample."""
    planned: tuple[str, ...]
    """Ids of the samples that were to be run; empty where the header does not say."""
    facts: Mapping[str, str]
    """What has to be equal, as far as the header knows."""


def find_log_files(paths: Sequence[str]) -> tuple[str, ...]:
    """Return the log files that paths name, each once, in the order of the paths and the logs' names.

    Args:
        paths: Log files or folders (all logs below), with or without a protocol such as `s3://`.

    Raises:
        GateError: If none is given, a path does not exist or can't be reached, or a folder has no log.
    """
    found: dict[str, None] = {}
    for path in paths:
        try:
            found |= dict.fromkeys(_find_below(path))
        except UNREACHABLE as error:
            raise GateError(
                f"{path}: can't be reached ({' '.join(str(error).split())[:200]}); expected a log or a folder of logs; "
                "check the path, its protocol and your credentials"
            ) from error
    if not found:
        raise GateError("logs: none given; expected at least one; name a log or a folder of logs")
    return tuple(found)


def _find_below(path: str) -> Iterator[str]:
    """Yield a log, or all logs of a folder.

    Raises:
        GateError: If there is none.
        Exception: Any of `UNREACHABLE`.
    """
    files = _file_system(path)
    if not files.exists(path):
        raise GateError(f"{path}: not there; expected a log or a folder of logs; check the path")
    if not files.isdir(path):
        yield _absolute(path)
        return
    below = sorted(info.name for info in list_eval_logs(path))
    if not below:
        raise GateError(f"{path}: no logs in this folder; expected .eval files; run an evaluation first")
    yield from map(_absolute, below)


def read_head(path: str) -> LogHead:
    """Read of a log's header what the gate needs.

    Raises:
        LogError: If it can't be read, is not finished, was invalidated, or is not of askfirst.
    """
    return to_head(path, read_header(path))


def read_header(path: str) -> EvalLog:
    """Read a log's header.

    Raises:
        LogError: If it can't be read, is not finished, was invalidated, or is not of askfirst.
    """
    try:
        log = read_eval_log(path, header_only=True)
    except UNREADABLE as error:
        raise LogError(describe_damage(error)) from error
    if log.status != "success":
        raise LogError(
            f"status {log.status!r}; expected a finished evaluation; "
            "finish it with `inspect eval-retry`, or leave it out if that was done"
        )
    if log.invalidated:
        raise LogError("samples of it were invalidated; expected none; run them again with `inspect eval-retry`")
    if "data_hash" not in (log.eval.metadata or {}):
        raise LogError("its header has no data hash; expected a log of an askfirst task; leave it out")
    return log


def read_runs(path: str) -> Iterator[Run]:
    """Read a log's samples one by one, in the log's order.

    Raises:
        LogError: If the summaries can't be read, or are not of askfirst.
    """
    return read_each(path, to_run)


def read_each(path: str, to_sample: Callable[[dict[str, Any]], Sample]) -> Iterator[Sample]:
    """Read each of a log's samples from its summary, in the log's order.

    Args:
        path: The log.
        to_sample: Reads one summary.

    Raises:
        LogError: If the summaries can't be read, or one is not as askfirst writes it.
    """
    try:
        summaries = _read_summaries(path)
    except UNREADABLE as error:
        raise LogError(describe_damage(error)) from error
    for summary in summaries:
        try:
            yield to_sample(summary)
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise LogError(
                f"sample {summary.get('id')!r} is not as askfirst writes it ({error!r}); "
                "expected a log of an askfirst task; leave it out"
            ) from error


def _absolute(path: str) -> str:
    local = path.removeprefix("file://")
    return path if "://" in local else str(Path(local).resolve())


def to_head(path: str, log: EvalLog) -> LogHead:
    """Return of a header what the gate needs."""
    return LogHead(
        path=path,
        eval_id=log.eval.eval_id,
        model=model_name(log),
        day=str(log.eval.created)[:10],
        task=log.eval.task,
        epochs=log.eval.config.epochs or 1,
        planned=tuple(str(sample) for sample in log.eval.dataset.sample_ids or ()),
        facts=facts_of_header(log),
    )


def _read_summaries(path: str) -> Iterable[dict[str, Any]]:
    """Read the summaries of a log's samples as they are in the file, in the log's order.

    Raises:
        Exception: Any of `UNREADABLE`, if the log is damaged.
    """
    with _open(path) as file:
        if path.endswith(".eval"):
            with ZipFile(file) as archive:
                if SUMMARIES in archive.namelist():
                    # Inspect has read the header without checking its sum
                    archive.read(HEADER)
                    return json.loads(archive.read(SUMMARIES))
    return [summary.model_dump() for summary in read_eval_log_sample_summaries(path)]


def _open(path: str) -> Any:
    return fsspec.open(path, "rb")  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]


def _file_system(path: str) -> Any:
    return fsspec.url_to_fs(path)[0]  # pyright: ignore[reportUnknownMemberType]
