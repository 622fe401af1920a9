from copy import deepcopy
from math import nan
from pathlib import Path

import pytest
from inspect_ai import Epochs
from inspect_ai.scorer import SampleScore, Score, ScoreEdit, mean_score

from askfirst.benchmark.dialogue_score import DialogueScore
from askfirst.scorers.epochs import mean_over_epochs, over_epochs
from askfirst.tasks.arithmetic import arithmetic
from evaluations import evaluate


def rows(sample: str, *values: float) -> list[SampleScore]:
    return [SampleScore(score=Score(value=value), sample_id=sample) for value in values]


def test_a_mean_over_problems_gives_each_the_same_weight():
    found = over_epochs()(rows("p", 1, 1, 1, 1) + rows("q", 0, 1))
    assert found["aptitude"] == pytest.approx((1.0 + 0.9) / 2)
    assert found["unreliability"] == pytest.approx((0.0 + 0.8) / 2)


def test_pass_hat_goes_as_far_as_every_problem_has_epochs():
    found = over_epochs()(rows("p", 1, 1, 0, 0) + rows("q", 1, 1, 1))
    assert {name: value for name, value in found.items() if name.startswith("pass_hat")} == {
        "pass_hat_1": pytest.approx((2 / 4 + 1) / 2),
        "pass_hat_2": pytest.approx((1 / 6 + 1) / 2),
        "pass_hat_3": pytest.approx((0 + 1) / 2),
    }


@pytest.mark.parametrize("scores", [[], rows("p", 1.0) + rows("q", 0.0), rows("p", nan, 1.0), rows("p", nan)])
def test_one_scored_epoch_says_nothing(scores):
    assert over_epochs()(scores) == {}


@pytest.mark.parametrize(
    "values",
    [
        [{"a": 1.0, "b": nan}],
        [{"a": 1.0, "b": nan}, {"a": 0.0, "b": 0.5}],
        [{"a": nan, "b": nan}, {"a": nan, "b": 0.25}, {"a": 1.0, "b": 0.5}],
    ],
)
@pytest.mark.parametrize("kind", [Score, DialogueScore])
def test_the_reducer_takes_inspects_mean(values: list[dict[str, float]], kind: type[Score]):
    scores = [kind(value=each, answer="4", explanation=f"{each}", metadata={"epoch": 1}) for each in values]
    assert str(dict(mean_over_epochs()(scores))) == str(dict(mean_score()(scores)))


def test_the_reducer_makes_numbers_of_other_peoples_scores():
    assert mean_over_epochs()([Score(value="C")]).value == 1.0


def test_a_copied_score_has_a_value_and_edits_of_its_own():
    score = DialogueScore(value={"a": 1.0}, metadata={"epoch": 1})
    copy = deepcopy(score)
    copy.value = 0.0
    copy.history.append(ScoreEdit())
    assert (score.value, score.history) == ({"a": 1.0}, [])
    assert copy.metadata is score.metadata


def test_metrics_over_epochs_are_those_of_inspects_own_mean(tmp_path: Path):
    """Whoever leaves the choice to us, and whoever asks Inspect for `mean`, reads the same numbers."""

    def metrics(epochs: int | Epochs) -> dict[tuple[str, bool, str], str]:
        log = evaluate(arithmetic(n=4), "askfirst/forgetful", tmp_path, epochs=epochs)
        assert log.results
        return {
            (score.name, score.reducer is None, name): str(metric.value)
            for score in log.results.scores
            for name, metric in score.metrics.items()
        }

    ours, inspects = metrics(2), metrics(Epochs(2, "mean"))
    assert ours == inspects
    assert len(ours) > 60
