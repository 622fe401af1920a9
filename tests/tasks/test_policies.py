"""The whole instrument, end to end under Inspect, on subjects whose scores are known beforehand."""

from math import nan

import pytest

from askfirst.benchmark.measures import OUTCOMES
from askfirst.tasks.suite import suite
from evaluations import evaluate, means, values_by_sample
from sandboxed import RUNNABLE

PROBLEMS = 16

KNOWN_SCORES = {
    "oracle": {
        "joint_success": 1, "asking_success": 1, "ask_f1": 1, "discrimination": 1, "premature_rate": 0,
        "over_ask_rate": 0, "accuracy_under": 1, "accuracy_full": 1, "accuracy_decoy": 1, "compound_rate": 0,
        "efficiency": 1, "specificity": 1, "known_at_attempt": 1, "asking_success_1x": 1,
    },
    "never_ask": {
        "joint_success": 0, "premature_rate": 1, "over_ask_rate": 0, "accuracy_full": 1, "accuracy_decoy": 1,
        "accuracy_under": 0, "ask_f1": 0, "discrimination": 0, "ask_precision": nan, "questions": 0,
    },
    "always_ask": {
        "joint_success": 0, "over_ask_rate": 1, "premature_rate": 0, "accuracy_under": 1, "accuracy_full": 1,
        "accuracy_decoy": 1, "discrimination": 0, "ask_recall": 1,
    },
    "shotgun": {"joint_success": 1, "ask_f1": 1, "over_ask_rate": 0, "premature_rate": 0},
    "generic": {"ask_recall": 0, "premature_rate": 1, "generic_rate": 1, "over_ask_rate": 1, "joint_success": 0},
    "repeater": {
        "redundancy": 0.5, "ask_precision": 0.5, "efficiency": 0.5, "ask_recall": 1, "joint_success": 1,
        "asking_success_1_5x": 0,
    },
    "forgetful": {
        "asking_success": 1, "accuracy_under": 0, "accuracy_full": 0, "accuracy_decoy": 0, "joint_success": 0,
        "ask_f1": 1,
    },
    "stubborn": {"unanswered_rate": 1, "joint_success": 0, "over_ask_rate": 0, "questions": 0, "turns": 10},
    "silent": {"unanswered_rate": 1, "joint_success": 0, "over_ask_rate": 0, "turns": 10},
}  # fmt: skip


@pytest.mark.parametrize("policy", KNOWN_SCORES)
def test_a_reference_policy_gets_exactly_its_known_scores(policy, tmp_path):
    log = evaluate(suite(families=RUNNABLE, n=PROBLEMS), f"askfirst/{policy}", tmp_path)
    found = means(log)
    expected = KNOWN_SCORES[policy]
    assert {name: found[name] for name in expected} == pytest.approx(expected, nan_ok=True)
    for values in values_by_sample(log).values():
        outcomes = [values[f"{outcome}_rate"] for outcome in OUTCOMES]
        assert outcomes == [None] * 4 or sum(outcomes) == 1
    several = {
        sample.id: (sample.scores or {})["measures"].as_dict()["compound_rate"]
        for sample in log.samples or []
        if sample.metadata["arm"] == "under" and len(sample.metadata["hidden"]) > 1
    }
    if policy == "shotgun":
        assert set(several.values()) == {1.0}, "with several hidden fragments every question is one of several"
    if policy == "silent":
        kinds = {turn["kind"] for sample in log.samples or [] for turn in sample.store["Dialogue:turns"]}
        assert kinds == {"missing"}


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        pytest.param("drip", {"accuracy_under": 1, "informed_rate": 1}, id="drip"),
        pytest.param("recap", {"accuracy_under": 1, "informed_rate": 1}, id="recap"),
        pytest.param("snowball", {"accuracy_under": 1, "informed_rate": 1}, id="snowball"),
        pytest.param("concat", {"accuracy_under": 1, "informed_rate": 1, "questions": 0}, id="concat"),
        pytest.param("closed", {"accuracy_under": 0, "forced_rate": 1, "questions": 0}, id="closed"),
    ],
)
def test_the_oracle_under_every_other_condition(condition, expected, tmp_path):
    found = means(evaluate(suite(families=RUNNABLE, n=8, condition=condition), "askfirst/oracle", tmp_path))
    assert {name: found[name] for name in expected} == expected


def test_the_natural_protocol_reads_the_same_answers(tmp_path):
    found = means(evaluate(suite(families=RUNNABLE, n=8, protocol="natural"), "askfirst/oracle", tmp_path))
    assert (found["joint_success"], found["premature_rate"]) == (1, 0)


def test_epochs_are_collapsed_before_problems_are_counted(tmp_path):
    log = evaluate(suite(families=RUNNABLE, n=8), "askfirst/oracle", tmp_path, epochs=2)
    assert log.results
    joint = next(score for score in log.results.scores if score.name == "joint_success")
    assert {name.rpartition("/")[2]: metric.value for name, metric in joint.metrics.items()}["problems"] == 8


def test_two_runs_with_one_seed_give_identical_samples_and_scores(tmp_path):
    first, second = (
        evaluate(suite(families=RUNNABLE, n=8, seed=5), "askfirst/always_ask", tmp_path / str(i)) for i in range(2)
    )
    assert values_by_sample(first) == values_by_sample(second)
    assert first.eval.metadata == second.eval.metadata
    inputs = [[(s.id, s.input, s.target, s.metadata) for s in log.samples or []] for log in (first, second)]
    assert inputs[0] == inputs[1]


def test_different_seeds_share_no_problem():
    ids = [{sample.id for sample in suite(families=RUNNABLE, n=12, seed=seed).dataset} for seed in (0, 1)]
    assert not ids[0] & ids[1]
