"""Dialogues as saved logs hold them: the scenario, the record and the messages of one sample."""

from collections.abc import Iterator
from pathlib import Path

from inspect_ai.event import ModelEvent
from inspect_ai.log import EvalSample, read_eval_log_sample, read_eval_log_sample_summaries
from pydantic import ValidationError

from askfirst.benchmark.errors import LogError
from askfirst.benchmark.problem import Frozen
from askfirst.benchmark.record import SCHEMA_VERSION, Dialogue, Turn
from askfirst.benchmark.scenario import Scenario
from askfirst.reports.damage import UNREADABLE, describe_damage
from askfirst.reports.recovered import with_record


class LoggedDialogue(Frozen):
    """One finished dialogue."""

    sample_id: str
    epoch: int
    scenario: Scenario
    turns: tuple[Turn, ...]
    ending: str
    opening: str
    said: tuple[str, ...]
    """The subject's messages, one a turn."""
    error: str = ""
    """Why the sample failed; empty when it did not."""
    calls_again: int = 0
    """Calls of the subject beyond one a turn: tries that failed, whoever tried again: client, Inspect, askfirst."""


def read_dialogue(sample: EvalSample, where: str) -> LoggedDialogue:
    """Read one sample of a log.

    Args:
        sample: The sample.
        where: The log's path, for errors.

    Raises:
        LogError: If the sample is not of an askfirst task, or its record has another schema.
    """
    sample = with_record(sample, where)
    try:
        scenario = sample.metadata_as(Scenario)
        record = sample.store_as(Dialogue)
    except (ValueError, ValidationError) as error:
        raise LogError(
            f"{where}: sample {sample.id!r} holds no dialogue record; expected a log of askfirst; choose another"
        ) from error
    if record.schema_version != SCHEMA_VERSION:
        raise LogError(
            f"{where}: sample {sample.id!r} has record schema {record.schema_version}; "
            f"expected {SCHEMA_VERSION}; read it with the askfirst that wrote it"
        )
    opening = sample.input if isinstance(sample.input, str) else sample.input[-1].text
    return LoggedDialogue(
        sample_id=str(sample.id),
        epoch=sample.epoch,
        scenario=scenario,
        turns=tuple(record.turns),
        ending=record.ending,
        opening=opening,
        said=tuple(message.text for message in sample.messages if message.role == "assistant"),
        error=sample.error.message if sample.error else "",
        calls_again=count_calls_again(sample, len(record.turns)),
    )


def count_calls_again(sample: EvalSample, turns: int) -> int:
    """Return how many calls of the subject gave no turn, at least 0; each was tried again or ended the sample.

    Args:
        sample: The sample; one that ran again after an error keeps only the events of its last run.
        turns: Turns of its record.
    """
    calls = [event for event in sample.events if isinstance(event, ModelEvent) and event.role is None]
    return max(0, sum(1 + (event.retries or 0) for event in calls) - turns)


def read_dialogues(log: Path, problem: str | None = None) -> Iterator[LoggedDialogue]:
    """Read a log's dialogues one by one, in the log's order, all of them or those of one problem.

    Args:
        log: A log file.
        problem: A problem's id, or the id of one of its samples.

    Raises:
        LogError: If the log can't be read, or has no such problem.
    """
    try:
        summaries = read_eval_log_sample_summaries(str(log))
    except UNREADABLE as error:
        raise LogError(f"{log}: {describe_damage(error)}") from error
    found = False
    for summary in summaries:
        name = str(summary.id)
        if problem is not None and name != problem and name.rpartition("/")[0] != problem:
            continue
        found = True
        try:
            sample = read_eval_log_sample(str(log), summary.id, summary.epoch)
        except UNREADABLE as error:
            raise LogError(f"{log}: {describe_damage(error)}") from error
        yield read_dialogue(sample, str(log))
    if not found:
        some = ", ".join(sorted({str(summary.id).rpartition("/")[0] for summary in summaries})[:3])
        raise LogError(f"{log}: no problem {problem!r}; expected one such as {some or 'none: the log is empty'}")
