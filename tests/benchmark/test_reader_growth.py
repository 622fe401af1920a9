"""What a message may cost: near-linear in its length, whatever is repeated in it, and bounded for a giant one."""

import time
from collections.abc import Callable

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from askfirst.benchmark import message as reading
from askfirst.benchmark.commitments import MAX_NUMBERS
from askfirst.benchmark.marker import MAX_MARKERS
from askfirst.benchmark.message import MAX_HEAD, MAX_RUN, MAX_SEARCHED, MAX_TAIL, own_words, read_sentences
from askfirst.benchmark.reader import read_turn
from reading_promises import FORMS, SAID, TABLE, check_calls, check_message, check_parts, check_query

NUMBER, QUERY = FORMS[0], FORMS[6]
SMALL = 3_500
"""Characters whose cost is compared with that of four times as many, which are still read in full."""
MOST_GROWTH = 8
"""Between linear growth, 4, and quadratic growth, 16."""
LEAST_S = 0.02
"""Processor seconds below which a message is cheap however it grew."""

REPEATED = {
    "question marks": ("", "?", ""),
    "question marks apart": ("", "A? ", ""),
    "empty markers": ("", "ANSWER: \n", ""),
    "tabs": ("What is ", "\t", "?"),
    "spaces that group digits": ("I need ", "\u202f", "."),
    "ticks": ("ANSWER:\n", "`", "?"),
    "stars": ("The answer is ", "**", "?"),
    "spaces before a query": ("ANSWER: 1\n", " ", "x"),
    "spelled numbers": ("The answer is ", "one ", "."),
    "fractions": ("The total is ", "1/2+-", ""),
    "lines": ("", "(--\n", "x"),
    "calls without an end": ("", 'book_table(name="', ""),
    "open quotes": ("ANSWER: ", "\"'", ""),
    "questions": ("", "What is the price? ", ""),
}


def seconds(work: Callable[[], object]) -> float:
    best = float("inf")
    for _ in range(3):
        began = time.process_time()
        work()
        best = min(best, time.process_time() - began)
    return best


@pytest.mark.parametrize("form", FORMS, ids=[f"{form.kind}{number}" for number, form in enumerate(FORMS)])
@pytest.mark.parametrize("case", REPEATED)
def test_what_is_repeated_costs_no_more_than_its_length(case: str, form: object):
    start, unit, end = REPEATED[case]
    small, large = (start + unit * (size // len(unit)) + end for size in (SMALL, 4 * SMALL))
    read_turn(small, form, SAID)  # pyright: ignore
    large_s = seconds(lambda: read_turn(large, form, SAID))  # pyright: ignore
    if large_s > LEAST_S:
        assert large_s < MOST_GROWTH * max(seconds(lambda: read_turn(small, form, SAID)), LEAST_S / 4)  # pyright: ignore


def test_of_a_long_message_the_head_and_the_tail_are_read():
    filler = "We go on. "
    head = "How much is a ticket? " + filler * 10_000
    assert read_turn(head, NUMBER).questions == ("How much is a ticket?",)
    assert read_turn(filler * 10_000 + "How much is a ticket?", NUMBER).questions == ("How much is a ticket?",)
    middle = filler * 2_000 + "How much is a ticket? " + filler * 2_000
    assert read_turn(middle, NUMBER).questions == ()
    assert len(own_words(filler * 10_000)) <= MAX_HEAD + MAX_TAIL + 2


def test_an_invented_turn_is_found_up_to_a_limit_beyond_which_the_middle_is_dropped():
    talk = "We go on. " * (MAX_SEARCHED // 10)
    assert read_turn(f"Hm.\nUser: 5\n{talk}\nANSWER: 12", NUMBER).kind != "answer_attempt"
    assert read_turn(f"{talk}\nUser: 5\n{talk}\nANSWER: 12", NUMBER).answer == "12"


def test_a_run_without_a_letter_is_cut_and_what_follows_is_read():
    assert own_words("a" + "-" * 9_000 + "b") == "a" + "-" * MAX_RUN + "b"
    assert own_words("a" + "-" * 900 + "\n" + "-" * 900 + "b").split("\n") == ["a" + "-" * 150, "-" * 150 + "b"]
    assert read_turn("=" * 5_000 + "\nANSWER: 12", NUMBER).answer == "12"


def test_of_very_many_sentences_those_at_both_ends_are_read():
    sentences = read_sentences("\n".join(f"line {number}" for number in range(5_000)))
    assert len(sentences) == reading.MAX_LEADING + reading.MAX_TRAILING
    assert (sentences[0].text, sentences[-1].text) == ("line 0", "line 4999")


def test_of_very_many_thoughts_none_is_left():
    assert own_words("<think>a</think>" * 5_000 + "Hello.") == "Hello."
    assert own_words("x <think>a</think>" * 5_000 + "Hello.").endswith("Hello.")


def test_the_last_of_very_many_markers_counts():
    many = "".join(f"ANSWER: {number}\n\nI go on.\n" for number in range(3 * MAX_MARKERS))
    assert read_turn(many, NUMBER).answer == str(3 * MAX_MARKERS - 1)


def test_a_marked_call_ends_where_the_next_marker_begins():
    two = (
        'ANSWER:\nbook_table(guests=4, date="2031-05-04")\n\nI go on.\nANSWER:\nbook_table(guests=5, date="2031-05-04")'
    )
    assert read_turn(two, TABLE).answer == 'book_table(guests=5, date="2031-05-04")'


def test_a_result_before_very_many_numbers_is_not_looked_for():
    answer, line = "So the answer is 12.\n", "1 + 2 + 3 + 4 + 5 + 6 + 7 + 8 + 9 + x\n"
    assert read_turn(answer + line * 10, NUMBER).answer == "12"
    assert not read_turn(answer + line * (MAX_NUMBERS // 9 + 1), NUMBER).attempted


TOKENS = (
    "ANSWER: ", "ANSWER:\n", "\n", "```", "~~~", "<think>", "</think>", "User: ", "How many ", "I need ", "please ",
    " if ", " or ", "The answer is ", "So ", "\\boxed{", "}", "\\frac{1}{2}", "unknown", "1,250", "50%", "book_table(",
    "mv(", "guests=4", ")", '"name": ', "{", "[", "'", '"', "SELECT ", " FROM cats", "--", "/*", "def solve(x):\n",
    "worn belt", "e.g. ", "**", "- ", "1. ", "\u200b", "\uff21", "\ud800", "\x00", "\ufdfa", "多少", "Wie viel ", "?",
)  # fmt: skip
texts = st.one_of(st.text(max_size=200), st.lists(st.sampled_from(TOKENS), max_size=30).map("".join))


@given(texts, st.sampled_from(FORMS), st.sampled_from(("", SAID)))
@settings(max_examples=150, deadline=None)
@example("\\boxed{" * 5, NUMBER, SAID)
def test_every_promise_of_a_reading_holds(text: str, form: object, said: str):
    check_message(text, form, said)  # pyright: ignore


@given(texts)
@settings(max_examples=100, deadline=None)
def test_every_promise_of_the_readers_parts_holds(text: str):
    check_parts(text)
    check_query(text)
    check_calls(text)
