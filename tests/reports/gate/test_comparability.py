from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from askfirst.reports.gate.comparability import PairedValues, compare, pair, restrict
from askfirst.reports.gate.identity import UNSET
from askfirst.reports.gate.release import Bounds, Identity, Release, ReleaseRow
from askfirst.reports.gate.verdict import Difference
from gate_logs import make_release, make_row

NAMES = [f"arithmetic/eggs/{number}" for number in range(6)]
ROWS = [make_row(name, {"accuracy_full": 1.0}) for name in NAMES]


def with_facts(facts: Mapping[str, str]) -> Release:
    return make_release(ROWS, facts)


def lost(errored: int, unscored: int = 0, samples: int = 100) -> Release:
    missing = {"errored": errored, "unscored": unscored, "unsure": 0}
    return make_release(ROWS, samples=samples, missing=missing)


def pair_one(candidate: Mapping[str, Any], baseline: Mapping[str, Any], metric: str = "accuracy_full") -> PairedValues:
    mine, theirs = (make_release([make_row(NAMES[0], **fields)]) for fields in (candidate, baseline))
    return pair(mine, theirs, metric, "ask")


def test_equal_evaluations_have_no_difference() -> None:
    assert compare(make_release(ROWS), make_release(ROWS)) == []


@pytest.mark.parametrize(
    "fact",
    [
        "data", "task version", "reader", "matcher", "user", "persona", "model as user", "model as grader",
        "sampling temperature", "sampling max_tokens", "sampling do_sample", "system message", "protocol", "on attempt",
        "message limit", "time limit",
    ],
)  # fmt: skip
def test_what_scores_depend_on_has_to_be_equal(fact: str) -> None:
    (difference,) = compare(with_facts({fact: "new"}), with_facts({fact: "old"}))
    assert difference == Difference(
        what=f"{fact} of askfirst/arithmetic, condition ask", baseline="old", candidate="new", fatal=True
    )


def test_a_setting_that_only_one_side_has_is_a_difference() -> None:
    (difference,) = compare(with_facts({"sampling temperature": "0.7"}), make_release(ROWS))
    assert (difference.baseline, difference.candidate, difference.fatal) == (UNSET, "0.7", True)
    (difference,) = compare(make_release(ROWS), with_facts({"sampling temperature": "0.7"}))
    assert (difference.baseline, difference.candidate, difference.fatal) == ("0.7", UNSET, True)


@pytest.mark.parametrize("fact", ["epochs", "askfirst", "inspect"])
def test_epochs_and_versions_are_only_told(fact: str) -> None:
    (difference,) = compare(with_facts({fact: "2"}), with_facts({fact: "3"}))
    assert not difference.fatal


def test_task_arguments_matter_only_where_the_data_differ() -> None:
    # a default that is given has no other data
    assert compare(with_facts({"task argument n": "100"}), make_release(ROWS)) == []
    found = compare(with_facts({"task argument n": "100", "data": "d1"}), make_release(ROWS))
    assert [difference.what.partition(" of ")[0] for difference in found] == ["data", "task argument n"]


@pytest.mark.parametrize(
    ("mine", "theirs", "epochs", "fatal"),
    [
        ("2", "2", "equal", []),
        ("2", "3", "equal", [True]),
        ("2", "2", 2, []),
        ("2", "3", 2, [True]),
        ("3", "2", 2, [True]),
        ("3", "3", 2, [True]),
        ("3", "3", None, []),
    ],
)
def test_a_policy_can_ask_for_epochs(mine: str, theirs: str, epochs: Any, fatal: list[bool]) -> None:
    found = compare(with_facts({"epochs": mine}), with_facts({"epochs": theirs}), epochs=epochs)
    assert [difference.fatal for difference in found] == fatal


def test_a_task_that_one_side_lacks_is_fatal() -> None:
    other = Identity(task="askfirst/logic", condition="ask", facts={"data": "d2"})
    both = make_release(ROWS)
    more = both.model_copy(update={"identities": (*both.identities, other)})
    (difference,) = compare(both, more)
    assert difference.fatal
    assert (difference.what, difference.baseline, difference.candidate) == (
        "askfirst/logic, condition ask", "evaluated", "not evaluated"
    )  # fmt: skip
    assert compare(more, both)[0].fatal


def test_a_condition_that_one_side_lacks_is_fatal_once() -> None:
    drip = [row.model_copy(update={"condition": "drip"}) for row in ROWS]
    (difference,) = compare(make_release(ROWS), make_release([*ROWS, *drip]))
    assert difference.fatal
    assert "condition drip" in difference.what


def test_problems_have_to_be_the_same_and_some_that_are_not_are_named() -> None:
    (difference,) = compare(make_release(ROWS[:1]), make_release(ROWS))
    assert difference.fatal
    assert difference.baseline == ("6, 5 only here: arithmetic/eggs/1, arithmetic/eggs/2, arithmetic/eggs/3, ...")
    assert difference.candidate == "1"


def test_a_look_may_have_fewer_problems_but_no_others() -> None:
    assert compare(make_release(ROWS[:2]), make_release(ROWS), subset=True) == []
    assert compare(make_release(ROWS), make_release(ROWS), subset=True) == []
    assert compare(make_release(ROWS), make_release(ROWS[:2]), subset=True)[0].fatal


def test_no_problem_in_common_is_fatal_in_a_look_too() -> None:
    (difference,) = compare(make_release(ROWS[:2]), make_release(ROWS[2:]), subset=True)
    assert (difference.what, difference.baseline, difference.candidate) == (
        "problems in common", "none of 4", "none of 2"
    )  # fmt: skip
    assert difference.fatal


