from collections.abc import Iterator
from pathlib import Path

import fsspec
import pytest
from inspect_ai.log import EvalSample
from inspect_ai.model import GenerateConfig, ModelConfig, ModelUsage

from askfirst.reports.gate.logs import load_release
from askfirst.reports.gate.metrics import GATE_METRICS
from askfirst.reports.results import load_results
from evaluations import evaluate
from gate_logs import ARMS, make_problem, make_sample, write_log

ONE, TWO = "arithmetic/eggs/0", "arithmetic/eggs/1"


@pytest.fixture(scope="module")
def real_logs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("real")
    evaluate("askfirst/arithmetic", "askfirst/never_ask", folder, task_args={"n": 4}, epochs=2, temperature=0.5)
    return folder


@pytest.fixture
def memory() -> Iterator[str]:
    yield "memory://gate-logs"
    fsspec.filesystem("memory").rm("/gate-logs", recursive=True)


def test_rows_of_a_real_log_equal_its_results(real_logs: Path) -> None:
    release = load_release([str(real_logs)])
    results = load_results([real_logs])[0]
    assert [row.problem for row in release.rows] == [row.problem for row in results.rows]
    for row, expected in zip(release.rows, results.rows, strict=True):
        assert row.values == pytest.approx({m: v for m, v in expected.values.items() if m in GATE_METRICS})
        assert (row.template, row.family, row.level) == (expected.template, expected.family, expected.level)
        assert row.condition == "ask"
        assert row.epochs == 2
        assert not row.bounds
        assert not row.unsure_bounds
    assert release.rows[0].values["premature_rate"] == 1
    assert release.rows[0].values["accuracy_full"] == 1
    assert release.samples == 24
    assert release.usage.calls == 24
    assert release.missing == {"errored": 0, "unscored": 0, "unsure": 0}
    assert release.source == str(real_logs)


def test_a_real_log_says_what_has_to_be_equal(real_logs: Path) -> None:
    (identity,) = load_release([str(real_logs)]).identities
    assert (identity.task, identity.condition) == ("askfirst/arithmetic", "ask")
    assert len(identity.facts["data"]) == 64
    assert {
        "task version", "reader", "matcher", "user", "persona", "system message", "protocol", "on attempt", "max turns",
        "epochs", "askfirst", "inspect", "sampling temperature", "task argument n",
    } <= identity.facts.keys()  # fmt: skip
    assert identity.facts["sampling temperature"] == "0.5"


@pytest.mark.parametrize("protocol", ["", "file://"], ids=["path", "file"])
def test_a_local_log_has_one_name_however_it_is_given(real_logs: Path, protocol: str) -> None:
    (file,) = real_logs.glob("*.eval")
    release = load_release([f"{protocol}{real_logs}", f"{protocol}{file}", str(file)])
    assert release.logs == (str(file),)
    assert release.samples == 24


def test_logs_come_from_any_file_system(real_logs: Path, memory: str) -> None:
    (file,) = real_logs.glob("*.eval")
    fsspec.filesystem("memory").pipe(f"/gate-logs/{file.name}", file.read_bytes())
    assert load_release([memory]).rows == load_release([str(file)]).rows


def test_a_log_in_json_gives_the_same_rows(tmp_path: Path) -> None:
    samples = [*make_problem(ONE, 1), *make_problem(TWO, 0)]
    paths = [write_log(tmp_path / f"a.{ending}", samples) for ending in ("eval", "json")]
    first, second = (load_release([path]) for path in paths)
    assert first.rows == second.rows


def test_the_condition_is_that_of_the_under_arm(tmp_path: Path) -> None:
    samples = make_problem(ONE)
    samples[0].metadata["condition"] = "drip"
    samples[0].metadata["on_attempt"] = "continue"
    release = load_release([write_log(tmp_path / "a.eval", samples)])
    assert {row.condition for row in release.rows} == {"drip"}
    assert release.identities[0].condition == "drip"
    assert release.identities[0].facts["on attempt"] == "continue"


def test_a_log_without_the_under_arm_is_of_condition_ask(tmp_path: Path) -> None:
    release = load_release([write_log(tmp_path / "a.eval", make_problem(ONE)[1:])])
    assert release.rows[0].condition == "ask"
    # nobody planned the arm, so nothing is missing and nothing can be said about all arms
    assert "joint_success" not in release.rows[0].values
    assert release.rows[0].values["over_ask_rate"] == 0
    assert not release.rows[0].bounds
    assert release.missing["errored"] == 0


