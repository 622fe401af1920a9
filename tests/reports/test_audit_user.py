"""The audit of a model user's replies: known figures, and its command."""

import json

from askfirst.benchmark.cli import main
from askfirst.benchmark.labels import LabelledReply, ReplyCase
from askfirst.benchmark.reply_audit import AUDIT_IDENTITY
from askfirst.reports.audit_user import audit_user
from examples import tickets


def case(reply: str, fault: str = "") -> ReplyCase:
    act = {"kind": "tell", "text": tickets().fragment("tickets").text, "fragment": "tickets"}
    row = {
        "id": reply[:30],
        "problem": tickets().id,
        "plan": [act],
        "message": "How many?",
        "reply": reply,
        "fault": fault,
    }
    return ReplyCase(LabelledReply.model_validate(row), tickets())


CASES = [
    case("She buys five."),
    case("Mia buys 5 tickets from her uncle Ferdinand."),  # labelled honest here, to have a false alarm
    case("Mia buys 6 tickets.", "contradicted"),
    case("Mia buys some tickets.", "withheld"),
    case("Mia buys 5 tickets.", "leaked"),  # labelled faulty here, to have a miss
    case("Mia buys 5 tickets, as a language model.", "echo"),
]


def test_caught_faults_and_false_alarms_are_shares_of_their_own():
    figures = audit_user(CASES, "a", "test").figures
    assert (figures.caught.value, figures.caught.n) == (3 / 4, 4)
    assert (figures.false_alarms.value, figures.false_alarms.n) == (1 / 2, 2)
    assert (figures.kind_right.value, figures.kind_right.n) == (2 / 3, 3)


def test_kinds_and_families_are_told_apart_and_wrong_verdicts_are_listed():
    audit = audit_user(CASES, "a", "test")
    assert audit.by_kind["leaked"].value == 0
    assert audit.by_kind["invented"].value is None
    assert audit.kinds_found["echo"] == {"role_break": 1}
    assert audit.kinds_found["honest"] == {"none": 1, "invented": 1}
    assert set(audit.by_family) == {"arithmetic"}
    assert [(each.labelled, bool(each.found)) for each in audit.worst] == [("honest", True), ("leaked", False)]


def test_the_command_writes_a_report_of_the_test_half(tmp_path, capsys):
    file = tmp_path / "audit.json"
    assert main(["audit", "user", "--json", "-o", str(file)]) == 0
    printed = json.loads(capsys.readouterr().out)
    assert printed == json.loads(file.read_text())
    assert (printed["schema_version"], printed["instrument"], printed["half"]) == (1, "user", "test")
    assert printed["identity"] == AUDIT_IDENTITY
    assert printed["figures"]["caught"]["value"] >= 0.95
    assert printed["figures"]["false_alarms"]["value"] <= 0.06
    assert printed["milliseconds"] < 50


def test_the_command_prints_tables(capsys):
    assert main(["audit", "user", "--half", "dev"]) == 0
    printed = capsys.readouterr().out
    assert "audit of replies, dev half" in printed
    assert "role_break" in printed
