"""Looks: known bounds of others' software, and the chance of error over all looks by scipy's multivariate normal."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import multivariate_normal, norm

from askfirst.reports.gate.looks import at_look, nominal_alpha, sequential_p, spend
from askfirst.reports.gate.paired import estimate_gain

THIRDS = (1 / 3, 2 / 3, 1.0)


def bounds(fractions: tuple[float, ...], alpha: float) -> list[float]:
    return [float(norm.isf(nominal_alpha(fractions[: k + 1], alpha))) for k in range(len(fractions))]


def test_three_equal_looks_have_the_bounds_that_gsdesign_prints() -> None:
    # gsDesign(k = 3, test.type = 1, alpha = .025, sfu = sfLDOF)
    assert bounds(THIRDS, 0.025) == pytest.approx([3.7103, 2.5114, 1.9930], abs=1e-4)


def test_a_single_look_at_everything_has_all_of_alpha() -> None:
    assert nominal_alpha([1.0], 0.05) == pytest.approx(0.05, abs=1e-12)
    assert spend(1.0, 0.05) == pytest.approx(0.05, abs=1e-12)


@pytest.mark.parametrize("fractions", [THIRDS, (0.2, 0.9, 1.0), (0.5, 0.55, 1.0), (0.5, 1.0)], ids=str)
@pytest.mark.parametrize("alpha", [0.05, 0.00625])
def test_the_chance_to_cross_at_any_look_is_alpha(fractions: tuple[float, ...], alpha: float) -> None:
    related = [[np.sqrt(min(a, b) / max(a, b)) for b in fractions] for a in fractions]
    stays = multivariate_normal(cov=np.array(related)).cdf(np.array(bounds(fractions, alpha)))
    assert 1 - stays == pytest.approx(alpha, abs=1e-4)


def test_looks_that_were_unequal_in_fact_are_counted_as_they_were() -> None:
    assert nominal_alpha([0.2], 0.05) < nominal_alpha([1 / 3], 0.05) < nominal_alpha([0.6], 0.05)


@given(st.floats(0.1, 0.6), st.floats(0.61, 0.95), st.floats(0.001, 0.2))
@settings(max_examples=30)
def test_no_look_has_more_than_all_of_alpha(first: float, second: float, alpha: float) -> None:
    levels = [nominal_alpha(fractions, alpha) for fractions in ([first], [first, second], [first, second, 1.0])]
    assert levels[0] == pytest.approx(spend(first, alpha), rel=1e-6)
    assert all(0 < level <= alpha + 1e-12 for level in levels)


@pytest.mark.parametrize("k", [1, 2, 3])
@pytest.mark.parametrize("alpha", [0.05, 0.0125])
def test_a_p_value_at_a_looks_bound_is_worth_alpha(k: int, alpha: float) -> None:
    level = nominal_alpha(THIRDS[:k], alpha)
    assert sequential_p(level, THIRDS[:k]) == pytest.approx(alpha, rel=1e-6)
    assert sequential_p(level * 0.99, THIRDS[:k]) < alpha < sequential_p(level * 1.01, THIRDS[:k])


def test_a_sequential_p_value_is_never_below_the_plain_one_and_1_where_no_alpha_would_do() -> None:
    assert sequential_p(0.2, [1.0]) == pytest.approx(0.2)
    assert sequential_p(0.04, THIRDS) > 0.04
    assert sequential_p(0.9, THIRDS[:1]) == 1.0
    assert sequential_p(0.0, THIRDS[:1]) <= 1e-9


def test_a_gain_at_a_look_keeps_all_but_its_p_value() -> None:
    gain = estimate_gain([-0.5, -0.4, -0.2, -0.6] * 5, [str(n) for n in range(20)], alpha=0.01, epochs=1)
    looked = at_look(gain, THIRDS[:2])
    assert looked.p_loss > gain.p_loss
    assert looked.model_copy(update={"p_loss": gain.p_loss}) == gain


@pytest.mark.parametrize(
    "fractions",
    [[], [0.0, 1.0], [0.5, 0.5], [0.7, 0.3], [0.5, 1.1], [0.2, 0.4, 0.6, 1.0], [float("nan")]],
    ids=["none", "nothing seen", "standing still", "falling", "more than all", "four", "no number"],
)
def test_fractions_that_do_not_rise_within_one_are_refused(fractions: list[float]) -> None:
    with pytest.raises(ValueError, match="looks: found"):
        nominal_alpha(fractions, 0.05)


@pytest.mark.parametrize("alpha", [0.0, 1.0, -0.1])
def test_an_alpha_that_is_no_chance_is_refused(alpha: float) -> None:
    with pytest.raises(ValueError, match="alpha"):
        nominal_alpha([1.0], alpha)
