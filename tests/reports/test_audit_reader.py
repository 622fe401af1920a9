"""The audit of the reader: known figures for readings that are right, wrong, and half right."""

import pytest

from askfirst.benchmark.labels import LabelledTurn, TurnCase
from askfirst.benchmark.problem import CallForm, ChoiceForm, NumberForm, Parameter, TextForm
from askfirst.benchmark.reader import Reading
from askfirst.reports.audit_reader import ReadCase, audit_reader, compare_rival, figure_out, same_answer

DOLLARS = NumberForm(unit="dollars")


def turn(number: int, message: str, kind: str, rival: str = "", **label: object) -> TurnCase:
    labelled = LabelledTurn.model_validate(
        {"id": f"turn-{number}", "source": "written", "problem": "p", "message": message, "kind": kind, **label}
    )
    return TurnCase(labelled, DOLLARS, real=bool(rival), rival=rival)


ANSWER = turn(1, "So it costs 12 dollars.\nANSWER: 12", "answer_attempt", answer="12")
QUESTION = turn(2, "How many tickets does Mia buy?", "clarification", questions=((0, 30),))
EMPTY = turn(3, "...", "missing")


def test_right_readings_get_full_figures():
    figures = audit_reader([ANSWER, QUESTION, EMPTY], "test", {}).figures["all"]
    assert figures.attempt_f1.value == figures.kinds_macro_f1.value == figures.answers.value == 1
    assert figures.question_precision.value == figures.question_recall.value == 1
    assert figures.confusion == {
        "answer_attempt": {"answer_attempt": 1}, "clarification": {"clarification": 1}, "missing": {"missing": 1},
    }  # fmt: skip


def test_wrong_readings_lower_each_figure_and_are_listed():
    mislabelled = [
        turn(1, "So it costs 12 dollars.\nANSWER: 12", "answer_attempt", answer="13"),
        turn(2, "ANSWER: 4", "discussion"),
        turn(3, "How many tickets does Mia buy?", "answer_attempt", answer="3"),
    ]
    audit = audit_reader(mislabelled, "test", {})
    figures = audit.figures["all"]
    assert figures.attempt_precision.value == 0.5
    assert figures.attempt_recall.value == 0.5
    assert figures.answers.value == 0
    assert figures.question_precision.value == 0
    assert [each.id for each in audit.worst] == ["turn-1", "turn-2", "turn-3"]


def test_a_question_that_is_read_twice_hits_once():
    reading = Reading(kind="interrogation", questions=("How many tickets does Mia buy?", "How many tickets?"))
    figures = figure_out([ReadCase(QUESTION, reading)])
    assert figures.question_precision.value == 0.5
    assert figures.question_recall.value == 1


def test_macro_f1_is_over_the_kinds_that_occur():
    cases = [ReadCase(ANSWER, Reading(kind="answer_attempt", attempted=True, answer="12"))]
    cases.append(ReadCase(QUESTION, Reading(kind="discussion")))
    assert figure_out(cases).kinds_macro_f1.value == 0.5


def test_the_rival_is_compared_on_the_turns_that_it_labelled():
    right, wrong = Reading(kind="discussion"), Reading(kind="hedge")
    read = [ReadCase(turn(n, "Hm.", "discussion", rival="refuse"), right) for n in range(8)]
    read += [ReadCase(turn(9, "Hm.", "discussion", rival="discussion"), wrong), ReadCase(ANSWER, right)]
    rivalry = compare_rival(read)
    assert rivalry is not None
    assert (rivalry.turns, rivalry.only_reader_right, rivalry.only_rival_right) == (9, 8, 1)
    assert rivalry.p_value == pytest.approx(2 * 10 / 2**9)
    assert compare_rival([ReadCase(ANSWER, right)]) is None


@pytest.mark.parametrize(
    ("labelled", "read", "form", "same"),
    [
        pytest.param("2.50", "5/2", NumberForm(), True, id="numbers by value"),
        pytest.param("2,100", "2100", NumberForm(), True, id="thousands"),
        pytest.param("3", "4", NumberForm(), False, id="another number"),
        pytest.param("worn belt", "Worn belt", ChoiceForm(options=("Worn belt", "Loose screw")), True, id="option"),
        pytest.param(
            "f(a='X')", 'f(a="x")', CallForm(function="f", parameters=(Parameter(name="a", type="string",
            description=""),)), True, id="calls as parsed",
        ),
        pytest.param("Dear  all,\n come.", "Dear all, come.", TextForm(), True, id="texts by words"),
        pytest.param("Dear all, come.", "Dear all, go.", TextForm(), False, id="another text"),
    ],
)  # fmt: skip
def test_answers_are_compared_in_their_forms_own_terms(labelled, read, form, same):
    reading = Reading(kind="answer_attempt", attempted=True, answer=read)
    assert same_answer(labelled, reading, form) is same


def test_several_values_are_right_only_where_several_are_labelled():
    several = Reading(kind="answer_attempt", attempted=True, ambiguous=True)
    assert same_answer("several", several, DOLLARS)
    assert not same_answer("12", several, DOLLARS)
    assert not same_answer("several", Reading(kind="answer_attempt", attempted=True, answer="12"), DOLLARS)
