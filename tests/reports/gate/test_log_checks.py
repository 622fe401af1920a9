import json
import shutil
import zipfile
from pathlib import Path

import pytest
from inspect_ai.model import GenerateConfig

from askfirst.reports.gate.invalid import InvalidReleaseError
from askfirst.reports.gate.logs import load_release
from gate_logs import ARMS, make_problem, make_sample, what_is_wrong, write_log

ONE, TWO = "arithmetic/eggs/0", "arithmetic/eggs/1"


def test_a_log_without_samples_is_refused(tmp_path: Path) -> None:
    assert "holds no samples" in what_is_wrong(write_log(tmp_path / "a.eval", []))[0]


def test_a_log_in_which_all_errored_is_refused(tmp_path: Path) -> None:
    path = write_log(tmp_path / "a.eval", [make_sample(ONE, arm, None, error=True) for arm in ARMS])
    assert "3 of 3 samples errored" in what_is_wrong(path)[0]


def test_a_log_without_any_scores_is_refused(tmp_path: Path) -> None:
    path = write_log(tmp_path / "a.eval", [make_sample(ONE, arm, None) for arm in ARMS])
    assert "0 of 3 samples errored, the others have no scores" in what_is_wrong(path)[0]


def test_a_log_in_which_every_score_is_nan_is_refused(tmp_path: Path) -> None:
    path = write_log(tmp_path / "a.eval", [make_sample(ONE, arm, {}) for arm in ARMS])
    assert "every score is NaN" in what_is_wrong(path)[0]


def test_a_problem_of_which_nothing_is_there_is_named(tmp_path: Path) -> None:
    planned = [f"{problem}/{arm}" for problem in (ONE, TWO) for arm in ARMS]
    path = write_log(tmp_path / "a.eval", make_problem(ONE), planned=planned)
    assert "lacks 3 planned samples such as 'arithmetic/eggs/1/decoy'" in what_is_wrong(path)[0]


def test_the_same_epoch_twice_in_one_log_is_refused(tmp_path: Path) -> None:
    path = write_log(tmp_path / "a.eval", make_problem(ONE))
    with zipfile.ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    summaries = json.loads(members["summaries.json"])
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in (members | {"summaries.json": json.dumps(summaries * 2).encode()}).items():
            archive.writestr(name, content)
    assert "holds epoch 1 of sample 'arithmetic/eggs/0/under' 2 times" in what_is_wrong(path)[0]


def test_an_epoch_beyond_the_planned_ones_is_refused(tmp_path: Path) -> None:
    path = write_log(tmp_path / "a.eval", [*make_problem(ONE), *make_problem(ONE, epoch=3)], epochs=2)
    assert "holds epoch 3 of 2 planned ones" in what_is_wrong(path)[0]


def test_a_copy_of_a_log_is_the_same_evaluation(tmp_path: Path) -> None:
    path = write_log(tmp_path / "a.eval", make_problem(ONE))
    shutil.copy(path, tmp_path / "b.eval")
    said = what_is_wrong(path, str(tmp_path / "b.eval"))
    assert "is evaluation 'eval a.eval'" in said[0]


def test_a_retry_that_took_over_runs_does_not_count_them_twice(tmp_path: Path) -> None:
    samples = make_problem(ONE)
    for number, sample in enumerate(samples):
        sample.uuid = f"run {number}"
    paths = [write_log(tmp_path / f"{name}.eval", samples) for name in "ab"]
    assert "expected independent ones" in what_is_wrong(*paths)[0]


def test_logs_of_two_models_are_no_release(tmp_path: Path) -> None:
    paths = [write_log(tmp_path / f"{name}.eval", make_problem(ONE), model=f"askfirst/{name}") for name in "ab"]
    assert what_is_wrong(*paths) == ["model: askfirst/a, askfirst/b; expected one; name the logs of one model"]


def test_logs_of_one_task_that_differ_in_a_setting_are_no_release(tmp_path: Path) -> None:
    first = write_log(tmp_path / "a.eval", make_problem(ONE), config=GenerateConfig(temperature=0.2))
    second = write_log(tmp_path / "b.eval", make_problem(TWO))
    assert what_is_wrong(first, second) == [
        f"log {second}: sampling temperature is 'not set', but '0.2' in {first}; expected one; leave one of them out"
    ]


def test_a_problem_in_two_tasks_is_refused(tmp_path: Path) -> None:
    paths = [write_log(tmp_path / f"{name}.eval", make_problem(ONE), task=f"askfirst/{name}") for name in "ab"]
    (said,) = what_is_wrong(*paths)
    assert "1 of them are in askfirst/a too" in said


def test_everything_that_is_wrong_is_said_at_once_and_on_its_side(tmp_path: Path) -> None:
    paths = [write_log(tmp_path / f"{name}.eval", make_problem(ONE), status="started") for name in "ab"]
    with pytest.raises(InvalidReleaseError, match="and 1 more") as caught:
        load_release(paths, side="baseline")
    assert [difference.candidate for difference in caught.value.differences] == ["", ""]
    assert all("started" in difference.baseline for difference in caught.value.differences)
