"""Chances: known answers by scipy's noncentral t where nothing else is in play, and what must rise with what."""

import numpy as np
import pytest
from scipy.optimize import brentq
from scipy.stats import nct
from scipy.stats import t as student

from askfirst.reports.gate.paired import estimate_gain
from askfirst.reports.gate.power import (
    Split,
    chance_to_pass,
    luck,
    smallest_detectable_drop,
    split_variance,
    unchanged,
)
from askfirst.reports.gate.verdict import Gain

ALPHA = 0.05


def split(template: float = 0.0, problem: float = 0.0, epoch: float = 0.2) -> Split:
    return Split(template=template, problem=problem, epoch=epoch)


def chance(parts: Split, *, problems: int = 100, templates: int = 100, epochs: int = 3, margin: float = 0.05) -> float:
    return chance_to_pass(parts, problems=problems, templates=templates, epochs=epochs, margin=margin, alpha=ALPHA)


def gain(problems: int, error: float) -> Gain:
    some = estimate_gain([0.1, -0.1] * (problems // 2), [str(n) for n in range(problems)], alpha=ALPHA, epochs=1)
    return some.model_copy(update={"standard_error": error})


def test_with_many_problems_the_chance_is_that_of_the_noncentral_t() -> None:
    problems, epochs = 4000, 1
    error = np.sqrt(0.2 / problems)
    # at 4000 problems pseudo-problems and the skewness of a sample hardly count
    expected = nct.sf(student.isf(ALPHA, problems - 1), problems - 1, 0.02 / error)
    assert chance(split(), problems=problems, templates=problems, epochs=epochs, margin=0.02) == pytest.approx(
        expected, abs=0.01
    )


def test_the_smallest_detectable_drop_is_that_of_the_noncentral_t_with_many_problems() -> None:
    found = smallest_detectable_drop(gain(4000, 0.01), epochs=1, alpha=ALPHA)
    expected = brentq(lambda shift: nct.sf(student.isf(ALPHA, 3999), 3999, shift) - 0.8, 0, 10) * 0.01
    assert found == pytest.approx(expected, rel=0.01)


def test_the_smallest_detectable_drop_falls_with_the_error_and_rises_with_the_power_asked_for() -> None:
    clear, vague = (smallest_detectable_drop(gain(100, error), epochs=3, alpha=ALPHA) for error in (0.02, 0.05))
    sure = smallest_detectable_drop(gain(100, 0.05), epochs=3, alpha=ALPHA, power=0.95)
    corrected = smallest_detectable_drop(gain(100, 0.05), epochs=3, alpha=ALPHA / 8)
    assert 0 < clear < vague < min(sure, corrected)
    assert smallest_detectable_drop(gain(4, 0.9), epochs=1, alpha=ALPHA) == 1.0


def test_the_chance_rises_with_problems_epochs_and_margin_and_falls_with_every_variance() -> None:
    base = chance(split())
    assert base < chance(split(), problems=200, templates=200)
    assert base < chance(split(), epochs=10)
    assert base < chance(split(), margin=0.08)
    assert base > chance(split(problem=0.05))
    assert base > chance(split(), templates=12)
    many = {"problems": 200, "templates": 20}
    assert chance(split(), **many) > chance(split(template=0.01), **many)


def test_more_epochs_do_not_help_where_problems_changed() -> None:
    churned = split(problem=0.5, epoch=0.0)
    assert chance(churned, epochs=100) - chance(churned, epochs=10) < 0.05


def test_among_few_templates_their_differences_do_not_count() -> None:
    assert chance(split(template=0.1), templates=8) == chance(split(), templates=8)


def test_luck_is_what_epochs_show_and_with_one_epoch_the_most_it_can_be() -> None:
    # two problems that are always right or wrong, and two that are right every other time
    assert luck([1.0, 0.0, 0.5, 0.5], 2) == pytest.approx(0.25)
    assert luck([1.0, 0.0, 1.0, 0.0], 10) == 0.0
    assert luck([1.0, 0.0, 0.0, 0.0], 1) == pytest.approx(0.1875)


def test_an_unchanged_model_varies_by_luck_alone_in_both_evaluations() -> None:
    found = unchanged([0.5, 0.5, 1.0, 1.0], ["a", "a", "b", "b"], 10)
    assert (found.template, found.problem, found.epoch) == (0.0, 0.0, pytest.approx(2 * 0.125 * 10 / 9))
    # only one of two templates varies
    assert found.evenness == pytest.approx(0.5)


def test_variances_that_made_the_differences_are_found_again() -> None:
    random = np.random.default_rng(1)
    templates = [str(n // 10) for n in range(20_000)]
    shared = np.repeat(random.normal(0, 0.1, 2_000), 10)
    differences = shared + random.normal(0, 0.2, 20_000) + random.normal(0, np.sqrt(0.09 / 3), 20_000)
    found = split_variance(differences.tolist(), templates, epoch=0.09, epochs=3)
    assert (found.template, found.problem, found.epoch) == pytest.approx((0.01, 0.04, 0.09), rel=0.1)


@pytest.mark.parametrize("templates", [["a"] * 4, list("abcd")], ids=["one", "each its own"])
def test_where_templates_cannot_be_told_from_problems_all_is_the_problems(templates: list[str]) -> None:
    found = split_variance([0.2, -0.2, 0.2, -0.2], templates, epoch=0.03, epochs=1)
    assert (found.template, found.problem) == (0.0, pytest.approx(0.16 / 3 - 0.03))
