from io import StringIO
from typing import Any

import pytest
from rich.console import Console

from askfirst.benchmark.errors import DataError
from askfirst.benchmark.grading import CRITERIA, Criterion, Graded, Outcome
from askfirst.benchmark.labels import LabelledQuestion
from askfirst.reports.audit_grader import CriterionAudit, GraderAudit, audit_grader
from askfirst.reports.grader_table import render_audit
from askfirst.reports.logged_grades import LoggedGrades, LoggedVerdict

RIGHT = "right"
"""A grader that says what people say."""


def question(number: int, **fields: Any) -> LabelledQuestion:
    """Return a question of one of ten templates; clear, answerable and polite unless told otherwise."""
    labels = {"kind": "targeted", "clear": True, "polite": True} | fields
    problem = f"arithmetic/template-{number % 10}/7000001"
    return LabelledQuestion(
        id=f"q-{number}", problem=problem, language="en", category="direct", text=f"How many {number}?", **labels
    )


def said(clear: bool, answerable: bool, polite: bool) -> Graded:
    return {name: Outcome(value=value) for name, value in zip(CRITERIA, (clear, answerable, polite), strict=True)}


def labels_of(row: LabelledQuestion) -> Graded:
    return said(bool(row.clear), row.kind == "targeted", bool(row.polite))


def by_name(audit: GraderAudit) -> dict[Criterion, CriterionAudit]:
    return {one.criterion: one for one in audit.criteria}


# 40 rows: 10 general ones, which are not clear, and 8 rude ones
ROWS = [
    *(question(number) for number in range(22)),
    *(question(number, kind="general", clear=False) for number in range(22, 32)),
    *(question(number, polite=False) for number in range(32, 40)),
]
PERFECT = {row.id: labels_of(row) for row in ROWS}


def test_a_grader_that_says_what_people_say_agrees_in_all():
    for one in audit_grader(ROWS, PERFECT, grader="model").criteria:
        assert one.agreement
        assert (one.agreement.mean, one.agreement.n, one.agreement.templates) == (1, 40, 10)
        assert one.alpha == 1
        assert one.error_of_yes
        assert one.error_of_no
        assert one.error_of_yes.mean == one.error_of_no.mean == 0
        assert 0 < (one.error_of_no.high or 0) < 0.5
        assert one.worst == ()
        assert one.unscored == {}


def test_errors_are_told_apart_by_class_and_the_worse_class_is_shown_first():
    # it calls everything polite, and two clear ones unclear
    predictions = {row.id: said(row.clear is True and row.id not in ("q-0", "q-1"), True, True) for row in ROWS}
    audit = by_name(audit_grader(ROWS, predictions, grader="model"))
    polite, clear = audit["polite"], audit["clear"]
    assert polite.confusion.model_dump() == {"yes_yes": 32, "yes_no": 0, "no_yes": 8, "no_no": 0}
    assert polite.error_of_no
    assert (polite.error_of_no.mean, polite.error_of_no.n) == (1, 8)
    assert polite.alpha is not None
    assert polite.alpha < 0, "worse than chance: it never says no"
    assert clear.error_of_yes
    assert clear.error_of_yes.mean == pytest.approx(2 / 30)
    assert [one.id for one in clear.worst] == ["q-0", "q-1"]
    mixed = audit_grader(ROWS, PERFECT | {"q-0": said(True, True, False), "q-32": labels_of(question(0))}, grader="m")
    assert [one.label for one in by_name(mixed)["polite"].worst] == [False, True], "1 of 8 before 1 of 32"


def test_alpha_is_krippendorffs():
    # nominal alpha by hand: two of eight rows differ, and of all sixteen words eight are yes and eight no
    rows = [question(number, clear=number < 4) for number in range(8)]
    predictions = {row.id: said(number in (0, 1, 2), True, True) for number, row in enumerate(rows)}
    predictions["q-4"] = said(True, True, True)
    predictions["q-3"] = said(False, True, True)
    yes, no = 4 + 4, 4 + 4
    expected = 1 - (2 * 2 / 16) / (2 * yes * no / (16 * 15))
    assert by_name(audit_grader(rows, predictions, grader="model"))["clear"].alpha == pytest.approx(expected)


def test_alpha_says_nothing_where_everyone_says_the_same():
    rows = [question(number) for number in range(10)]
    audit = audit_grader(rows, {row.id: labels_of(row) for row in rows}, grader="model")
    assert {one.alpha for one in audit.criteria} == {None}


