from pathlib import Path

import pytest
from inspect_ai.log import EvalLog, read_eval_log

from askfirst.benchmark.errors import LogError
from askfirst.reports.merge import merge_logs
from askfirst.reports.rescore import rescore_log
from askfirst.reports.results import load_results
from askfirst.scorers.measures import measures
from askfirst.tasks.suite import suite
from evaluations import evaluate, values_by_sample

SETTINGS = {"families": ["arithmetic", "actions"], "n": 7, "condition": "drip"}
SHARDS = 3


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> EvalLog:
    return evaluate(suite(**SETTINGS), "askfirst/never_ask", tmp_path_factory.mktemp("whole"), epochs=2)


@pytest.fixture(scope="module")
def shards(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    folder = tmp_path_factory.mktemp("shards")
    logs: list[Path] = []
    for number in range(1, SHARDS + 1):
        arguments = SETTINGS | {"shard": f"{number}/{SHARDS}"}
        log = evaluate("askfirst/suite", "askfirst/never_ask", folder / str(number), epochs=2, task_args=arguments)
        logs.append(Path(log.location))
    return logs


def numbers(log: EvalLog) -> dict[str, float]:
    assert log.results
    return {f"{each.name}/{name}": metric.value for each in log.results.scores for name, metric in each.metrics.items()}


def test_shards_are_disjoint_sets_of_whole_problems_that_make_up_the_evaluation(whole, shards):
    ids = [read_eval_log(str(path), header_only=True).eval.dataset.sample_ids or [] for path in shards]
    problems = [{str(name).rpartition("/")[0] for name in some} for some in ids]
    assert sum(len(some) for some in ids) == len(set().union(*map(set, ids))) == whole.eval.dataset.samples
    assert sum(map(len, problems)) == len(set().union(*problems)) == 7
    # every shard gets its share of each family
    assert all({name.partition("/")[0] for name in some} == {"arithmetic", "actions"} for some in problems)


def test_a_merged_log_is_the_one_that_a_single_process_writes(whole, shards, tmp_path):
    merge_logs(shards[::-1], tmp_path / "merged.eval")
    merged = read_eval_log(str(tmp_path / "merged.eval"))
    assert values_by_sample(merged) == values_by_sample(whole)
    assert numbers(merged) == pytest.approx(numbers(whole), nan_ok=True)
    assert merged.eval.dataset == whole.eval.dataset
    assert merged.eval.metadata == whole.eval.metadata
    assert merged.eval.task_args == SETTINGS
    assert merged.results
    assert whole.results
    assert merged.results.total_samples == merged.results.completed_samples == whole.results.total_samples == 42
    assert {each.scorer for each in merged.reductions or []} == {each.scorer for each in whole.reductions or []}
    assert len(merged.samples or []) == 42
    assert (merged.samples or [])[0].events


def test_what_reads_logs_reads_a_merged_one(whole, shards, tmp_path):
    merge_logs(shards, tmp_path / "merged.eval")
    assert rescore_log(tmp_path / "merged.eval", measures()).changed == {}
    [ours], [theirs] = load_results([tmp_path / "merged.eval"]), load_results([whole.location])
    assert ours.rows == theirs.rows


@pytest.mark.parametrize(
    ("which", "said"),
    [
        ([0, 1], "expected all 3"),
        ([0, 1, 1], "expected each once"),
        ([], "no logs"),
    ],
)
def test_other_than_all_shards_of_one_evaluation_is_refused(shards, tmp_path, which, said):
    with pytest.raises(LogError, match=said):
        merge_logs([shards[number] for number in which], tmp_path / "merged.eval")
    assert list(tmp_path.iterdir()) == []


def test_shards_of_two_evaluations_are_refused(shards, tmp_path):
    other = evaluate(
        "askfirst/suite",
        "askfirst/oracle",
        tmp_path / "other",
        task_args=SETTINGS | {"shard": f"3/{SHARDS}"},
        epochs=2,
    )
    with pytest.raises(LogError, match="expected shards of one evaluation"):
        merge_logs([*shards[:2], Path(other.location)], tmp_path / "merged.eval")


def test_a_log_of_no_shard_is_refused(whole, tmp_path):
    with pytest.raises(LogError, match="no shard"):
        merge_logs([Path(whole.location)], tmp_path / "merged.eval")
