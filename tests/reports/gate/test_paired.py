"""The interval, beside independent implementations: dense linear algebra, statsmodels and scipy."""

import random

import numpy as np
import pytest
import statsmodels.api as sm
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy.linalg import sqrtm
from scipy.stats import t as student
from scipy.stats import ttest_rel

from askfirst.benchmark.errors import GateError
from askfirst.reports.gate.paired import FEW, estimate_gain, pseudo_variance, skewed_quantile
from askfirst.reports.gate.verdict import Gain

ALPHA = 0.05
RANDOM = np.random.default_rng(3)

Values = NDArray[np.float64]


def names(codes: list[int]) -> list[str]:
    return [f"t{code:03}" for code in codes]


def gain(values: Values | list[float], codes: list[int], epochs: int = 3, alpha: float = ALPHA) -> Gain:
    return estimate_gain([float(value) for value in values], names(codes), alpha=alpha, epochs=epochs)


def cluster_sizes(equal: bool) -> list[int]:
    return [4] * 12 if equal else [1, 2, 3, 3, 4, 5, 6, 6, 7, 9, 14]


def draw(sizes: list[int]) -> tuple[Values, list[int]]:
    codes = [code for code, size in enumerate(sizes) for _ in range(size)]
    shared = RANDOM.normal(0, 0.1, len(sizes))
    return np.clip(RANDOM.normal(0, 0.2, len(codes)) + shared[codes], -1, 1), codes


def dense_cr2(values: Values, codes: list[int]) -> tuple[float, float]:
    """Variance and Satterthwaite's degrees of freedom of a mean, from matrices as Pustejovsky and Tipton write them."""
    n, labels = len(values), np.array(codes)
    x = np.ones((n, 1))
    bread = np.linalg.inv(x.T @ x)
    hat = x @ bread @ x.T
    rest, identity = values - hat @ values, np.eye(n)
    variance, columns = 0.0, []
    for code in np.unique(labels):
        here = labels == code
        adjust = np.linalg.inv(np.real(sqrtm((identity - hat)[np.ix_(here, here)])))
        variance += float((bread @ x[here].T @ adjust @ rest[here]).item() ** 2)
        columns.append((identity - hat)[:, here] @ adjust.T @ x[here] @ bread)
    gram = np.hstack(columns).T @ np.hstack(columns)
    return variance, float(np.trace(gram) ** 2 / np.sum(gram**2))


def interval(mean: float, variance: float, freedom: float, third: float, n: int, epochs: int) -> tuple[float, float]:
    """Both bounds from the parts that were computed elsewhere: Hall's cubic solved by bisection, not by its formula."""
    variance += 2 / (n**2 * np.sqrt(epochs))
    single = epochs**-0.75 / n**3

    def reach(skew: float) -> float:
        low, high = 0.0, 1e4
        for _ in range(200):
            middle = (low + high) / 2
            bent = middle + skew * middle**2 / 3 + skew**2 * middle**3 / 27 + skew / 6
            low, high = (middle, high) if bent < student.ppf(1 - ALPHA, freedom) else (low, middle)
        return low * np.sqrt(variance)

    return (
        mean - reach(min(third - single, 0) / variance**1.5),
        mean + reach(min(-third - single, 0) / variance**1.5),
    )


@pytest.mark.parametrize("equal", [True, False], ids=["equal sizes", "unequal sizes"])
def test_many_templates_agree_with_cr2_by_dense_matrices(equal: bool) -> None:
    values, codes = draw(cluster_sizes(equal))
    variance, freedom = dense_cr2(values, codes)
    sizes, n = np.bincount(codes), len(values)
    sums, share = np.bincount(codes, values - values.mean()), sizes / n
    third = np.sum(sums**3 / ((1 - share) * (1 - 2 * share))) / n**3 * (1 + 6 / len(sizes))
    found = gain(values, codes)
    low, high = interval(float(values.mean()), variance, freedom, float(third), n, 3)
    assert found.standard_error == pytest.approx(np.sqrt(variance + pseudo_variance(n, 3)), abs=1e-12)
    assert found.degrees_of_freedom == pytest.approx(freedom, rel=1e-9)
    assert (found.low, found.high) == pytest.approx((low, high), abs=1e-9)


