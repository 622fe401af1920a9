from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from inspect_ai.scorer import SampleScore, Score, ci, ci_wilson

from askfirst.reports.intervals import estimate, estimate_unbounded


def templates(count: int, each: int) -> list[str]:
    return [f"t{number}" for number in range(count) for _ in range(each)]


def test_no_value_has_no_estimate() -> None:
    assert estimate([], []) is None


def test_one_template_has_a_mean_but_no_interval() -> None:
    found = estimate([1.0, 0.0], ["t", "t"])
    assert found is not None
    assert (found.mean, found.low, found.high, found.n, found.templates) == (0.5, None, None, 2, 1)


@pytest.mark.parametrize("value", [0.0, 1.0])
def test_equal_values_still_have_an_interval_with_a_width(value: float) -> None:
    found = estimate([value] * 20, templates(10, 2))
    assert found is not None
    assert found.low is not None
    assert found.high is not None
    assert 0.1 < found.high - found.low < 0.3
    assert found.low - 1e-9 <= value <= found.high + 1e-9


def test_problems_of_one_template_that_agree_widen_the_interval() -> None:
    alike = estimate([1.0] * 20 + [0.0] * 20, templates(8, 5))
    mixed = estimate([1.0, 0.0] * 20, templates(8, 5))
    assert alike is not None
    assert mixed is not None
    assert alike.low is not None
    assert mixed.low is not None
    assert alike.mean == mixed.mean
    assert alike.low < mixed.low


def test_independent_halves_agree_with_wilson_by_hand() -> None:
    # each problem its own template: p = .5, n = 40, t(39) = 2.0227 instead of 1.96
    found = estimate([1.0, 0.0] * 20, templates(40, 1))
    assert found is not None
    t, n = 2.0227, 39.0  # the clustered variance is unbiased, so that n - 1 is the effective size
    half = t * (0.25 / n + t * t / (4 * n * n)) ** 0.5 / (1 + t * t / n)
    assert found.low == pytest.approx(0.5 - half, abs=1e-4)
    assert found.high == pytest.approx(0.5 + half, abs=1e-4)


def test_a_value_outside_the_range_is_refused() -> None:
    with pytest.raises(ValueError, match=r"between 0 and 1"):
        estimate([1.5, 0.0], ["a", "b"])


@given(st.lists(st.tuples(st.floats(0, 1), st.sampled_from("abcdef")), min_size=1, max_size=30))
def test_an_interval_holds_its_mean_and_stays_in_the_unit_interval(rows: list[tuple[float, str]]) -> None:
    found = estimate([value for value, _ in rows], [template for _, template in rows])
    assert found is not None
    if found.low is not None and found.high is not None:
        assert 0 <= found.low <= found.mean + 1e-9
        assert found.mean - 1e-9 <= found.high <= 1


@given(st.lists(st.tuples(st.floats(0, 1), st.sampled_from("abcdef")), min_size=1, max_size=30))
def test_the_interval_is_inspects_own(rows: list[tuple[float, str]]) -> None:
    found = estimate([value for value, _ in rows], [template for _, template in rows])
    assert found is not None
    if found.templates == 1:
        return
    scores = [SampleScore(score=Score(value=value), sample_metadata={"template": name}) for value, name in rows]
    theirs: Any = ci_wilson(0.95, cluster="template")(scores)
    assert (found.low, found.high) == pytest.approx((theirs["lower"], theirs["upper"]), abs=1e-6)


@given(st.lists(st.tuples(st.floats(0, 50), st.sampled_from("abcdef")), min_size=1, max_size=30))
def test_an_unbounded_interval_is_inspects_t_interval(rows: list[tuple[float, str]]) -> None:
    found = estimate_unbounded([value for value, _ in rows], [template for _, template in rows])
    assert found is not None
    if found.templates == 1:
        assert found.low is None
        return
    scores = [SampleScore(score=Score(value=value), sample_metadata={"template": name}) for value, name in rows]
    theirs: Any = ci(0.95, cluster="template")(scores)
    assert (found.low, found.high) == pytest.approx((theirs["lower"], theirs["upper"]), abs=1e-6)


def test_an_unbounded_interval_ends_where_values_do() -> None:
    found = estimate_unbounded([1.0, -1.0, 1.0], ["a", "b", "c"], -1, 1)
    assert found is not None
    assert (found.low, found.high) == (-1.0, 1.0)
