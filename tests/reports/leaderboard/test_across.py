import pytest

from askfirst.reports.leaderboard.across import measure_across, recovery, use_gap
from askfirst.reports.leaderboard.problems import Problem
from board_rows import loaded, problem


def rows(under: list[float], full: float = 1.0, known: float = 1.0) -> list[Problem]:
    return [
        problem(number, values={"accuracy_under": value, "accuracy_full": full, "known_at_attempt": known})
        for number, value in enumerate(under)
    ]


@pytest.mark.parametrize(("ask", "expected"), [(1.0, 1.0), (0.0, 0.0), (0.5, 0.5)])
def test_recovery_is_the_share_of_what_was_lost_that_asking_makes_up_for(ask: float, expected: float) -> None:
    found = recovery("a", rows([ask] * 10), rows([0.0] * 10))
    assert (found.value, found.n, found.reason) == (expected, 10, "")
    assert (found.low, found.high) == pytest.approx((expected, expected))


def test_recovery_has_the_delta_methods_interval() -> None:
    ask, closed = [1.0, 1.0, 0.0, 1.0, 1.0, 0.0, 1.0, 1.0], [0.0, 1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0]
    found = recovery("a", rows(ask), rows(closed))
    numerator = [one - other for one, other in zip(ask, closed, strict=True)]
    denominator = [1 - other for other in closed]
    ratio = sum(numerator) / sum(denominator)
    squares = sum((x - ratio * y) ** 2 for x, y in zip(numerator, denominator, strict=True))
    error = (squares * 8 / 7) ** 0.5 / 8 / (sum(denominator) / 8)
    assert found.value == pytest.approx(ratio)
    assert found.low == pytest.approx(ratio - 2.3646 * error, abs=1e-4)


def test_recovery_is_unscored_where_hiding_costs_next_to_nothing() -> None:
    found = recovery("a", rows([1.0] * 10), rows([1.0] * 9 + [0.0]))
    assert found.value is None
    assert "standard errors" in found.reason
    assert recovery("a", rows([1.0] * 10), rows([1.0] * 10)).value is None


def test_use_gap_looks_only_at_problems_whose_facts_were_all_known() -> None:
    told, asked = rows([1.0] * 40), [*rows([1.0] * 30), *rows([0.0] * 40, known=0.5)[30:]]
    found = use_gap("a", asked, told)
    assert (found.value, found.n) == (0.0, 30)


def test_use_gap_is_above_0_where_facts_are_used_worse_when_they_come_one_by_one() -> None:
    found = use_gap("a", rows([0.0, 1.0] * 20), rows([1.0] * 40))
    assert found.value == 0.5


def test_use_gap_is_unscored_under_30_problems() -> None:
    found = use_gap("a", rows([1.0] * 29), rows([1.0] * 29))
    assert (found.value, found.n) == (None, 29)
    assert "at least 30" in found.reason


def test_problems_of_another_seed_are_not_compared() -> None:
    other = [each._replace(content="other") for each in rows([0.0] * 10)]
    assert recovery("a", rows([1.0] * 10), other).n == 0


def test_conditions_are_compared_model_by_model_and_settings_by_settings() -> None:
    logs = [
        loaded("a", rows([1.0] * 10)),
        loaded("a", rows([0.0] * 10), settings={"condition": "closed", "max turns": "1"}),
        loaded("b", rows([0.0] * 10), settings={"condition": "closed", "max turns": "1"}),
        loaded("a", rows([0.0] * 10), settings={"condition": "concat", "system message": "invite"}),
    ]
    assert [(each.measure, each.model) for each in measure_across(logs, {"a": "a", "b": "b"})] == [("recovery", "a")]
