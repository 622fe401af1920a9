from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from askfirst.reports.gate.junit import render_junit
from askfirst.reports.gate.verdict import GateReport
from gate_reports import ALL, acknowledged, failing, inconclusive, invalid, make_metric, missing, passing

# what the schema junit-10.xsd of Jenkins' xunit plugin allows: attributes (required ones first, after them optional
# ones) and children
SCHEMA = {
    "testsuites": ([], ["name", "time", "tests", "failures", "errors"], ["testsuite"]),
    "testsuite": (
        ["name", "tests", "failures", "errors"],
        ["group", "time", "skipped", "timestamp", "hostname", "id", "package", "file", "log", "url"],
        ["testsuite", "properties", "testcase", "system-out", "system-err"],
    ),
    "properties": ([], [], ["property"]),
    "property": (["name", "value"], [], []),
    "testcase": (
        ["name"],
        ["time", "classname", "group"],
        ["skipped", "error", "failure", "system-out", "system-err"],
    ),
    "skipped": ([], ["type", "message"], []),
    "error": ([], ["type", "message"], []),
    "failure": ([], ["type", "message"], []),
    "system-out": ([], [], []),
}


def parse(report: GateReport) -> ElementTree.Element:
    return ElementTree.fromstring(render_junit(report))


def assert_valid(element: ElementTree.Element) -> None:
    required, optional, children = SCHEMA[element.tag]
    assert set(required) <= set(element.attrib) <= {*required, *optional}
    assert {child.tag for child in element} <= set(children)
    for child in element:
        assert_valid(child)


def outcomes(report: GateReport) -> dict[str, str]:
    return {
        f"{case.get('classname')}.{case.get('name')}": next(
            (child.tag for child in case if child.tag != "system-out"), "passed"
        )
        for case in parse(report).iter("testcase")
    }


@pytest.mark.parametrize("name", ALL)
def test_it_is_junit_and_counts_its_cases(name: str):
    root = parse(ALL[name])
    assert_valid(root)
    (suite,) = root
    cases = list(root.iter("testcase"))
    assert int(suite.attrib["tests"]) == len(cases) == len(ALL[name].metrics) + 1
    for attribute, tag in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
        assert int(suite.attrib[attribute]) == len(list(root.iter(tag)))
    assert len({(case.get("classname"), case.get("name")) for case in cases}) == len(cases)


@pytest.mark.parametrize(
    ("report", "case", "outcome"),
    [
        (passing(), "askfirst gate.baseline.ask.joint_success", "passed"),
        (failing(), "askfirst gate.baseline.ask.premature_rate", "failure"),
        (inconclusive(), "askfirst gate.baseline.ask.premature_rate", "skipped"),
        (missing(), "askfirst gate.baseline.ask.joint_success", "error"),
        (invalid(), "askfirst gate.comparability", "error"),
        (failing(), "askfirst gate.comparability", "passed"),
        (acknowledged(), "askfirst gate.baseline.ask.joint_success", "skipped"),
        (acknowledged(), "askfirst gate.baseline.ask.premature_rate", "failure"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_verdict_becomes_an_outcome(report: GateReport, case: str, outcome: str):
    assert outcomes(report)[case] == outcome


@pytest.mark.parametrize("verdict", ["FAIL", "INVALID"])
def test_a_bad_check_never_looks_fine(verdict: str):
    report = passing(verdict=verdict, sentence=f"{verdict}: for a reason of its own")
    (outcome,) = [value for value in outcomes(report).values() if value != "passed"]
    assert outcome == {"FAIL": "failure", "INVALID": "error"}[verdict]


def test_messages_say_why():
    root = parse(failing())
    assert root.find(".//failure").attrib["message"].startswith("joint_success ↑ 0.61 → 0.47, worse by 0.14")
    assert parse(acknowledged()).find(".//skipped").attrib["message"].startswith("accepted until 2026-07-01: the new")
    assert parse(invalid()).find(".//error").attrib["message"] == "data hash: baseline '5f0c1d', candidate '77ab90'"


@given(st.text(st.characters(exclude_categories=[]) | st.sampled_from("<>&\"']\x00\x0b\x1b\ufffe\uffff\r\n\u2028")))
def test_any_text_leaves_valid_xml(text: str):
    metric = make_metric("joint_success", 0.6, 0.4, "FAIL", reason=text)
    report = failing(sentence=text, metrics=(metric,), command=text, policy={text: text}, warnings=(text,))
    assert_valid(parse(report))
    assert render_junit(report).decode("utf-8").endswith("</testsuites>\n")


def test_giant_texts_are_cut():
    assert len(render_junit(failing(command="x" * 1_000_000, sentence="y" * 1_000_000))) < 100_000


@pytest.mark.parametrize("name", ALL)
def test_equal_reports_give_equal_bytes(name: str):
    assert render_junit(ALL[name]) == render_junit(GateReport.model_validate(ALL[name].model_dump()))