def test_over_epochs_a_joint_metric_is_the_product_of_its_arms_means(tmp_path: Path) -> None:
    parts = {"under": (1.0, 0.0), "full": (1.0, 1.0), "decoy": (0.0, 1.0)}
    samples = [
        make_sample(ONE, arm, {"joint_success": part, "discrimination": part}, epoch=epoch)
        for arm, of_arm in parts.items()
        for epoch, part in enumerate(of_arm, 1)
    ]
    (row,) = load_release([write_log(tmp_path / "a.eval", samples)]).rows
    assert row.values["joint_success"] == pytest.approx(0.5 * 1 * 0.5)
    assert row.values["discrimination"] == pytest.approx(0.5 - (1 + 0.5) / 2)


def test_logs_of_one_task_are_further_epochs(tmp_path: Path) -> None:
    paths = [write_log(tmp_path / f"{part}.eval", make_problem(ONE, part)) for part in (0.0, 1.0)]
    release = load_release(paths)
    (row,) = release.rows
    assert row.epochs == 2
    assert row.values["accuracy_full"] == 0.5
    assert row.values["joint_success"] == 0.125
    assert release.identities[0].facts["epochs"] == "2"
    assert release.samples == 6


def test_logs_of_other_problems_of_the_same_data_are_further_rows(tmp_path: Path) -> None:
    paths = [write_log(tmp_path / f"{n}.eval", make_problem(name)) for n, name in enumerate((TWO, ONE))]
    release = load_release(paths)
    assert [row.problem for row in release.rows] == [ONE, TWO]
    assert {row.epochs for row in release.rows} == {1}
    assert release.missing["errored"] == 0


def test_an_errored_run_could_have_had_any_value(tmp_path: Path) -> None:
    samples = [*make_problem(ONE, 1), *make_problem(ONE, 1, epoch=2)]
    # the second epoch's full arm
    samples[4] = make_sample(ONE, "full", None, epoch=2, error=True)
    release = load_release([write_log(tmp_path / "a.eval", samples)])
    (row,) = release.rows
    assert row.values["accuracy_full"] == 1
    assert row.bounds["accuracy_full"] == (0.5, 1)
    assert row.bounds["over_ask_rate"] == (0, 0.25)
    assert row.bounds["joint_success"] == (0.5, 1)
    assert row.values["discrimination"] == 1
    assert row.bounds["discrimination"] == (0.75, 1)
    # a run of the arm `full` says nothing of these
    assert row.bounds["premature_rate"] == (0, 0)
    assert row.bounds["accuracy_decoy"] == (1, 1)
    assert release.missing["errored"] == 1


def test_scores_of_an_errored_run_count_for_nothing(tmp_path: Path) -> None:
    samples = [*make_problem(ONE, 1), *make_problem(TWO, 1)]
    samples[1] = make_sample(ONE, "full", {"accuracy_full": 1.0, "joint_success": 1.0}, error=True)
    row = load_release([write_log(tmp_path / "a.eval", samples)]).rows[0]
    assert "accuracy_full" not in row.values
    assert row.bounds["accuracy_full"] == (0, 1)
    assert "joint_success" not in row.values
    assert row.bounds["joint_success"] == (0, 1)


def test_a_run_without_scores_is_unscored_and_could_have_had_any_value(tmp_path: Path) -> None:
    samples = [*make_problem(ONE, 1), *make_problem(TWO, 1)]
    samples[0] = make_sample(ONE, "under", None)
    release = load_release([write_log(tmp_path / "a.eval", samples)])
    assert release.missing == {"errored": 0, "unscored": 1, "unsure": 0}
    assert release.rows[0].bounds["premature_rate"] == (0, 1)


def test_a_planned_run_that_is_not_there_errored(tmp_path: Path) -> None:
    samples = [*make_problem(ONE, 1), *make_problem(ONE, 1, epoch=2)][:-1]
    release = load_release([write_log(tmp_path / "a.eval", samples)])
    assert release.samples == 6
    assert release.missing["errored"] == 1
    assert release.rows[0].bounds["accuracy_decoy"] == (0.5, 1)


def test_an_arm_that_is_gone_altogether_errored_if_it_was_planned(tmp_path: Path) -> None:
    samples = [*make_problem(ONE, 1)[:2], *make_problem(TWO, 1)]
    planned = [f"{problem}/{arm}" for problem in (ONE, TWO) for arm in ARMS]
    release = load_release([write_log(tmp_path / "a.eval", samples, planned=planned)])
    assert release.missing["errored"] == 1
    assert release.rows[0].bounds["accuracy_decoy"] == (0, 1)
    assert release.rows[0].bounds["joint_success"] == (0, 1)


