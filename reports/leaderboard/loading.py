"""Loads logs for the leaderboard: each becomes rows and counts; of its dialogues only enough to choose some stays."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from math import floor
from typing import Any, NamedTuple

from inspect_ai.log import EvalLog

from askfirst.benchmark.errors import GateError, LogError
from askfirst.reports.gate.identity import ARGUMENT, DATA, facts_of_settings
from askfirst.reports.gate.log_checks import LoadedLog, check_log
from askfirst.reports.gate.log_files import find_log_files, read_header, to_head
from askfirst.reports.leaderboard.board import Timing, Usage
from askfirst.reports.leaderboard.command import write_command
from askfirst.reports.leaderboard.model_settings import settings_of
from askfirst.reports.leaderboard.naming import ModelName, name_model
from askfirst.reports.leaderboard.problems import Problem, collapse
from askfirst.reports.leaderboard.public import is_private, last_part, public_text, to_public
from askfirst.reports.leaderboard.samples import Played, read_played

QUARTERS = 4
"""Cells of what was known at the first attempt, beside the one for all."""

SAMPLING = "sampling "
"""How facts begin that are of the generation's settings."""

MAX_LINES = 20
"""Unusable logs that an error lists."""


class Candidate(NamedTuple):
    """A dialogue that could be shown."""

    problem: str
    arm: str
    sample: str
    epoch: int
    template: str
    joint: float
    """Its part of joint_success, 0 or 1; 0 where a source has no right answer."""
    asked_well: float
    known: float
    """Share of what was missing that it knew at its first attempt, 0 without one."""
    right: float
    questions: float


class Loaded(NamedTuple):
    """What one log says."""

    path: str
    eval_id: str
    name: ModelName
    created: str
    """When, in ISO 8601."""
    settings: Mapping[str, str]
    """By which logs are comparable, in words."""
    data: str
    """Hash over all scenarios."""
    identities: Mapping[str, str]
    command: str
    problems: tuple[Problem, ...]
    samples: int
    errored: int
    """Samples that failed, have no scores, or were planned and are not there."""
    unsure: int
    usage: Usage
    timing: tuple[Timing, ...]
    candidates: tuple[Candidate, ...]


def load_logs(paths: Sequence[str]) -> tuple[tuple[Loaded, ...], tuple[str, ...]]:
    """Load logs, in the order of the paths and the logs' names, and what is to be told about them.

    An evaluation that is there twice counts once.

    Args:
        paths: Log files or folders of them (all logs below).

    Raises:
        LogError: If there is no log, or any can't be used: one line each.
    """
    try:
        files = find_log_files(paths)
    except GateError as error:
        raise LogError(str(error)) from error
    wrong: list[str] = []
    loaded: dict[str, Loaded] = {}
    warnings: list[str] = []
    path_by_uuid: dict[str, str] = {}
    for path in files:
        try:
            header = read_header(path)
            if (first := loaded.get(header.eval.eval_id)) is not None:
                warnings.append(
                    f"{last_part(path)} is the same evaluation as {last_part(first.path)}: it counts once, as in that"
                )
                continue
            loaded[header.eval.eval_id] = _load(path, header, path_by_uuid)
        except LogError as error:
            wrong.append(f"{path}: {error}")
    if wrong:
        rest = [f"and {len(wrong) - MAX_LINES} more"] if len(wrong) > MAX_LINES else []
        raise LogError(
            "\n".join(
                (
                    f"logs: {len(wrong)} of {len(files)} can't be used; expected finished logs of askfirst; "
                    "mend them or leave them out",
                    *wrong[:MAX_LINES],
                    *rest,
                )
            )
        )
    return tuple(loaded.values()), tuple(warnings)