def test_templates_of_equal_size_agree_with_statsmodels_and_have_one_degree_less_than_templates() -> None:
    values, codes = draw(cluster_sizes(equal=True))
    # its correction, G / (G - 1) times (N - 1) / (N - 1) for a mean, is that of CR2 with equal sizes
    fitted = sm.OLS(values, np.ones(len(values))).fit(cov_type="cluster", cov_kwds={"groups": np.array(codes)})
    found = gain(values, codes)
    assert found.standard_error**2 - pseudo_variance(len(values), 3) == pytest.approx(fitted.bse[0] ** 2, abs=1e-12)
    assert found.mean == pytest.approx(fitted.params[0], abs=1e-12)
    assert found.degrees_of_freedom == pytest.approx(11, abs=1e-9)


def test_problems_of_their_own_agree_with_the_paired_t_test_of_scipy() -> None:
    old, new = RANDOM.uniform(0.2, 0.8, 40), RANDOM.uniform(0.2, 0.8, 40)
    tested, found = ttest_rel(new, old), gain(new - old, list(range(40)))
    plain = (found.standard_error**2 - pseudo_variance(40, 3)) ** 0.5
    assert found.mean / plain == pytest.approx(tested.statistic, abs=1e-9)
    assert found.degrees_of_freedom == pytest.approx(tested.df, abs=1e-9)
    # enough epochs leave nothing of the pseudo-problems, and a symmetric sample has no skewness to correct
    values = np.concatenate([new - old, old - new])
    plain_interval = ttest_rel(values, np.zeros(80)).confidence_interval(1 - 2 * ALPHA)
    endless = gain(values, list(range(80)), epochs=10**20)
    assert (endless.low, endless.high) == pytest.approx((plain_interval.low, plain_interval.high), abs=1e-9)


def test_few_templates_are_strata_by_welch_and_satterthwaite() -> None:
    values, codes = draw([4, 5, 9, 12])
    strata = [values[np.array(codes) == code] for code in range(4)]
    parts = [(len(one) / 30) ** 2 * one.var(ddof=1) / len(one) for one in strata]
    freedom = sum(parts) ** 2 / sum(part**2 / (len(one) - 1) for part, one in zip(parts, strata, strict=True))
    third = sum(
        (len(one) / 30) ** 3 * np.sum((one - one.mean()) ** 3) / ((len(one) - 1) * (len(one) - 2)) / len(one)
        for one in strata
    )
    found = gain(values, codes)
    assert found.standard_error**2 == pytest.approx(sum(parts) + pseudo_variance(30, 3), abs=1e-12)
    assert found.degrees_of_freedom == pytest.approx(freedom, rel=1e-9)
    low, high = interval(float(values.mean()), sum(parts), freedom, float(third), 30, 3)
    assert (found.low, found.high) == pytest.approx((low, high), abs=1e-9)


def test_the_verdict_is_about_these_templates_below_ten_and_about_their_kind_from_ten_on() -> None:
    values = np.tile([0.1, -0.1], FEW)
    few, many = (gain(values, [index % count for index in range(2 * FEW)]) for count in (FEW - 1, FEW))
    assert (few.estimand, few.templates) == ("these templates", 9)
    assert (many.estimand, many.templates) == ("templates like these", 10)


