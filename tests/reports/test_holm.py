import numpy as np
import pytest
from statsmodels.stats.multitest import multipletests

from askfirst.reports.holm import adjust_holm


def test_holm_steps_down_and_keeps_the_order() -> None:
    # sorted: .01 * 3, then .02 * 2, then .04
    assert adjust_holm([0.04, 0.01, 0.02]).tolist() == pytest.approx([0.04, 0.03, 0.04])


@pytest.mark.parametrize("count", [1, 2, 8, 40])
def test_holm_agrees_with_statsmodels(count: int) -> None:
    p_values = np.random.default_rng(count).uniform(0, 1, count) ** 3
    assert adjust_holm(p_values) == pytest.approx(multipletests(p_values, method="holm")[1], abs=1e-12)


@pytest.mark.parametrize("p_values", [[0.5], [0.04, 0.01, 0.03, 0.01], [1.0, 0.0, 0.2, 0.9, 0.001]])
def test_ties_and_ends_agree_too(p_values: list[float]) -> None:
    assert adjust_holm(p_values) == pytest.approx(multipletests(p_values, method="holm")[1])