@pytest.mark.parametrize(
    ("candidate", "baseline", "fatal"),
    [
        (lost(0), lost(0), False),
        (lost(10), lost(10), False),
        (lost(11), lost(11), True),
        (lost(0), lost(11), True),
        (lost(6, 5), lost(8), True),
        (lost(5), lost(0), False),
        (lost(2, 4), lost(0), True),
        (lost(0), lost(6), True),
    ],
)
def test_error_shares_are_bounded_and_close(candidate: Release, baseline: Release, fatal: bool) -> None:
    found = compare(candidate, baseline)
    assert [difference.fatal for difference in found] == ([True] if fatal else [])


def test_an_error_share_is_told_in_percent() -> None:
    (difference,) = compare(lost(6), lost(0))
    assert difference.what == "samples without scores (at most 5.0% apart)"
    assert (difference.baseline, difference.candidate) == ("0.0%", "6.0%")
    assert compare(lost(30), lost(30), max_error_share=0.3) == []


def test_restricting_keeps_the_rows_that_count() -> None:
    rows = [*ROWS, make_row("logic/hats/0", {}), make_row(NAMES[0], {}, condition="drip")]
    release = restrict(make_release(rows), conditions=["ask"], families=["logic"])
    assert [row.problem for row in release.rows] == ["logic/hats/0"]
    assert [identity.condition for identity in release.identities] == ["ask"]
    assert restrict(make_release(rows)) == make_release(rows)


def test_values_are_paired_by_problem_in_order() -> None:
    mine = make_release([make_row(name, {"accuracy_full": 0.25}) for name in reversed(NAMES)])
    paired = pair(mine, make_release(ROWS[1:]), "accuracy_full", "ask")
    assert [one.problem for one in paired.pairs] == NAMES[1:]
    assert {(one.candidate, one.baseline, one.template) for one in paired.pairs} == {(0.25, 1.0, "arithmetic/eggs")}
    assert len(paired.measured) == len(paired.pairs)
    assert (paired.missing, paired.unsure) == (0, 0)


def test_without_missing_samples_bounds_are_the_value() -> None:
    (one,) = pair_one({"values": {"accuracy_full": 0.5}}, {"values": {"accuracy_full": 1.0}}).pairs
    assert one.candidate_bounds == one.candidate_unsure == Bounds(0.5, 0.5)
    assert one.baseline_bounds == one.baseline_unsure == Bounds(1.0, 1.0)
    assert not one.missing
    assert not one.unsure


def test_a_value_that_one_side_lacks_could_be_any() -> None:
    paired = pair_one({"values": {}}, {"values": {"accuracy_full": 0.5}})
    (one,) = paired.pairs
    assert one.candidate is None
    assert one.candidate_bounds == one.candidate_unsure == (0, 1)
    assert one.baseline == 0.5
    assert paired.measured == ()
    assert paired.missing == 1


def test_bounds_of_missing_samples_are_kept() -> None:
    bounds = {"accuracy_full": Bounds(0.25, 0.75)}
    paired = pair_one({"values": {"accuracy_full": 0.5}, "bounds": bounds}, {"values": {"accuracy_full": 1.0}})
    assert paired.pairs[0].candidate_bounds == (0.25, 0.75)
    assert len(paired.measured) == len(paired.pairs)
    assert (paired.missing, paired.unsure) == (1, 0)


def test_guesses_are_counted_apart() -> None:
    unsure = {"premature_rate": Bounds(0, 1)}
    values = {"values": {"premature_rate": 0.5}}
    paired = pair_one(values, values | {"unsure_bounds": unsure}, "premature_rate")
    assert paired.pairs[0].baseline_bounds == (0.5, 0.5)
    assert paired.pairs[0].baseline_unsure == (0, 1)
    assert (paired.missing, paired.unsure) == (0, 1)


def test_a_metric_that_applies_to_neither_side_has_no_pair() -> None:
    assert pair_one({"values": {}}, {"values": {}}).pairs == ()
    assert pair_one({"values": {}, "bounds": {"accuracy_full": Bounds(0, 1)}}, {"values": {}}).pairs == ()


def test_a_problem_that_is_missing_on_both_sides_has_a_pair_without_values() -> None:
    gone = {"values": {}, "bounds": {"accuracy_full": Bounds(0, 1)}}
    paired = pair_one(gone, gone)
    assert paired.missing == 1
    assert paired.measured == ()


def test_another_condition_has_no_pairs() -> None:
    assert pair(make_release(ROWS), make_release(ROWS), "accuracy_full", "drip").pairs == ()


shares = st.floats(0, 1)


@given(st.dictionaries(st.sampled_from(NAMES), shares), st.dictionaries(st.sampled_from(NAMES), shares))
def test_every_pair_has_bounds_around_its_values(mine: dict[str, float], theirs: dict[str, float]) -> None:
    def rows(values: dict[str, float]) -> list[ReleaseRow]:
        return [make_row(name, {"ask_f1": values[name]} if name in values else {}) for name in NAMES]

    paired = pair(make_release(rows(mine)), make_release(rows(theirs)), "ask_f1", "ask")
    assert [one.problem for one in paired.pairs] == sorted(mine.keys() | theirs.keys())
    assert len(paired.measured) == len(mine.keys() & theirs.keys())
    for one in paired.pairs:
        for value, bounds in ((one.candidate, one.candidate_bounds), (one.baseline, one.baseline_bounds)):
            assert bounds == ((0, 1) if value is None else (value, value))
