from math import sqrt

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from askfirst.benchmark.prediction_powered import LEVEL, correct_mean

bits = st.lists(st.sampled_from([0.0, 1.0]), min_size=2, max_size=60)


def plain(values: list[float]) -> tuple[float, float]:
    """Return the mean of independent values and half its t interval's width."""
    half = stats.t.ppf((1 + LEVEL) / 2, len(values) - 1) * np.std(values, ddof=1) / sqrt(len(values))
    return float(np.mean(values)), float(half)


@given(labels=bits, unlabelled=bits)
def test_a_perfect_grader_with_full_weight_gives_the_plain_interval_of_the_graded_rows(labels, unlabelled):
    got = correct_mean(labels, labels, unlabelled, weight=1)
    mean, half = plain(unlabelled)
    assert got.mean == pytest.approx(mean)
    if half:
        assert (got.low, got.high) == pytest.approx((max(mean - half, 0), min(mean + half, 1)))


@given(labels=bits, predictions=bits, unlabelled=bits)
@settings(max_examples=50)
def test_no_weight_leaves_the_interval_of_the_labelled_rows_alone(labels, predictions, unlabelled):
    size = min(len(labels), len(predictions))
    got = correct_mean(labels[:size], predictions[:size], unlabelled, weight=0)
    mean, half = plain(labels[:size])
    assert got.mean == pytest.approx(mean)
    if half:
        assert (got.low, got.high) == pytest.approx((max(mean - half, 0), min(mean + half, 1)))


@given(labels=bits, predictions=bits, unlabelled=bits)
def test_the_estimate_and_its_interval_stay_between_0_and_1_and_have_a_width(labels, predictions, unlabelled):
    size = min(len(labels), len(predictions))
    got = correct_mean(labels[:size], predictions[:size], unlabelled)
    assert 0 <= got.low <= got.mean <= got.high <= 1
    assert got.low < got.high


def draw(random: np.random.Generator, rows: int, hits: float, alarms: float) -> tuple[np.ndarray, np.ndarray]:
    """Return labels, 70% of them 1, and what a grader says that finds `hits` of the ones and `alarms` of the zeros."""
    labels = (random.random(rows) < 0.7).astype(float)
    predictions = (random.random(rows) < np.where(labels == 1, hits, alarms)).astype(float)
    return labels, predictions


def test_a_tuned_weight_pools_with_a_perfect_grader_and_ignores_a_useless_one():
    random = np.random.default_rng(1)
    labels, useless = draw(random, 400, 0.5, 0.5)
    more, more_useless = draw(random, 4000, 0.5, 0.5)
    alone = correct_mean(labels, useless, more_useless, weight=0)
    got = correct_mean(labels, useless, more_useless)
    assert got.weight < 0.1
    assert got.high - got.low == pytest.approx(alone.high - alone.low, rel=0.02)
    assert got.mean == pytest.approx(alone.mean, abs=0.02)
    pooled = correct_mean(labels, labels, more)
    mean, half = plain([*labels, *more])
    assert pooled.weight == pytest.approx(4000 / 4400, rel=0.15), "three standard errors of the variance"
    assert pooled.mean == pytest.approx(mean, abs=half)
    assert (pooled.high - pooled.low) / 2 == pytest.approx(half, rel=0.05)


def test_a_biased_grader_is_corrected():
    random = np.random.default_rng(2)
    labels, predictions = draw(random, 500, 1.0, 0.8)
    _, unlabelled = draw(random, 5000, 1.0, 0.8)
    assert np.mean(unlabelled) > 0.9
    for weight in (None, 1.0):
        got = correct_mean(labels, predictions, unlabelled, weight=weight)
        assert got.low < 0.7 < got.high


@pytest.mark.parametrize("weight", [None, 1.0])
@pytest.mark.parametrize(("hits", "alarms"), [(0.95, 0.1), (0.9, 0.6), (0.5, 0.5)])
def test_intervals_cover_the_truth_as_often_as_they_say(hits, alarms, weight):
    runs, random = 1000, np.random.default_rng(3)
    covered = 0
    for _ in range(runs):
        labels, predictions = draw(random, 100, hits, alarms)
        _, unlabelled = draw(random, 800, hits, alarms)
        got = correct_mean(labels, predictions, unlabelled, weight=weight)
        covered += got.low <= 0.7 <= got.high
    # beyond 4 standard errors of the simulation, and a hundredth for rows that are no normal numbers
    assert abs(covered / runs - LEVEL) < 4 * sqrt(LEVEL * (1 - LEVEL) / runs) + 0.01


def test_rows_that_are_alike_within_clusters_need_the_clusters_named():
    runs, covered = 400, {True: 0, False: 0}
    random = np.random.default_rng(4)
    for _ in range(runs):
        # each cluster has a rate of its own, around 0.5
        own, others = (np.repeat(random.random(25), 8) for _ in range(2))
        labels, unlabelled = ((random.random(200) < rates).astype(float) for rates in (own, others))
        names = [str(row // 8) for row in range(200)]
        for clustered in covered:
            clusters = names if clustered else []
            got = correct_mean(labels, labels, unlabelled, weight=1, clusters=clusters, unlabelled_clusters=clusters)
            covered[clustered] += got.low <= 0.5 <= got.high
    assert abs(covered[True] / runs - LEVEL) < 4 * sqrt(LEVEL * (1 - LEVEL) / runs) + 0.01
    assert covered[False] / runs < 0.85


def test_rows_that_vary_in_nothing_get_wilsons_interval_of_the_labelled_ones():
    got = correct_mean([1.0] * 20, [1.0] * 20, [1.0] * 500)
    assert got.mean == 1
    assert got.high == 1
    assert got.low == pytest.approx(20 / (20 + 1.959964**2))


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (([1, 0], [1], [1, 0]), "2 labels and 1 predictions"),
        (([1], [1], [1, 0]), "1 labelled and 2 unlabelled clusters"),
        (([1, 0], [1, 0], [1]), "2 labelled and 1 unlabelled clusters"),
        (([1, 2], [1, 0], [1, 0]), "outside"),
        (([1, float("nan")], [1, 0], [1, 0]), "outside"),
    ],
)
def test_what_gives_no_estimate_is_refused(arguments, said):
    with pytest.raises(ValueError, match=said):
        correct_mean(*arguments)


def test_clusters_have_to_name_every_row():
    with pytest.raises(ValueError, match="1 clusters for 2 rows"):
        correct_mean([1, 0], [1, 0], [1, 0], clusters=["a"])


def test_an_interval_outside_0_and_1_is_left_as_it_is_and_called_impossible():
    # it says no to all that is labelled yes, and yes to all of the others: these are not drawn alike
    got = correct_mean([1.0] * 50 + [0.0], [0.0] * 51, [1.0] * 50)
    assert got.possible
    got = correct_mean([1.0] * 50 + [0.0], [0.0] * 51, [1.0] * 50, weight=1)
    assert 1 < got.low < got.mean < got.high
    assert not got.possible