def test_a_metric_that_does_not_apply_to_a_whole_run_is_not_missing(tmp_path: Path) -> None:
    samples = make_problem(ONE, 1)
    other = make_problem(TWO, 1)
    other[0] = make_sample(TWO, "under", {"premature_rate": 0.0, "ask_precision": 0.5})
    row, with_questions = load_release([write_log(tmp_path / "a.eval", [*samples, *other])]).rows
    assert "ask_precision" not in row.values
    assert not row.bounds
    assert with_questions.values["ask_precision"] == 0.5


def test_guessed_matches_leave_open_what_rests_on_them_and_nothing_else(tmp_path: Path) -> None:
    samples = make_problem(ONE, 1)
    guessed = {"premature_rate": 0.0, "accuracy_under": 1.0, "joint_success": 1.0, "unsure_rate": 0.5}
    samples[0] = make_sample(ONE, "under", guessed)
    release = load_release([write_log(tmp_path / "a.eval", samples)])
    (row,) = release.rows
    assert not row.bounds
    assert row.unsure_bounds["premature_rate"] == (0, 1)
    assert row.unsure_bounds["joint_success"] == (0, 1)
    assert "accuracy_under" not in row.unsure_bounds
    assert "over_ask_rate" not in row.unsure_bounds
    assert row.values["premature_rate"] == 0
    assert release.missing["unsure"] == 1


def test_values_lie_within_their_bounds_whatever_is_missing(tmp_path: Path) -> None:
    samples: list[EvalSample] = []
    for epoch in range(1, 5):
        for position, sample in enumerate(make_problem(ONE, epoch % 2, epoch=epoch)):
            lost = (epoch + position) % 3 == 0
            samples.append(make_sample(ONE, ARMS[position], None, epoch=epoch, error=True) if lost else sample)
    (row,) = load_release([write_log(tmp_path / "a.eval", samples)]).rows
    assert row.values.keys() <= row.bounds.keys()
    for metric, value in row.values.items():
        assert row.bounds[metric].low <= value <= row.bounds[metric].high


def test_usage_is_that_of_the_subject(tmp_path: Path) -> None:
    samples = make_problem(ONE)
    mine, users = (
        ModelUsage(input_tokens=10, output_tokens=4, total_cost=0.5),
        ModelUsage(input_tokens=7, output_tokens=2, total_cost=0.25),
    )
    for sample in samples:
        sample.model_usage, sample.role_usage = {"m": mine, "n": users}, {"user": users}
    usage = load_release([write_log(tmp_path / "a.eval", samples)]).usage
    assert (usage.input_tokens, usage.output_tokens, usage.cost_usd) == (30, 12, 1.5)


def test_cost_is_unknown_where_one_price_is(tmp_path: Path) -> None:
    samples = make_problem(ONE)
    for sample in samples:
        sample.model_usage = {"m": ModelUsage(input_tokens=1)}
    assert load_release([write_log(tmp_path / "a.eval", samples)]).usage.cost_usd is None


def test_a_local_model_is_called_by_its_folder(tmp_path: Path) -> None:
    path = write_log(tmp_path / "a.eval", make_problem(ONE), model="hf/local", model_args={"model_path": "/m/step-9"})
    assert load_release([path]).name == "step-9"


def test_facts_name_sampling_limits_and_roles_but_no_plumbing(tmp_path: Path) -> None:
    path = write_log(
        tmp_path / "a.eval",
        make_problem(ONE),
        config=GenerateConfig(temperature=0.2, seed=7, max_connections=3, extra_headers={"key": "secret"}),
        model_args={"do_sample": False, "api_key": "secret"},
        model_roles={"user": ModelConfig(model="openai/gpt", config=GenerateConfig(temperature=0.0, max_retries=5))},
        metadata={"user": "model/gpt"},
    )
    facts = load_release([path]).identities[0].facts
    assert facts["sampling temperature"] == "0.2"
    assert facts["sampling do_sample"] == "False"
    assert facts["model as user"] == "openai/gpt (temperature=0.0)"
    assert facts["user"] == "model/gpt"
    assert not any("secret" in value or "seed" in name or "connections" in name for name, value in facts.items())


def test_versions_may_differ_within_a_release_and_are_told(tmp_path: Path) -> None:
    first = write_log(tmp_path / "a.eval", make_problem(ONE))
    second = write_log(tmp_path / "b.eval", make_problem(TWO), packages={"askfirst": "0.2.0"})
    facts = load_release([first, second]).identities[0].facts
    assert facts["askfirst"] == "0.1.0, 0.2.0"
