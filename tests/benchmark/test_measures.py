"""Every measure on dialogues whose values can be worked out by hand: all, none, half and empty."""

from math import isnan, nan

import pytest
from hypothesis import given
from hypothesis import strategies as st

from askfirst.benchmark.dialogue import run_dialogue
from askfirst.benchmark.measures import MEASURES, OUTCOMES, f1, measure_dialogue, precision, recall
from askfirst.benchmark.scenario import Scenario
from examples import scenario

TICKETS = "How many tickets does Mia buy?"
PRICE, FEE, SEATS = ("What does one ticket cost?", "How much is the booking fee?", "How many seats does the hall have?")
RIGHT, WRONG = "ANSWER: 46", "ANSWER: 45"
GENERAL = "Can you give me more details?"


def measure(made: Scenario, *messages: str) -> dict[str, float]:
    conversation = run_dialogue(made, lambda heard: messages[min(len(heard), len(messages)) - 1])
    return measure_dialogue(made, conversation.turns)


@pytest.mark.parametrize(
    ("messages", "expected"),
    [
        pytest.param(
            (TICKETS, PRICE, FEE, RIGHT),
            {"informed_rate": 1, "ask_recall": 1, "ask_precision": 1, "ask_f1": 1, "efficiency": 1, "joint_success": 1,
             "known_at_attempt": 1, "redundancy": 0, "compound_rate": 0, "specificity": 1, "questions": 3, "turns": 4},
            id="all asked",
        ),
        pytest.param(
            (WRONG,),
            {"premature_rate": 1, "ask_recall": 0, "ask_precision": nan, "ask_f1": 0, "efficiency": 0,
             "known_at_attempt": 0, "redundancy": nan, "specificity": nan, "joint_success": 0, "accuracy_under": 0},
            id="nothing asked",
        ),
        pytest.param(
            (RIGHT,), {"premature_rate": 1, "lucky_rate": 1, "accuracy_under": 1, "joint_success": 0}, id="lucky"
        ),
        pytest.param(
            (f"{TICKETS}\n{PRICE}\n{FEE}", RIGHT),
            {"compound_rate": 1, "ask_recall": 1, "ask_precision": 1, "asking_success": 1, "turns": 2},
            id="all in one turn",
        ),
        pytest.param(
            (TICKETS, SEATS, RIGHT),
            {"premature_rate": 1, "known_at_attempt": 1 / 3, "ask_recall": 1 / 3, "ask_precision": 1 / 2,
             "ask_f1": 2 / 5, "redundancy": 1 / 2, "inert_rate": 1 / 2},
            id="one of three, and one for nothing",
        ),
        pytest.param(
            (GENERAL, "What is the name of the film's director?", WRONG),
            {"generic_rate": 1 / 2, "unanswerable_rate": 1 / 2, "ask_recall": 0, "ask_precision": 0, "ask_f1": 0,
             "specificity": nan},
            id="general and unanswerable",
        ),
        pytest.param(
            (TICKETS, PRICE, FEE, SEATS, SEATS, SEATS, RIGHT),
            {"asking_success_1x": 0, "asking_success_1_5x": 0, "asking_success": 1, "asking_success_any": 1,
             "efficiency": 1 / 2, "ask_precision": 1 / 2},
            id="twice as many questions as needed",
        ),
        pytest.param((f"{TICKETS}\n{WRONG}",), {"ask_recall": 0, "questions": 1, "premature_rate": 1}, id="mixed"),
        pytest.param(("Hm.",), {"unanswered_rate": 1, "accuracy_under": 0, "known_at_attempt": nan}, id="no answer"),
        pytest.param(
            ("Hm.",) * 9 + (RIGHT,), {"forced_rate": 1, "asking_success": 0, "accuracy_under": 1}, id="forced"
        ),
        pytest.param(("ANSWER: 46 or 47",), {"premature_rate": 1, "accuracy_under": 0}, id="several values"),
    ],
)  # fmt: skip
def test_measures_of_an_under_dialogue(messages, expected):
    values = measure(scenario(), *messages)
    assert {name: values[name] for name in expected} == pytest.approx(expected, nan_ok=True)


@pytest.mark.parametrize("arm", ["full", "decoy"])
@pytest.mark.parametrize(
    ("messages", "expected"),
    [
        pytest.param((RIGHT,), {"joint_success": 1, "over_ask_rate": 0, "discrimination": 0}, id="answers"),
        pytest.param((SEATS, RIGHT), {"joint_success": 0, "over_ask_rate": 1, "discrimination": 1}, id="asks first"),
        pytest.param((WRONG,), {"joint_success": 0, "asking_success": 1}, id="answers wrong"),
        pytest.param((f"{SEATS}\n{RIGHT}",), {"asking_success": 0, "over_ask_rate": 1}, id="mixed"),
        pytest.param(("Hm.",), {"asking_success": 0, "over_ask_rate": 0}, id="never answers"),
    ],
)
def test_measures_of_a_twin_dialogue(arm, messages, expected):
    values = measure(scenario(arm), *messages)
    assert {name: values[name] for name in expected} == expected
    assert isnan(values["premature_rate"])
    assert values[f"accuracy_{arm}"] == float(messages[-1].endswith(RIGHT))


def test_drip_scores_the_first_and_the_last_attempt_apart():
    values = measure(scenario(condition="drip"), WRONG, WRONG, WRONG, RIGHT)
    assert (values["accuracy_first"], values["accuracy_under"]) == (0, 1)
    assert (values["premature_rate"], values["known_at_attempt"]) == (1, 0)


def test_concat_leaves_nothing_to_elicit_so_its_elicitation_is_unscored():
    values = measure(scenario(condition="concat"), RIGHT)
    assert values["informed_rate"] == values["accuracy_under"] == values["asking_success"] == 1
    assert isnan(values["ask_recall"])
    assert isnan(values["efficiency"])


SAYINGS = st.sampled_from([TICKETS, PRICE, FEE, SEATS, GENERAL, "Hm.", "", RIGHT, WRONG, f"{PRICE}\n{FEE}"])


@given(st.lists(SAYINGS, min_size=1, max_size=10), st.sampled_from(["ask", "drip", "recap", "snowball", "concat"]))
def test_outcomes_sum_to_one_and_every_measure_keeps_its_range(messages, condition):
    values = measure(scenario(condition=condition), *messages)
    assert tuple(values) == MEASURES
    assert sum(values[f"{outcome}_rate"] for outcome in OUTCOMES) == 1
    unbounded = {"turns", "questions", "information_gain"}
    assert all(isnan(value) or 0 <= value <= 1 for name, value in values.items() if name not in unbounded)


@given(st.integers(0, 9), st.integers(1, 9), st.integers(1, 20))
def test_f1_is_the_harmonic_mean_of_recall_and_precision(hits, needed, cost):
    hits = min(hits, needed, cost)
    r, p = recall(hits, needed), precision(hits, cost)
    assert f1(hits, needed, cost) == pytest.approx(2 * r * p / (r + p) if hits else 0)
