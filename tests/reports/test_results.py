from math import nan
from pathlib import Path
from typing import Any

import pytest
from inspect_ai.log import (
    EvalConfig,
    EvalDataset,
    EvalError,
    EvalLog,
    EvalSample,
    EvalSpec,
    write_eval_log,
)
from inspect_ai.scorer import Score

from askfirst.benchmark.errors import LogError
from askfirst.reports.results import find_logs, load_results

ARMS = ["under", "full", "decoy"]


def make_sample(
    problem: str, arm: str, values: dict[str, float], *, epoch: int = 1, error: bool = False, **metadata: Any
) -> EvalSample:
    return EvalSample(
        id=f"{problem}/{arm}",
        epoch=epoch,
        input="How many?",
        target="3",
        metadata={
            "problem_id": problem,
            "template": problem.rpartition("/")[0],
            "family": problem.partition("/")[0],
            "level": 1,
            "arm": arm,
            "arms": ARMS,
            **metadata,
        },
        scores=None if error else {"measures": Score(value=dict(values))},
        error=EvalError(message="boom", traceback="", traceback_ansi="") if error else None,
    )


def make_problem(problem: str, success: tuple[float, float, float], epoch: int = 1) -> list[EvalSample]:
    """Return the three samples of a problem, with their parts of joint_success and accuracies."""
    samples: list[EvalSample] = []
    for arm, part in zip(ARMS, success, strict=True):
        values = {
            "joint_success": part,
            "premature_rate": 1 - part if arm == "under" else nan,
            "over_ask_rate": nan if arm == "under" else 1 - part,
            **{f"accuracy_{other}": part if other == arm else nan for other in ARMS},
        }
        samples.append(make_sample(problem, arm, values, epoch=epoch))
    return samples


def write_log(
    path: Path,
    samples: list[EvalSample],
    *,
    model: str = "askfirst/oracle",
    status: Any = "success",
    model_args: dict[str, Any] | None = None,
    task_args: dict[str, Any] | None = None,
) -> Path:
    log = EvalLog(
        status=status,
        eval=EvalSpec(
            created="2026-01-01T00:00:00+00:00",
            task="askfirst/suite",
            dataset=EvalDataset(samples=len(samples), sample_ids=sorted({str(sample.id) for sample in samples})),
            model=model,
            model_args=model_args or {},
            task_args=task_args or {},
            config=EvalConfig(),
        ),
        samples=samples,
    )
    write_eval_log(log, str(path))
    return path


def test_a_joint_measure_is_the_product_of_the_arms_means_over_epochs(tmp_path: Path) -> None:
    samples = make_problem("sums/apples/0", (1, 1, 1)) + make_problem("sums/apples/0", (0, 1, 0.5), epoch=2)
    [results] = load_results([write_log(tmp_path / "log.eval", samples)])
    [row] = results.rows
    assert row.values["joint_success"] == pytest.approx(0.5 * 1 * 0.75)
    assert row.complete


def test_a_plain_measure_is_the_mean_over_the_samples_that_it_applies_to(tmp_path: Path) -> None:
    [results] = load_results([write_log(tmp_path / "log.eval", make_problem("sums/apples/0", (1, 0.5, 0)))])
    values = results.rows[0].values
    assert values["over_ask_rate"] == pytest.approx(0.75)
    assert values["premature_rate"] == 0
    assert values["accuracy_full"] == 0.5


def test_a_measure_that_applies_nowhere_is_missing_not_zero(tmp_path: Path) -> None:
    [results] = load_results(
        [write_log(tmp_path / "log.eval", [make_sample("sums/apples/0", "full", {"ask_f1": nan}, arms=["full"])])]
    )
    assert "ask_f1" not in results.rows[0].values
    assert results.rows[0].complete


