import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from askfirst.reports.leaderboard.board import RankRange
from askfirst.reports.leaderboard.ranking import compare_models, degrees_of_freedom, rank_models
from askfirst.reports.paired import paired_difference
from simulated_boards import Truth, covers


def templates(count: int, each: int) -> list[str]:
    return [f"t{number}" for number in range(count) for _ in range(each)]


def rank(values: dict[str, list[float]], names: list[str]) -> dict[str, RankRange]:
    return rank_models(values, compare_models(values, names))


def test_two_perfect_models_tie_and_a_hopeless_one_is_certainly_worse() -> None:
    ranges = rank({"a": [1.0] * 20, "b": [1.0] * 20, "c": [0.0] * 20}, templates(10, 2))
    assert ranges["a"] == RankRange(best=1, worst=2, place=1, tied_with=("b",))
    assert ranges["b"] == RankRange(best=1, worst=2, place=1, tied_with=("a",))
    assert ranges["c"] == RankRange(best=3, worst=3, place=3, tied_with=())


def test_two_problems_that_agree_are_certain_of_nothing() -> None:
    ranges = rank({"a": [1.0, 1.0], "b": [0.0, 0.0]}, ["x", "y"])
    assert (ranges["a"].best, ranges["a"].worst, ranges["a"].place) == (1, 2, 1)
    assert ranges["b"].tied_with == ("a",)


def test_problems_of_one_template_are_certain_of_nothing() -> None:
    [pair] = compare_models({"a": [1.0] * 50, "b": [0.0] * 50}, ["x"] * 50)
    assert (pair.difference.mean, pair.difference.low, pair.p_adjusted, pair.certain) == (1.0, None, 1.0, False)


def test_one_model_alone_has_the_first_place() -> None:
    assert rank({"a": [0.0, 1.0]}, ["x", "y"])["a"] == RankRange(best=1, worst=1, place=1, tied_with=())


def test_differences_that_all_come_from_one_template_are_not_certain() -> None:
    spread = [1.0 if place % 5 else 0.0 for place in range(40)]
    lumped = [1.0] * 8 + [0.0] * 32
    names = templates(5, 8)
    [of_spread] = compare_models({"a": spread, "b": [0.0] * 40}, names)
    [of_lumped] = compare_models({"a": lumped, "b": [0.0] * 40}, names)
    assert of_spread.certain
    assert not of_lumped.certain


def test_an_interval_is_that_of_paired_differences_but_for_the_pseudo_problems() -> None:
    generator = np.random.default_rng(3)
    one, other = ([float(each) for each in generator.integers(0, 2, 400)] for _ in range(2))
    names = templates(40, 10)
    [pair] = compare_models({"a": one, "b": other}, names)
    plain = paired_difference([x - y for x, y in zip(one, other, strict=True)], names)
    assert pair.difference.mean == pytest.approx(plain.mean)
    assert pair.difference.low == pytest.approx(plain.low, abs=1e-3)
    assert pair.difference.low < plain.low  # type: ignore[operator]


def test_counts_are_compared_on_their_own_scale() -> None:
    values = {"a": [0.0, 1.0] * 10, "b": [4.0, 5.0] * 10}
    [pair] = compare_models(values, templates(10, 2), spread=5.0)
    assert (pair.difference.mean, pair.certain) == (-4.0, True)
    assert pair.difference.low is not None
    assert pair.difference.low >= -5.0


def test_templates_of_equal_size_have_one_degree_of_freedom_less_and_others_fewer() -> None:
    assert degrees_of_freedom(np.full(12, 5.0)) == pytest.approx(11)
    assert 1 <= degrees_of_freedom(np.array([50.0, 5.0, 5.0, 5.0])) < 2


@settings(deadline=None)  # the first call of scipy's t takes longer
@given(st.data())
def test_a_range_holds_its_place_and_does_not_depend_on_the_models_order(data: st.DataObject) -> None:
    models, problems = data.draw(st.integers(1, 5)), data.draw(st.integers(1, 12))
    row = st.lists(st.sampled_from([0.0, 0.5, 1.0]), min_size=problems, max_size=problems)
    values = {f"m{number}": data.draw(row) for number in range(models)}
    names = data.draw(st.lists(st.sampled_from("xyz"), min_size=problems, max_size=problems))
    ranges = rank(values, names)
    assert all(1 <= found.best <= found.place <= found.worst <= models for found in ranges.values())
    assert ranges == rank(dict(reversed(values.items())), names)


@pytest.mark.parametrize(
    "truth",
    [
        pytest.param(Truth([0.5] * 5, 100, 8, 0.2), id="5 equal"),
        pytest.param(Truth([0.2, 0.4, 0.4, 0.6, 0.8], 100, 8, 0.2), id="5 with a tie"),
        pytest.param(Truth([0.95] * 5, 100, 8, 0.3), id="5 equal near 1"),
        pytest.param(Truth([0.3] * 5 + [0.6] * 5, 100, 20, 0.2, uneven=True), id="10, uneven"),
    ],
)
def test_ranges_hold_the_true_places_of_all_models(truth: Truth) -> None:
    # bench_ranks.py draws enough boards to see .95; so few see only what is plainly wrong
    generator = np.random.default_rng(0)
    found = [covers(truth, generator)[0] for _ in range(150)]
    assert sum(found) / len(found) > 0.95 - 3 * (0.95 * 0.05 / 150) ** 0.5


def test_the_simulation_sees_ranges_that_are_too_narrow(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("askfirst.reports.leaderboard.ranking.ALPHA", 0.9)
    generator = np.random.default_rng(0)
    found = [covers(Truth([0.5] * 5, 100, 8, 0.2), generator)[0] for _ in range(60)]
    assert sum(found) / len(found) < 0.8
