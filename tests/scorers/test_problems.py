from math import isnan

import pytest
from inspect_ai.scorer import SampleScore, Score

from askfirst.scorers.problems import incomplete_problems as incomplete
from askfirst.scorers.problems import problem_mean, problem_mean_by_family, problem_stderr, problems

ARMS = ["under", "full", "decoy"]


def row(problem: str, arm: str, value: float, template: str = "", family: str = "a") -> SampleScore:
    metadata = {"problem_id": problem, "arm": arm, "arms": ARMS, "template": template or problem, "family": family}
    return SampleScore(score=Score(value=value), sample_id=f"{problem}/{arm}", sample_metadata=metadata)


def problem(name: str, *values: float, **more: str) -> list[SampleScore]:
    return [row(name, arm, value, **more) for arm, value in zip(ARMS, values, strict=False)]


def test_a_joint_measure_is_the_product_over_the_arms():
    scores = problem("p", 1, 1, 1) + problem("q", 1, 1, 0) + problem("r", 0, 1, 1) + problem("s", 0, 0, 0)
    assert problem_mean()(scores) == 0.25


def test_epochs_are_averaged_by_arm_before_the_product():
    scores = problem("p", 1, 1, 1) + problem("p", 0, 1, 0)
    assert problem_mean()(scores) == 0.25
    assert problems()(scores) == 1


def test_a_problem_without_one_of_its_arms_is_left_out_and_counted():
    scores = problem("p", 1, 1, 1) + problem("q", 0, 0)
    assert problem_mean()(scores) == 1
    assert incomplete()(scores) == 1


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        pytest.param((1, 0, 0), 1, id="asks only when something is missing"),
        pytest.param((1, 1, 1), 0, id="always asks"),
        pytest.param((0, 0, 0), 0, id="never asks"),
        pytest.param((0, 1, 1), -1, id="asks only when nothing is missing"),
    ],
)
def test_discrimination_is_under_minus_its_twins(values, expected):
    assert problem_mean("contrast")(problem("p", *values)) == expected


def test_without_a_complete_problem_there_is_no_mean():
    assert isnan(problem_mean()(problem("p", 1)))
    assert isnan(problem_stderr()([]))


def test_standard_errors_are_clustered_by_template():
    same = [score for i in range(6) for score in problem(f"p{i}", i % 2, 1, 1, template="t" + str(i % 2))]
    apart = [score for i in range(6) for score in problem(f"p{i}", i % 2, 1, 1)]
    assert problem_stderr()(same) > problem_stderr()(apart) > 0


def test_means_by_family_are_the_means_of_each_family_alone():
    scores = problem("p", 1, 1, 1, family="a") + problem("q", 0, 1, 1, family="b")
    assert problem_mean_by_family()(scores) == {"a": 1, "b": 0}
