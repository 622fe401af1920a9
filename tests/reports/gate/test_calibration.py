"""The gate's own error rates on logs: read condition by condition, and larger losses found more often."""

import random
from pathlib import Path

import numpy as np
import pytest

from askfirst.benchmark.errors import GateError
from askfirst.reports.gate.calibration import Calibration, calibrate_gate
from askfirst.reports.gate.outcomes import load_outcomes
from askfirst.reports.gate.policy import MetricPolicy, Policy
from gate_logs import make_problem, make_sample, write_log

ONE = "arithmetic/eggs/0"
POLICY = Policy(metrics={"accuracy_full": MetricPolicy(margin=0.1)})


def noisy_log(path: Path, problems: int = 60, epochs: int = 4) -> str:
    chance = random.Random(0)
    samples = [
        sample
        for number in range(problems)
        for epoch in range(1, epochs + 1)
        for sample in make_problem(f"arithmetic/t{number % 12:02}/{number}", float(chance.random() < 0.8), epoch)
    ]
    return write_log(path, samples)


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Calibration:
    path = noisy_log(tmp_path_factory.mktemp("logs") / "a.eval")
    return calibrate_gate(load_outcomes([path], POLICY), POLICY, runs=120, seed=0)


def test_an_unchanged_model_rarely_fails_and_the_size_is_told(found: Calibration) -> None:
    assert found.false_fail <= 0.05 + 2 * (0.05 * 0.95 / 120) ** 0.5
    assert (found.problems, found.templates, found.epochs, found.runs) == (60, 12, 4, 120)


def test_larger_losses_pass_less_and_fail_more(found: Calibration) -> None:
    passed, failed = [each.passed for each in found.rates], [each.failed for each in found.rates]
    assert [each.loss for each in found.rates] == pytest.approx([0, 0.05, 0.1, 0.15, 0.2, 0.3, 0.4])
    # neighbours may change places by chance; the ends may not
    assert passed[0] > passed[2] > passed[-1] - 0.01
    assert failed[-1] > 0.9 > failed[2] > failed[0]
    assert found.rates[2].passed <= 0.05 + 2 * (0.05 * 0.95 / 120) ** 0.5
    for each in found.rates:
        assert each.passed + each.failed + each.inconclusive == pytest.approx(1)


def test_a_loss_that_the_model_does_not_have_is_left_out(tmp_path: Path) -> None:
    path = write_log(
        tmp_path / "a.eval", [s for n in range(12) for e in (1, 2) for s in make_problem(f"a/t{n}/0", 0.0, e)]
    )
    found = calibrate_gate(load_outcomes([path], POLICY), POLICY, runs=2, seed=0)
    assert [each.loss for each in found.rates] == [0.0]


def test_equal_seeds_give_equal_rates(tmp_path: Path) -> None:
    path = noisy_log(tmp_path / "a.eval", problems=24, epochs=2)
    one, two = (calibrate_gate(load_outcomes([path], POLICY), POLICY, runs=5, seed=3) for _ in range(2))
    assert one == two


def test_conditions_are_apart_though_problems_have_one_name(tmp_path: Path) -> None:
    asked = write_log(tmp_path / "a.eval", [s for e in (1, 2) for s in make_problem(ONE, 1.0, e)])
    dripped = write_log(tmp_path / "b.eval", [s for e in (1, 2) for s in make_problem(ONE, 0.0, e, condition="drip")])
    _, outcomes = load_outcomes([asked, dripped], POLICY)
    assert [each.condition for each in outcomes] == ["ask", "drip"]
    assert [float(np.mean(each.values["accuracy_full"]["full"])) for each in outcomes] == [1.0, 0.0]


def test_a_problem_with_fewer_than_two_whole_runs_of_an_arm_is_refused(tmp_path: Path) -> None:
    samples = [s for e in (1, 2) for s in make_problem(ONE, 1.0, e)]
    samples[4] = make_sample(ONE, "full", None, epoch=2, error=True)
    path = write_log(tmp_path / "a.eval", samples)
    with pytest.raises(GateError, match="1 whole runs of an arm; expected at least 2"):
        load_outcomes([path], POLICY)


def test_logs_of_several_models_or_of_nothing_that_counts_are_refused(tmp_path: Path) -> None:
    paths = [write_log(tmp_path / f"{n}.eval", make_problem(ONE), model=f"askfirst/{n}") for n in "ab"]
    with pytest.raises(GateError, match="expected one"):
        load_outcomes(paths, POLICY)
    with pytest.raises(GateError, match="nothing that the policy counts"):
        load_outcomes(paths[:1], POLICY.model_copy(update={"families": ("sql",)}))
