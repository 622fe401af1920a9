import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from askfirst.reports.gate.annotations import MOST_OF_A_LEVEL, render_annotations
from askfirst.reports.gate.verdict import Difference
from gate_reports import ALL, acknowledged, failing, inconclusive, invalid, make_metric, passing

COMMAND = re.compile(r"::(notice|warning|error) title=([^:,\r\n]*)::([^\r\n]*)")


def read_back(line: str) -> tuple[str, str, str]:
    """Parse a line as GitHub's runner does: the title ends at the next ::, and escapes are undone, % last."""
    level, title, text = COMMAND.fullmatch(line).groups()
    for escaped, plain in (("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%")):
        title = title.replace(escaped, plain)
        text = text if escaped in ("%3A", "%2C") else text.replace(escaped, plain)
    return level, title, text


@pytest.mark.parametrize(
    ("report", "levels"),
    [
        (passing(), ["notice"]),
        (failing(), ["error", "error", "error", "warning"]),
        (inconclusive(), ["warning", "warning"]),
        (invalid(), ["error", "error"]),
        (acknowledged(), ["error", "warning", "error"]),
    ],
    ids=["pass", "fail", "inconclusive", "invalid", "acknowledged"],
)
def test_the_verdict_comes_first_and_then_what_did_not_pass(report, levels):
    lines = [read_back(line) for line in render_annotations(report)]
    assert [level for level, _, _ in lines] == levels
    assert lines[0][1:] == (f"askfirst gate: {report.verdict}", report.sentence)


def test_a_metric_is_told_in_words():
    _, title, text = read_back(render_annotations(failing())[2])
    assert title == "askfirst gate: premature_rate FAIL"
    assert text.startswith("premature_rate ↓ 0.10 → 0.25, worse by 0.15 [0.09, 0.21], 0.05 would be accepted: FAIL")


@given(st.text(st.sampled_from("%0AD:,\r\n\u2028\x1b #[]") | st.characters(), min_size=1))
def test_no_text_begins_a_command_of_its_own(text: str):
    metric = make_metric(text, 0.6, 0.4, "FAIL", reason=text)
    report = failing(
        sentence=text,
        warnings=(text,),
        metrics=(metric,),
        differences=(Difference(what=text, baseline=text, candidate=""),),
    )
    lines = render_annotations(report)
    assert len(lines) == 4
    for line in lines:
        assert line.splitlines() == [line]
        assert COMMAND.fullmatch(line)


def test_escapes_read_back_as_what_they_stood_for():
    (line, *_) = render_annotations(passing(sentence="100%: a, b\n::error::no %0A"))
    assert line == "::notice title=askfirst gate%3A PASS::100%25: a, b%0A::error::no %250A"
    assert read_back(line)[2] == "100%: a, b\n::error::no %0A"


def test_no_more_annotations_than_github_shows():
    many = invalid(differences=[Difference(what=f"{number}", baseline="", candidate="") for number in range(99)])
    assert len(render_annotations(many)) == MOST_OF_A_LEVEL


def test_giant_texts_are_cut():
    assert all(len(line) < 2_000 for line in render_annotations(passing(sentence="x" * 1_000_000)))


@pytest.mark.parametrize("name", ALL)
def test_equal_reports_give_equal_lines(name: str):
    assert render_annotations(ALL[name]) == render_annotations(ALL[name].model_copy(deep=True))
