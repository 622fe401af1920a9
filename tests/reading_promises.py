"""What holds for every message whatever is in it: the promises that the fuzzers and the property tests check.

Each `check_*` takes a text and raises `AssertionError` where a promise is broken; anything else that it raises is a
crash.
"""

import time
from collections.abc import Sequence
from contextlib import suppress

from askfirst.benchmark.answers import read_value
from askfirst.benchmark.call_lists import equal_call_lists, find_listed_calls
from askfirst.benchmark.calls import MAX_CALLS, Call, find_calls, parse_call, spell_call, unescape
from askfirst.benchmark.fences import find_fences
from askfirst.benchmark.literals import LiteralReader, UnreadableError
from askfirst.benchmark.message import MAX_HEAD, MAX_TAIL, fold_characters, own_words, read_sentences
from askfirst.benchmark.numbers import parse_number, read_numbers, spell_number
from askfirst.benchmark.problem import (
    AnswerForm,
    CallForm,
    CallsForm,
    ChoiceForm,
    CodeForm,
    NumberForm,
    OpenForm,
    Parameter,
    QueryForm,
    TextForm,
)
from askfirst.benchmark.query_text import find_query, is_statement, query_bounds, tidy_query
from askfirst.benchmark.questions import MAX_QUESTION_LENGTH
from askfirst.benchmark.reader import Reading, read_turn
from askfirst.benchmark.request_repeats import MAX_QUESTIONS

MOST_S = 0.5
"""Processor seconds that no message may take, ten times what the slowest takes: a hang, not a slow machine."""

TABLE = CallForm(
    function="book_table",
    description="Books a table.",
    parameters=(
        Parameter(name="guests", type="integer", description="People."),
        Parameter(name="date", type="date", description="The day."),
        Parameter(name="area", type="enum", options=("inside", "terrace"), description="Where.", required=False),
        Parameter(name="name", type="string", description="For whom.", required=False),
        Parameter(name="notes", type="list", description="Notes.", required=False),
        Parameter(name="smoking", type="boolean", description="Smoking.", required=False),
        Parameter(name="minutes", type="number", description="How long, in minutes.", required=False),
    ),
)
MOVE = CallForm(
    function="mv",
    description="Moves a file.",
    parameters=(
        Parameter(name="source", type="string", description="From."),
        Parameter(name="destination", type="string", description="To."),
    ),
)
FORMS: Sequence[AnswerForm] = (
    NumberForm(),
    NumberForm(unit="dollars"),
    NumberForm(unit="percent"),
    ChoiceForm(options=("worn belt", "worn fan belt", "blocked filter", "none of these")),
    TABLE,
    CallsForm(functions=(TABLE, MOVE), ordered=True),
    QueryForm(),
    CodeForm(function="solve"),
    TextForm(noun="notice"),
    OpenForm(),
)
SAID = "Mia has 7 apples and sells 3 of them for 2 dollars each.\n\nHow many apples are left over?"


def check_message(message: str, form: AnswerForm, said: str) -> Reading:
    """Check what one reading promises, and return it."""
    started = time.process_time()
    reading = read_turn(message, form, said)
    spent = time.process_time() - started
    assert spent < MOST_S, f"{spent:.2f} s for {len(message)} characters"
    assert read_turn(message, form, said) == reading, "read differently the second time"
    assert read_turn(message + " \n\t ", form, said) == reading, "white space at its end changes it"
    assert Reading.model_validate_json(reading.model_dump_json()) == reading, "a reading that can't be written"
    assert reading.attempted == (reading.kind == "answer_attempt") == (reading.source != "none")
    assert bool(reading.answer) == (reading.attempted and not reading.ambiguous)
    assert reading.mixed == (reading.attempted and bool(reading.questions))
    assert not (reading.malformed and reading.attempted)
    assert (
        reading.kind in ("answer_attempt", "clarification", "interrogation", "hedge")
        or reading.malformed
        or (not reading.questions)
    ), "questions in a turn that asks nothing"
    assert len(reading.questions) <= MAX_QUESTIONS
    assert all(question.strip() and len(question) <= MAX_QUESTION_LENGTH for question in reading.questions)
    if reading.answer and reading.why != "calls of something else":  # a wrong answer, kept as it was written
        check_answer(reading.answer, form)
    return reading


def check_answer(answer: str, form: AnswerForm) -> None:
    """Check that an answer is spelled as its form spells it, so that reading it again changes nothing."""
    if isinstance(form, NumberForm):
        value = parse_number(answer, form.unit)
        assert value is not None, f"{answer!r} is no number"
        assert spell_number(value) == answer
    elif isinstance(form, ChoiceForm):
        assert answer in form.options
    elif isinstance(form, CallForm):
        call = parse_call(answer, form)
        assert isinstance(call, Call), call
        assert spell_call(form, call.arguments) == answer
    elif isinstance(form, CallsForm):
        assert equal_call_lists(answer, answer, form)
        assert read_value(answer, form).answer == answer
    else:
        assert answer == answer.rstrip("\n")


def check_parts(text: str) -> None:
    """Check what the parts of the reader promise: spans within the text, in order, and nothing that grows for ever."""
    folded = fold_characters(text)
    assert fold_characters(folded) == folded, "folding twice folds more"
    assert len(own_words(text)) <= 3 * (MAX_HEAD + MAX_TAIL + 2)
    _check_spans(((number.start, number.end) for number in read_numbers(text)), len(fold_characters(text[:50_000])))
    _check_spans(((fence.start, fence.end) for fence in find_fences(text)), len(text))
    sentences = read_sentences(own_words(text))
    assert all(sentence.text.strip() for sentence in sentences)


def check_query(text: str) -> None:
    """Check what reading a query promises."""
    start, stop = query_bounds(text)
    assert 0 <= start <= stop <= len(text)
    found = find_query(text)
    assert found is None or 0 <= found[0] < found[1] <= len(text)
    tidy = tidy_query(text[start:stop])
    assert len(tidy) <= stop - start
    assert not is_statement(tidy) or is_statement(tidy.strip())


def check_calls(text: str) -> None:
    """Check what reading calls promises."""
    unescaped = unescape(text)
    for form in (TABLE, MOVE):
        found = find_calls(text, form)
        assert len(found) <= MAX_CALLS
        _check_spans(((each.start, each.end) for each in found), len(unescaped))
        for each in found:
            assert (each.call is None) == bool(each.why)
            if each.call is not None:
                check_answer(spell_call(form, each.call.arguments), form)
    listed = find_listed_calls(text, CallsForm(functions=(TABLE, MOVE)))
    _check_spans(((each.found.start, each.found.end) for each in listed), len(unescaped))
    reader = LiteralReader(text)
    with suppress(UnreadableError):
        reader.value()
    assert 0 <= reader.position <= len(text)


def _check_spans(spans: object, length: int) -> None:
    last = 0
    for start, end in spans:  # pyright: ignore
        assert last <= start <= end <= length, f"span {start}-{end} after {last} in {length} characters"
        last = end