def test_templates_that_differ_widen_the_interval_about_their_kind_but_not_the_one_about_themselves() -> None:
    noise = [0.01, -0.01]
    many = [side + noise[index % 2] for index in range(20) for side in [0.5 if index < 10 else -0.5]]
    assert gain(many, [index // 2 for index in range(20)]).standard_error > 0.15
    assert gain(many[6:14], [0] * 4 + [1] * 4, epochs=10**8).standard_error < 0.01


def test_lone_templates_among_few_share_a_stratum() -> None:
    values = [0.1, -0.2, 0.3, 0.0, 0.2, -0.1]
    assert gain(values, [0, 0, 1, 1, 2, 3]).standard_error == pytest.approx(
        gain(values, [0, 0, 1, 1, 2, 2]).standard_error
    )
    # a single one joins the smallest
    assert gain(values, [0, 0, 0, 1, 1, 2]).standard_error == pytest.approx(
        gain(values, [0, 0, 0, 1, 1, 1]).standard_error
    )
    assert gain(values, [0, 1, 2, 3, 4, 5]).degrees_of_freedom == pytest.approx(5)


@pytest.mark.parametrize("templates", [1, 4, 12, 60], ids=["one", "few", "many", "each its own"])
@pytest.mark.parametrize("value", [0.0, -0.3, 1.0])
def test_differences_that_all_agree_still_have_an_interval_with_a_width(templates: int, value: float) -> None:
    found = gain([value] * 60, [index % templates for index in range(60)])
    assert found.low < found.mean == pytest.approx(value)
    assert found.low < value - 0.02
    assert found.high > value + 0.02 or value == 1.0


def test_no_loss_at_all_rules_out_a_loss_of_five_points_from_about_sixty_problems_on() -> None:
    """As an exact test does: .95 ** 59 is below .05."""
    passing = [n for n in range(20, 120) if gain([0.0] * n, list(range(n)), epochs=1).low > -0.05]
    assert 55 <= passing[0] <= 70
    assert passing == list(range(passing[0], 120))


def test_more_epochs_narrow_the_interval_of_equal_differences_slower_than_by_their_root() -> None:
    once, often = (gain([0.0] * 50, list(range(50)), epochs=epochs).standard_error for epochs in (1, 16))
    assert once / often == pytest.approx(2)


def test_rare_large_losses_lower_the_lower_bound_only() -> None:
    losses = [-1.0] * 3 + [0.0] * 97
    found = gain(losses, list(range(100)), epochs=1)
    plain = student.isf(ALPHA, 99) * found.standard_error
    assert found.low < found.mean - 1.1 * plain
    assert found.high == pytest.approx(found.mean + plain, abs=1e-9)


def test_the_p_value_is_the_alpha_whose_upper_bound_is_zero() -> None:
    values, codes = draw([5] * 12)
    found = gain(values - 0.05, codes)
    again = gain(values - 0.05, codes, alpha=min(found.p_loss, 1 - found.p_loss))
    assert found.p_loss < 0.5
    assert again.high == pytest.approx(0, abs=1e-9)


@pytest.mark.parametrize(
    ("values", "found"),
    [([], "0"), ([0.5], "1"), ([0.5, float("nan")], "nan"), ([0.5, float("inf")], "inf"), ([0.5, -1.5], "-1.5")],
    ids=["nothing", "one problem", "no number", "infinite", "out of range"],
)
def test_what_has_no_interval_is_an_error_that_says_what_was_found(values: list[float], found: str) -> None:
    with pytest.raises(GateError, match=f"found {found};"):
        gain(values, list(range(len(values))))


@pytest.mark.parametrize(("alpha", "epochs"), [(0, 1), (0.5, 1), (0.05, 0)])
def test_arguments_out_of_range_are_refused(alpha: float, epochs: int) -> None:
    with pytest.raises(ValueError, match="alpha in"):
        gain([0.1, 0.2, 0.3], [0, 1, 2], alpha=alpha, epochs=epochs)
    with pytest.raises(ValueError, match="a template a difference"):
        estimate_gain([0.1, 0.2], ["a"], alpha=ALPHA, epochs=1)


SOME = st.lists(
    st.tuples(st.integers(-8, 8).map(lambda whole: whole / 32), st.integers(0, 14)), min_size=2, max_size=60
)


@given(SOME, st.integers(-8, 8).map(lambda whole: whole / 32))
def test_a_shift_of_all_differences_shifts_the_interval(rows: list[tuple[float, int]], by: float) -> None:
    values, codes = [value for value, _ in rows], [code for _, code in rows]
    found, shifted = gain(values, codes), gain([value + by for value in values], codes)
    assert shifted.standard_error == pytest.approx(found.standard_error, abs=1e-9)
    if -0.99 < found.low < 0.99 and -0.99 < shifted.low < 0.99:
        assert shifted.low == pytest.approx(found.low + by, abs=1e-7)


@given(SOME)
def test_candidate_and_baseline_swapped_swap_the_bounds(rows: list[tuple[float, int]]) -> None:
    values, codes = [value for value, _ in rows], [code for _, code in rows]
    found, swapped = gain(values, codes), gain([-value for value in values], codes)
    assert (swapped.low, swapped.high) == pytest.approx((-found.high, -found.low), abs=1e-7)


@given(SOME, st.integers(0, 99))
def test_the_order_of_problems_changes_nothing(rows: list[tuple[float, int]], seed: int) -> None:
    mixed = random.Random(seed).sample(rows, len(rows))
    one, other = (gain([v for v, _ in each], [c for _, c in each]) for each in (rows, mixed))
    assert other.low == pytest.approx(one.low, abs=1e-7)
    assert other.p_loss == pytest.approx(one.p_loss, abs=1e-7)


@given(st.floats(0.1, 8), st.floats(0, 0.9))
def test_a_skewed_quantile_is_no_nearer_under_skewness_below_zero(quantile: float, skew: float) -> None:
    assert float(skewed_quantile(quantile, np.array(-skew))) >= quantile - 1e-12
