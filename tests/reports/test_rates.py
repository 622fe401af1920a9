"""Shares and resampled figures: known values, and what they say when there is nothing to count."""

import numpy as np
import pytest

from askfirst.reports.rates import f1, resampled, share


def test_a_share_has_wilsons_interval():
    figure = share(9, 10)
    assert figure.value == 0.9
    assert figure.low == pytest.approx(0.5958, abs=1e-3)
    assert figure.high == pytest.approx(0.9821, abs=1e-3)


def test_a_share_of_nothing_has_no_value():
    assert share(0, 0).value is None
    assert str(share(0, 0)) == "-"


@pytest.mark.parametrize(
    ("row", "value"),
    [
        pytest.param([4, 4, 4], 1.0, id="all"),
        pytest.param([4, 4, 0], 0.0, id="none"),
        pytest.param([4, 2, 2], 2 / 3, id="half found, all of it right"),
    ],
)
def test_f1_of_known_counts(row, value):
    assert f1(np.array(row, dtype=float)) == pytest.approx(value)


def test_f1_without_labels_and_findings_is_no_figure():
    assert resampled(np.zeros((5, 3)), f1).value is None
    assert resampled(np.zeros((0, 3)), f1).value is None


def test_equal_groups_leave_no_width_and_unequal_ones_do():
    same = resampled(np.tile([2.0, 2.0, 1.0], (20, 1)), f1)
    assert same.low == same.high == same.value == 0.5
    mixed = resampled(np.array([[2.0, 2.0, 2.0], [2.0, 2.0, 0.0]] * 10), f1)
    assert mixed.low is not None
    assert mixed.high is not None
    assert mixed.low < 0.5 < mixed.high


def test_the_same_counts_give_the_same_interval():
    counts = np.array([[2.0, 2.0, 2.0], [2.0, 1.0, 0.0]] * 10)
    assert resampled(counts, f1) == resampled(counts, f1)