def test_verdicts_that_are_missing_are_counted_by_reason_and_in_no_rate():
    predictions = PERFECT | {
        "q-0": dict.fromkeys(CRITERIA, Outcome(reason="rambled")),
        "q-1": PERFECT["q-1"] | {"polite": Outcome(reason="flipped")},
    }
    audit = by_name(audit_grader(ROWS, predictions, grader="model"))
    assert audit["clear"].unscored == {"rambled": 1}
    assert audit["polite"].unscored == {"rambled": 1, "flipped": 1}
    assert audit["polite"].agreement
    assert (audit["polite"].agreement.mean, audit["polite"].agreement.n) == (1, 38)


def test_a_grader_without_any_verdict_has_no_rates():
    predictions = {row.id: dict.fromkeys(CRITERIA, Outcome(reason="empty")) for row in ROWS}
    audit = audit_grader(ROWS, predictions, grader="model")
    for one in audit.criteria:
        assert one.unscored == {"empty": 40}
        assert (one.agreement, one.alpha, one.error_of_yes, one.error_of_no) == (None, None, None, None)
    assert "unscored: 40 empty" in shown(audit)


def test_what_asks_for_nothing_or_has_no_label_is_left_out():
    rows = [*ROWS, question(40, kind="none", clear=None, polite=None), question(41, clear=None)]
    audit = by_name(audit_grader(rows, PERFECT | {"q-41": said(True, True, True)}, grader="model"))
    assert (audit["clear"].labelled, audit["answerable"].labelled, audit["polite"].labelled) == (40, 41, 41)


@pytest.mark.parametrize(
    ("rows", "predictions", "said"),
    [
        (ROWS, {}, r"predictions: none for \['q-0', 'q-1', 'q-2'\]"),
        ([question(0, kind="none")], {}, "none that asks for anything"),
    ],
)
def test_what_can_not_be_compared_is_refused_in_one_line(rows, predictions, said):
    with pytest.raises(DataError, match=said) as caught:
        audit_grader(rows, predictions, grader="model")
    assert "\n" not in str(caught.value)


def logged(polite: int, rude: int) -> LoggedGrades:
    verdicts = tuple(
        LoggedVerdict(value=number < polite, template=f"logic/{number % 12}") for number in range(polite + rude)
    )
    return LoggedGrades(
        logs=("a.eval",),
        verdicts={"clear": (), "answerable": verdicts[:1], "polite": verdicts},
        unscored={"clear": {"flipped": 3}, "answerable": {}, "polite": {}},
    )


def test_the_mean_of_logs_is_corrected_by_the_error_on_the_labelled_questions():
    # all is polite to it, though 8 of 40 labelled ones are not
    predictions = {row.id: PERFECT[row.id] | {"polite": Outcome(value=True)} for row in ROWS}
    audit = by_name(audit_grader(ROWS, predictions, grader="model", logged=logged(120, 0)))
    polite = audit["polite"]
    assert polite.logged_mean == 1
    assert polite.corrected
    assert polite.corrected.mean == pytest.approx(0.8)
    assert polite.corrected.weight == 1
    assert polite.corrected.low < 0.8 < polite.corrected.high
    assert (audit["clear"].logged_mean, audit["clear"].corrected) == (None, None)
    assert audit["clear"].logged_unscored == {"flipped": 3}
    assert audit["answerable"].corrected is None, "the spread of one template can't be seen"


def shown(audit: GraderAudit) -> str:
    out = StringIO()
    Console(file=out, width=150, color_system=None).print(render_audit(audit))
    return out.getvalue()


def test_the_table_shows_what_the_report_says():
    predictions = {row.id: PERFECT[row.id] | {"polite": Outcome(value=True)} for row in ROWS}
    text = shown(audit_grader(ROWS, predictions, grader="openai/x", calls=7, cached=73, logged=logged(120, 0)))
    assert "openai/x on 40 labelled questions: 7 calls, 73 from the cache" in text
    assert "polite: q-32: labelled no, graded yes: 'How many 32?'" in text
    assert "polite: 1.00 of 120 verdicts in the logs are yes, corrected 0.80 [" in text
    assert "clear: unscored in the logs: 3 flipped" in text


def test_a_correction_that_can_not_be_is_said_to_be_none():
    predictions = {row.id: PERFECT[row.id] | {"polite": Outcome(value=False)} for row in ROWS}
    audit = audit_grader(ROWS, predictions, grader="model", logged=logged(120, 0))
    assert "which can't be" in shown(audit)


def test_a_report_travels_through_json():
    audit = audit_grader(ROWS, PERFECT, grader="model", logged=logged(100, 20))
    assert GraderAudit.model_validate_json(audit.model_dump_json()) == audit
    assert '"schema_version":1' in audit.model_dump_json()