def test_a_failed_arm_takes_its_problem_out_of_joint_measures_and_is_counted(tmp_path: Path) -> None:
    whole, broken = make_problem("sums/apples/0", (1, 1, 1)), make_problem("sums/pears/0", (1, 1, 1))
    broken[2] = make_sample("sums/pears/0", "decoy", {}, error=True)
    [results] = load_results([write_log(tmp_path / "log.eval", whole + broken)])
    assert (results.errored, results.incomplete, len(results.rows)) == (1, 1, 2)
    assert ["joint_success" in row.values for row in results.rows] == [True, False]
    assert results.rows[1].values["accuracy_full"] == 1


def test_a_problem_whose_samples_all_failed_keeps_its_row(tmp_path: Path) -> None:
    samples = make_problem("sums/apples/0", (1, 1, 1))
    samples += [make_sample("sums/pears/0", arm, {}, error=True) for arm in ARMS]
    [results] = load_results([write_log(tmp_path / "log.eval", samples)])
    assert [row.problem for row in results.rows] == ["sums/apples/0", "sums/pears/0"]
    assert not results.rows[1].values
    assert results.incomplete == 1


def test_labels_tell_logs_of_one_model_apart(tmp_path: Path) -> None:
    samples = make_problem("sums/apples/0", (1, 1, 1))
    folder = {"model": "hf/local", "model_args": {"model_path": "/cache/smollm2-135m"}}
    paths = [
        write_log(tmp_path / "1.eval", samples),
        write_log(tmp_path / "2.eval", samples, **folder, task_args={"n": 9}),
        write_log(tmp_path / "3.eval", samples, **folder, task_args={"n": 9, "system": "invite"}),
        write_log(tmp_path / "4.eval", samples),
    ]
    labels = [results.label for results in load_results(paths)]
    assert labels == ["askfirst/oracle", "smollm2-135m", "smollm2-135m (system=invite)", "askfirst/oracle #2"]


def test_a_folder_is_its_logs_and_a_log_named_twice_counts_once(tmp_path: Path) -> None:
    log = write_log(tmp_path / "log.eval", make_problem("sums/apples/0", (1, 1, 1)))
    assert find_logs([tmp_path, log]) == (log.resolve(),)


def test_a_log_as_json_reads_the_same(tmp_path: Path) -> None:
    samples = make_problem("sums/apples/0", (1, 0.5, 0))
    paths = [write_log(tmp_path / "log.eval", samples), write_log(tmp_path / "log.json", samples)]
    one, other = load_results(paths)
    assert one.rows == other.rows


def write_nothing(folder: Path) -> Path:
    return folder / "absent.eval"


def write_empty_folder(folder: Path) -> Path:
    (folder / "empty").mkdir()
    return folder / "empty"


def write_text(folder: Path) -> Path:
    (folder / "log.eval").write_text("not a log")
    return folder / "log.eval"


def write_unfinished(folder: Path) -> Path:
    return write_log(folder / "log.eval", make_problem("sums/apples/0", (1, 1, 1)), status="cancelled")


def write_foreign(folder: Path) -> Path:
    sample = EvalSample(id=1, epoch=1, input="?", target="", scores={"match": Score(value=1)})
    return write_log(folder / "log.eval", [sample])


def write_unscored(folder: Path) -> Path:
    sample = make_sample("sums/apples/0", "under", {})
    sample.scores = {"match": Score(value=1)}
    return write_log(folder / "log.eval", [sample])


def write_no_samples(folder: Path) -> Path:
    return write_log(folder / "log.eval", [])


@pytest.mark.parametrize(
    ("write", "said"),
    [
        (write_nothing, "not there; expected a log or a folder of logs"),
        (write_empty_folder, "no logs in this folder"),
        (write_text, "not readable as a log"),
        (write_unfinished, "status 'cancelled'; expected a finished evaluation"),
        (write_foreign, "has no metadata 'problem_id'"),
        (write_unscored, "has no score 'measures'"),
        (write_no_samples, "holds no samples"),
    ],
)
def test_a_path_without_results_is_one_line(write: Any, said: str, tmp_path: Path) -> None:
    with pytest.raises(LogError, match=said) as caught:
        load_results([write(tmp_path)])
    assert "\n" not in str(caught.value)


def test_no_path_at_all_is_one_line() -> None:
    with pytest.raises(LogError, match="none given"):
        load_results([])
