"""Which clauses of a message ask, and what stands around them."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from askfirst.benchmark.clauses import asking_clauses


@pytest.mark.parametrize(
    ("message", "clauses"),
    [
        pytest.param("What is the price?", ["What is the price?"], id="a plain question"),
        pytest.param("ticket price", ["ticket price"], id="a noun phrase"),
        pytest.param("Could you tell me the price of a pen?", ["the price of a pen?"], id="a polite frame"),
        pytest.param(
            "Thanks for your patience! I am glad to help. When does the ferry leave?",
            ["When does the ferry leave?"],
            id="courtesies before",
        ),
        pytest.param(
            "To work this out, please let me know how far the lake is.", ["how far the lake is."], id="a purpose before"
        ),
        pytest.param(
            "One small thing I have to ask, if you don't mind: how deep is the pond?",
            ["how deep is the pond?"],
            id="an announcement",
        ),
        pytest.param(
            "I need three things:\n- the number of pens\n- **Colour**\n3. where they are kept",
            ["the number of pens", "**Colour**", "where they are kept"],
            id="a list",
        ),
        pytest.param(
            "Please send me: (1) the date, (2) the number of guests.",
            ["the date", "the number of guests."],
            id="a list in one line",
        ),
        pytest.param("I would add both and halve them. How many are red?", ["How many are red?"], id="a plan before"),
        pytest.param("Suppose nobody comes. What then?", ["Suppose nobody comes. What then?"], id="nothing of its own"),
        pytest.param("Is it oak or something else?", ["Is it oak?"], id="other options"),
        pytest.param("What else can you tell me about it?", ["What else can you tell me about it?"], id="not cut"),
        pytest.param("When you rest, what is your pulse?", ["When you rest, what is your pulse?"], id="a condition"),
    ],
)
def test_only_what_asks_is_kept(message: str, clauses: list[str]) -> None:
    assert asking_clauses(message) == clauses


def test_a_message_without_a_request_is_one_clause_a_sentence() -> None:
    assert asking_clauses("Weight of the box. Length of the rope.") == ["Weight of the box.", "Length of the rope."]


@given(st.text(max_size=300))
def test_any_text_has_clauses_and_always_the_same(message: str) -> None:
    assert asking_clauses(message) == asking_clauses(message)


@pytest.mark.parametrize(
    "message", ["if possible " * 200, "please tell me " * 150, "a: " * 700, "(1) " * 500, "\n- " * 600, "and " * 500]
)
def test_hostile_text_is_cut_soon(message: str) -> None:
    started = time.process_time()
    asking_clauses(message[:2000])
    assert time.process_time() - started < 2
