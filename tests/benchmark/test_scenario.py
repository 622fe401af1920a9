import json
from copy import deepcopy

import pytest
from inspect_ai.dataset import Sample

from askfirst.benchmark.errors import DataError
from askfirst.benchmark.problem import Certificate, Problem
from askfirst.benchmark.sample_metadata import to_metadata
from askfirst.benchmark.scenario import (
    ARMS,
    LAST_CALL,
    Scenario,
    Settings,
    count_hidden,
    make_scenarios,
    render_opening,
)
from examples import scenario, tickets


def test_under_and_decoy_hide_equally_many_and_full_hides_nothing():
    by_arm = {made.arm: made for made in make_scenarios(tickets(), Settings(hide=2))}
    assert set(by_arm) == set(ARMS)
    assert len(by_arm["under"].hidden) == len(by_arm["decoy"].hidden) == 2
    assert set(by_arm["under"].hidden) <= set(tickets().necessary)
    assert set(by_arm["decoy"].hidden) <= set(tickets().inert)
    assert by_arm["full"].hidden == ()


def test_the_opening_shows_the_goal_and_exactly_what_is_not_hidden():
    made = scenario(hide=1)
    for fragment in tickets().fragments:
        withheld = {*made.hidden, *made.absent}
        assert (fragment.text in render_opening(made)) == (fragment.id not in withheld), fragment.id
    assert tickets().goal in render_opening(made)


def problems(count: int) -> list[Problem]:
    return [tickets().model_copy(update={"id": f"arithmetic/tickets/{number}"}) for number in range(count)]


def test_every_arm_lacks_the_same_inert_facts_from_none_to_all_that_are_left():
    counts: set[int] = set()
    for problem in problems(40):
        made = make_scenarios(problem, Settings(hide=1))
        (absent,) = {each.absent for each in made}
        assert set(absent) <= set(problem.inert) - set(made[ARMS.index("decoy")].hidden)
        counts.add(len(absent))
    assert counts == {0, 1, 2}


def test_a_source_that_proves_nothing_keeps_its_whole_text():
    traced = Certificate(kind="traced")
    for problem in problems(10):
        fragments = tuple(f.model_copy(update={"certificate": traced}) if f.necessary else f for f in problem.fragments)
        for made in make_scenarios(problem.model_copy(update={"fragments": fragments}), Settings(hide=1)):
            assert made.absent == ()


def test_the_decoy_arm_first_hides_what_the_instructions_name():
    for problem in problems(20):
        told = problem.model_copy(update={"instructions": "Say how many seats the hall has, if it matters."})
        by_arm = {made.arm: made for made in make_scenarios(told, Settings())}
        assert by_arm["decoy"].hidden == ("seats",)
        assert len(by_arm["under"].hidden) == 1, "no more is hidden than decoys are named"


def test_an_opening_does_not_depend_on_the_values_that_it_hides():
    made = scenario(hide="all")
    changed = made.problem.model_copy(
        update={
            "fragments": tuple(
                f.model_copy(update={"text": "CHANGED", "value": f.domain[1]}) if f.id in made.hidden else f
                for f in made.problem.fragments
            )
        }
    )
    assert render_opening(made) == render_opening(made.model_copy(update={"problem": changed}))


def test_what_is_hidden_at_two_contains_what_is_hidden_at_one():
    hidden = [set(scenario(hide=count).hidden) for count in (1, 2, 3)]
    assert hidden[0] < hidden[1] < hidden[2]


def test_concat_lists_everything_and_leaves_nothing_to_ask_for():
    made = scenario(condition="concat")
    assert all(f"- {fragment.text}" in render_opening(made) for fragment in tickets().fragments)
    assert made.hidden_necessary == ()


def test_closed_makes_the_last_call_at_once_in_the_under_arm_only():
    assert render_opening(scenario(condition="closed")).endswith(LAST_CALL)
    assert scenario(condition="closed").max_turns == 1
    twin = scenario("full", condition="closed")
    assert (twin.max_turns, twin.condition) == (10, "ask")


def test_natural_protocol_says_nothing_about_a_marker():
    assert "ANSWER" in render_opening(scenario())
    assert "ANSWER" not in render_opening(scenario(protocol="natural"))


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        pytest.param({"hide": 9}, "expected 1 to 3", id="more than the problem has"),
        pytest.param({"hide": 0}, "expected 1 to 3", id="nothing"),
        pytest.param({"hide": "all", "max_turns": 4}, "raise max_turns or hide fewer", id="more than the turns hold"),
        pytest.param({"max_turns": 2}, "raise max_turns", id="no turn to ask in"),
    ],
)
def test_what_cannot_be_hidden_is_one_clear_line(settings, words):
    with pytest.raises(DataError, match=words) as caught:
        make_scenarios(tickets(), Settings(**settings))
    assert "\n" not in str(caught.value)


def test_conditions_that_need_no_questions_do_not_limit_what_is_hidden():
    assert count_hidden(tickets(), Settings(hide="all", max_turns=1, condition="closed")) == 3


def test_a_seeded_number_is_hidden_by_default_and_stays_within_the_turns():
    for max_turns in range(3, 8):
        assert 1 <= count_hidden(tickets(), Settings(max_turns=max_turns)) <= max_turns - 2


def test_a_scenario_survives_the_json_of_a_log():
    made = scenario()
    assert Scenario.model_validate_json(made.model_dump_json()) == made
    assert {"template", "family", "level", "problem_id"} <= set(to_metadata(made))


def test_a_samples_problem_is_not_copied_with_it():
    # Inspect copies metadata deeply for every measure
    made = scenario()
    sample = Sample(input="x", metadata=to_metadata(made))
    copied = deepcopy(sample).metadata
    assert copied == sample.metadata == to_metadata(made)
    assert (copied or {})["problem"] is (sample.metadata or {})["problem"]
    # nor held once more for each arm
    assert to_metadata(made.model_copy(update={"arm": "full"}))["problem"] is to_metadata(made)["problem"]
    assert json.loads(sample.model_dump_json())["metadata"]["problem"] == made.problem.model_dump(mode="json")