def _load(path: str, header: EvalLog, path_by_uuid: dict[str, str]) -> Loaded:
    played = tuple(read_played(path))
    log = LoadedLog(to_head(path, header), tuple(each.run for each in played))
    check_log(log, path_by_uuid)
    planned = len(log.planned) * log.head.epochs
    whole = sum(each.whole for each in played)
    return Loaded(
        path=path,
        eval_id=header.eval.eval_id,
        name=name_model(header, settings_of(header)),
        created=str(header.eval.created),
        settings=_settings(header, log),
        data=log.head.facts[DATA],
        identities=_identities(header, log),
        command=write_command(header),
        problems=collapse(played),
        samples=max(planned, len(played)),
        errored=max(planned, len(played)) - whole,
        unsure=sum(each.run.unsure and each.whole for each in played),
        usage=add_usage(played),
        timing=_time(played),
        candidates=tuple(_candidate(each) for each in played if each.whole),
    )


def _settings(header: EvalLog, log: LoadedLog) -> dict[str, str]:
    of_samples = facts_of_settings({run.settings for run in log.runs if run.arm == "under"} or _all(log))
    facts = log.facts
    return {
        "task": (header.eval.task_registry_name or header.eval.task),
        "task version": facts["task version"],
        "condition": log.condition,
        "persona": of_samples["persona"],
        "user": public_text(facts.get("model as user", "rules")),
        "protocol": of_samples["protocol"],
        "system message": of_samples["system message"],
        "on attempt": of_samples["on attempt"],
        "arms": of_samples["arms"],
        "max turns": of_samples["max turns"],
        "hide": str(header.eval.task_args.get("hide", "some")),
    }


def _all(log: LoadedLog) -> set[tuple[tuple[str, str], ...]]:
    return {run.settings for run in log.runs}


def _identities(header: EvalLog, log: LoadedLog) -> dict[str, str]:
    # values, not their spelling: what is private may stand anywhere in an argument
    arguments: Mapping[str, Any] = to_public(header.eval.task_args)
    shown: dict[str, str] = {}
    for fact, value in sorted(log.facts.items()):
        name = fact.removeprefix(ARGUMENT).removeprefix(SAMPLING)
        if name == fact:
            shown[fact] = public_text(value)
        elif fact.startswith(ARGUMENT):
            shown |= {fact: str(arguments[name])} if name in arguments else {}
        elif name != "extra_body" and not is_private(name):
            shown[fact] = public_text(value)
    return shown


def add_usage(played: Iterable[Played]) -> Usage:
    """Return the sum; cost and time are known only where they are known of every sample that called the model."""
    some = list(played)
    called = [each for each in some if each.run.usage.calls]
    costs = [each.run.usage.cost_usd for each in called]
    seconds = [each.seconds for each in called]
    return Usage(
        calls=sum(each.run.usage.calls for each in some),
        input_tokens=sum(each.run.usage.input_tokens for each in some),
        output_tokens=sum(each.run.usage.output_tokens for each in some),
        cost_usd=_sum(costs),
        seconds=_sum(seconds),
    )


def _sum(values: Sequence[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return sum(known) if known and len(known) == len(values) else None


def _time(played: Sequence[Played]) -> tuple[Timing, ...]:
    cells = Counter(
        (each.attempt_turn, floor(each.values["known_at_attempt"] * QUARTERS) / QUARTERS)
        for each in played
        if each.whole and each.attempt_turn is not None and "known_at_attempt" in each.values
    )
    return tuple(Timing(turn=turn, known=known, dialogues=count) for (turn, known), count in sorted(cells.items()))


def _candidate(each: Played) -> Candidate:
    values = each.values
    right = values.get(f"accuracy_{each.run.arm}", 0.0)
    return Candidate(
        problem=each.run.problem,
        arm=each.run.arm,
        sample=each.run.sample,
        epoch=each.run.epoch,
        template=each.run.template,
        joint=values.get("joint_success", 0.0),
        asked_well=values.get("asking_success", 0.0),
        known=values.get("known_at_attempt", 0.0),
        right=right,
        questions=values.get("questions", values.get("over_ask_rate", 0.0)),
    )
