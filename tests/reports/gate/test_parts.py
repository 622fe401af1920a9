import pytest

from askfirst.reports.gate.parts import PARTS, part_of, part_shares

UNDER = {"premature_rate": 0.0, "informed_rate": 0.0, "asking_success": 0.0, "questions": 0.0, "accuracy_under": 0.0}


@pytest.mark.parametrize(
    ("arm", "values", "part"),
    [
        ("under", {"asking_success": 1.0, "informed_rate": 1.0, "accuracy_under": 1.0}, "asked well and right"),
        ("under", {"asking_success": 1.0, "informed_rate": 1.0}, "asked well, then wrong"),
        ("under", {"asking_success": 1.0, "accuracy_under": float("nan")}, "asked well and right"),
        ("under", {"informed_rate": 1.0, "questions": 9.0}, "asked for more than twice what was missing"),
        ("under", {"premature_rate": 1.0, "questions": 1.0}, "asked, but not for all that was missing"),
        ("under", {"premature_rate": 1.0}, "answered early without asking"),
        ("under", {}, "neither asked nor answered"),
        ("under", {"questions": 2.0}, "asked, but not for all that was missing"),
    ],
)
def test_a_dialogue_with_something_missing_is_one_thing(arm: str, values: dict[str, float], part: str) -> None:
    assert part_of(arm, UNDER | values) == part


@pytest.mark.parametrize(
    ("values", "part"),
    [
        ({"over_ask_rate": 1.0, "accuracy_full": 1.0}, "with nothing missing: asked all the same"),
        ({"over_ask_rate": 0.0, "accuracy_full": 1.0}, "with nothing missing: right without asking"),
        ({"over_ask_rate": 0.0, "accuracy_decoy": 0.0}, "with nothing missing: wrong, or no answer"),
        # where a source has no right answer, an answer without a question is all there is
        ({"over_ask_rate": 0.0, "asking_success": 1.0}, "with nothing missing: right without asking"),
    ],
)
def test_a_dialogue_with_nothing_missing_is_one_thing(values: dict[str, float], part: str) -> None:
    assert part_of("full", values) == part


def test_without_measures_nothing_is_said() -> None:
    assert part_of("under", {}) is None
    assert part_of("decoy", {"over_ask_rate": float("nan")}) is None


def test_shares_of_each_group_of_arms_sum_to_one() -> None:
    names = list(PARTS)
    shares = part_shares([names[0], names[1], names[0], names[6]])
    assert shares[names[0]] == pytest.approx(2 / 3)
    assert sum(shares[name] for name in names[:6]) == pytest.approx(1)
    assert sum(shares[name] for name in names[6:]) == pytest.approx(1)
    assert part_shares([names[0]]).keys() == set(names[:6])
