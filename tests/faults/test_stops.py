"""A run that is killed or interrupted goes on to the scores of an undisturbed one, and pays for nothing finished twice.

`ASKFIRST_FAULTS=full pytest tests/faults/test_stops.py` stops runs at ten seeded moments each way.
"""

import os
import random
import signal
from collections import Counter
from pathlib import Path

import pytest
from inspect_ai.log import EvalLog, read_eval_log, read_eval_log_sample, write_eval_log

from askfirst.benchmark.errors import LogError
from askfirst.benchmark.scenario import Scenario
from askfirst.reports.dialogues import read_dialogue
from askfirst.reports.recovered import with_record
from askfirst.reports.rescore import rescore_log
from askfirst.scorers.measures import measures
from askfirst.tasks.arithmetic import arithmetic
from evaluations import evaluate, values_by_sample
from policy_server import policy_server
from stopped_runs import done_before, environment, eval_command, newest_log, only_log, retry_command, run, stop

FULL = os.environ.get("ASKFIRST_FAULTS") == "full"
PROBLEMS = 20 if FULL else 8
SAMPLES_AT_ONCE = 4
REPLY_S = 0.1
"""How long the server takes, so that a stop finds dialogues in progress."""


def moments(count: int, seed: int) -> list[int]:
    """Return calls after which to stop: from the first to the one before the last dialogues begin."""
    return sorted(random.Random(seed).sample(range(1, PROBLEMS * 3), count))


WAYS = [
    *[(signal.SIGKILL, after, "none") for after in moments(10 if FULL else 1, seed=1)],
    *[(signal.SIGINT, after, "none") for after in moments(10 if FULL else 1, seed=2)],
    *[(signal.SIGKILL, after, "cached") for after in moments(10 if FULL else 0, seed=3)],
]


def task():
    return arithmetic(n=PROBLEMS, level=1)


def check(log: EvalLog, undisturbed: EvalLog) -> None:
    """Hold scores, records and messages of a run that went on against an undisturbed one's."""
    assert log.status == "success"
    assert values_by_sample(log) == values_by_sample(undisturbed)
    logged, expected = (
        {str(one.id): read_dialogue(one, "log") for one in each.samples or []} for each in (log, undisturbed)
    )
    assert len(logged) == len(log.samples or [])
    assert {name: (one.said, one.turns, one.ending) for name, one in logged.items()} == {
        name: (one.said, one.turns, one.ending) for name, one in expected.items()
    }
    assert not rescore_log(Path(log.location.removeprefix("file://")), measures()).changed


@pytest.mark.parametrize(("how", "after", "replies"), WAYS)
def test_a_run_that_is_stopped_goes_on_to_the_scores_of_an_undisturbed_one(how, after, replies, tmp_path):
    logs, asked = tmp_path / "logs", Counter[tuple[str, int]]()
    env, more = environment(tmp_path), ["--max-samples", str(SAMPLES_AT_ONCE)]
    if replies == "cached":
        env, more = {**env, "INSPECT_CACHE_DIR": str(tmp_path / "replies")}, [*more, "--cache", "1W"]
    with policy_server([sample.metadata_as(Scenario) for sample in task().dataset], REPLY_S, asked) as address:
        before = stop(eval_command(address, logs, PROBLEMS, *more), env, asked, after, how)
        stopped = read_eval_log(only_log(logs), header_only=True)
        assert stopped.status == ("started" if how == signal.SIGKILL else "cancelled")
        went_on = run(retry_command(stopped.location, logs), env)
        assert went_on.returncode == 0, went_on.stderr
    log = newest_log(logs)
    check(log, evaluate(task(), "askfirst/oracle", tmp_path / "undisturbed"))
    # only what was at work is asked again: of a cached dialogue, only the call that was out
    again = {opening for (opening, _), times in asked.items() if times > 1}
    assert len(again) <= SAMPLES_AT_ONCE
    assert asked.total() - len(asked) <= SAMPLES_AT_ONCE * (1 if replies == "cached" else 2)
    if before.total() > 2 * SAMPLES_AT_ONCE:
        assert done_before(log, before) - again


@pytest.fixture(scope="module")
def whole(tmp_path_factory) -> EvalLog:
    return read_eval_log(
        evaluate(arithmetic(n=1, arms="under"), "askfirst/oracle", tmp_path_factory.mktemp("whole")).location
    )


def without_store(log: EvalLog, path: Path, events: bool = True) -> Path:
    """Write a log as Inspect does with samples that it recovered."""
    update = {"store": {}} if events else {"store": {}, "events": []}
    samples = [sample.model_copy(update=update) for sample in log.samples or []]
    write_eval_log(log.model_copy(update={"samples": samples}), str(path))
    return path


@pytest.fixture(scope="module")
def cut(tmp_path_factory) -> EvalLog:
    task, folder = arithmetic(n=1, arms="under", level=4, hide="all"), tmp_path_factory.mktemp("cut")
    log = read_eval_log(evaluate(task, "askfirst/oracle", folder, message_limit=4).location)
    assert all(sample.limit for sample in log.samples or [])
    return log


@pytest.mark.parametrize("ended", ["whole", "cut"])
def test_the_record_of_a_recovered_sample_is_read_from_its_events(ended, request, tmp_path):
    log: EvalLog = request.getfixturevalue(ended)
    path = without_store(log, tmp_path / "recovered.eval")
    for sample in log.samples or []:
        recovered = read_eval_log_sample(str(path), sample.id)
        assert not recovered.store
        assert with_record(recovered, "log").store == sample.store
        assert read_dialogue(recovered, "log") == read_dialogue(sample, "log")
    assert not rescore_log(path, measures()).changed


def test_a_sample_whose_record_is_lost_is_an_error_and_no_silent_subject(whole, tmp_path):
    path = without_store(whole, tmp_path / "lost.eval", events=False)
    with pytest.raises(LogError, match="holds no dialogue record"):
        rescore_log(path, measures())
