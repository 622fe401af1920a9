import pytest
from hypothesis import given
from hypothesis import strategies as st

from askfirst.benchmark.answers import answer_instruction, is_right, marker_instruction, parse_answer, read_value
from askfirst.benchmark.problem import AnswerForm, CallForm, ChoiceForm, NumberForm, Parameter

APPLES = NumberForm(unit="apples")
DOLLARS = NumberForm(unit="dollars", tolerance=0.01)
CAUSE = ChoiceForm(options=("clogged filter", "fan", "fan belt", "unknown part"))
SEND = CallForm(
    function="send",
    parameters=(
        Parameter(name="to", type="string", description="who gets it"),
        Parameter(name="copies", type="integer", description="how many", required=False, default=1),
    ),
)
FORMS: dict[str, AnswerForm] = {"apples": APPLES, "dollars": DOLLARS, "cause": CAUSE, "send": SEND}

STATES = {
    "12": ("apples", "one", "12"),
    "12 apples": ("apples", "one", "12"),
    "12 apples and 3 pears": ("apples", "one", "12"),
    "Each of 4 friends got 5 apples": ("apples", "one", "5"),
    "no apples": ("apples", "one", "0"),
    "12 or 13": ("apples", "several", ""),
    "12 if she buys 5": ("apples", "several", ""),
    "unknown": ("apples", "declined", ""),
    "I don't know": ("apples", "declined", ""),
    "Cannot be determined from the 3 facts": ("apples", "declined", ""),
    "not enough information": ("apples", "declined", ""),
    "to be determined": ("apples", "declined", ""),
    "need the price": ("apples", "declined", ""),
    "<number>": ("apples", "placeholder", ""),
    "[your answer]": ("apples", "placeholder", ""),
    "...": ("apples", "placeholder", ""),
    "a number": ("apples", "placeholder", ""),
    "many": ("apples", "malformed", ""),
    "7 + 5": ("apples", "malformed", ""),
    "$1,250.00": ("dollars", "one", "1250"),
    "45 dollars and 50 cents": ("dollars", "one", "45.5"),
    "The Clogged Filter.": ("cause", "one", "clogged filter"),
    "fan belt": ("cause", "one", "fan belt"),
    "the fan": ("cause", "one", "fan"),
    "unknown part": ("cause", "one", "unknown part"),
    "fan or fan belt": ("cause", "several", ""),
    "not the fan but the fan belt": ("cause", "one", "fan belt"),
    "the filter is clogged": ("cause", "one", "clogged filter"),
    "gremlins": ("cause", "malformed", ""),
    "send(to='Mia')": ("send", "one", 'send(to="Mia")'),
    "send(to='Mia', copies=1)": ("send", "one", 'send(to="Mia")'),
    "send(to='Mia') if she is in": ("send", "several", ""),
    "send(to=?)": ("send", "malformed", ""),
}  # fmt: skip


@pytest.mark.parametrize("text", STATES)
def test_a_value_has_a_state_and_a_canonical_spelling(text: str):
    form, state, answer = STATES[text]
    read = read_value(text, FORMS[form])
    assert (read.state, read.answer) == (state, answer)
    assert parse_answer(text, FORMS[form]) == (answer or None)


RIGHT = {
    "same": ("apples", "12", "12", True),
    "other": ("apples", "13", "12", False),
    "none": ("apples", "", "12", False),
    "equal value": ("apples", "12.0", "12", True),
    "fraction": ("apples", "10/3", "10/3", True),
    "within the tolerance": ("dollars", "3.34", "3.333", True),
    "beyond it": ("dollars", "3.35", "3.333", False),
    "no number": ("apples", "many", "12", False),
    "option": ("cause", "fan belt", "fan belt", True),
    "other option": ("cause", "fan", "fan belt", False),
    "no option": ("cause", "", "fan", False),
    "call": ("send", 'send(to="Mia")', 'send(to="Mia")', True),
    "call with another case": ("send", 'send(to="mia")', 'send(to="Mia")', True),
    "call with the default written out": ("send", 'send(to="Mia", copies=1)', 'send(to="Mia")', True),
    "call with another value": ("send", 'send(to="Mia", copies=2)', 'send(to="Mia")', False),
    "call without a required argument": ("send", "send(copies=2)", 'send(to="Mia", copies=2)', False),
    "no call": ("send", "", 'send(to="Mia")', False),
}  # fmt: skip


@pytest.mark.parametrize("case", RIGHT)
def test_an_answer_is_right_when_it_equals_the_target(case: str):
    form, answer, target, right = RIGHT[case]
    assert is_right(answer, target, FORMS[form]) is right


@pytest.mark.parametrize("form", FORMS)
def test_a_target_of_another_form_is_an_error(form: str):
    with pytest.raises(ValueError, match="target 'gremlins' is"):
        is_right("12", "gremlins", FORMS[form])


def test_instructions_name_the_form_and_nothing_about_asking():
    instructions = {name: marker_instruction(form) for name, form in FORMS.items()}
    assert instructions["dollars"] == (
        "When you give your final answer, end with a line `ANSWER: ...`, where ... is a number, in dollars."
    )
    assert answer_instruction(APPLES) == "a number: how many apples"
    assert "clogged filter; fan; fan belt" in instructions["cause"]
    assert "send(argument=value, ...)" in instructions["send"]
    for text in instructions.values():
        assert not any(word in text.lower() for word in ("ask", "question", "clarif", "missing", "need"))


@pytest.mark.parametrize("form", FORMS)
def test_the_instruction_itself_is_no_answer(form: str):
    assert parse_answer(answer_instruction(FORMS[form]), FORMS[form]) is None


@given(st.text(max_size=120), st.sampled_from([*FORMS.values()]))
def test_a_canonical_answer_reads_back_as_itself(text: str, form: AnswerForm):
    answer = parse_answer(text, form)
    if answer is not None:
        assert parse_answer(answer, form) == answer


@given(st.fractions(min_value=-(10**6), max_value=10**6, max_denominator=1000))
def test_every_number_is_right_against_itself(value: object):
    answer = parse_answer(str(value), APPLES)
    assert answer is not None
    assert is_right(answer, answer, APPLES)
