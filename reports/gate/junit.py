"""A report as JUnit XML, which every CI server shows: one test case a comparison of a metric, one for comparability."""

from xml.etree import ElementTree

from askfirst.reports.gate.phrases import describe_metric, name_comparison, to_sentence
from askfirst.reports.gate.verdict import Difference, GateReport, MetricVerdict, Verdict
from askfirst.reports.printable import message

SUITE = "askfirst gate"
OUTCOMES: dict[Verdict, str] = {"FAIL": "failure", "INVALID": "error", "INCONCLUSIVE": "skipped"}
MOST_CHARACTERS = 10_000
"""Of one message."""


def render_junit(report: GateReport) -> bytes:
    """Write a report as JUnit XML in UTF-8.

    FAIL is a failure, INVALID an error, INCONCLUSIVE skipped, and so is a loss that someone has accepted for now. A
    check that ends in FAIL or INVALID has a failure or an error in every case.
    """
    suite = ElementTree.Element("testsuite")
    properties = ElementTree.SubElement(suite, "properties")
    for name, value in _properties(report):
        ElementTree.SubElement(properties, "property", {"name": _clean(name), "value": _clean(value)})
    for metric in report.metrics:
        _add_metric(suite, metric)
    _add_comparability(suite, report)
    counts = {
        "tests": len(suite.findall("testcase")),
        "failures": len(suite.findall("testcase/failure")),
        "errors": len(suite.findall("testcase/error")),
        "skipped": len(suite.findall("testcase/skipped")),
    }
    suite.attrib = {"name": SUITE, **{name: f"{number}" for name, number in counts.items()}}
    root = ElementTree.Element("testsuites", {"name": SUITE})
    root.append(suite)
    ElementTree.indent(root)
    return ElementTree.tostring(root, encoding="utf-8", xml_declaration=True) + b"\n"


def _properties(report: GateReport) -> list[tuple[str, str]]:
    return [
        ("verdict", report.verdict),
        ("sentence", report.sentence),
        ("exit status", f"{report.exit_status}"),
        ("command", report.command),
        *((f"policy: {name}", value) for name, value in sorted(report.policy.items())),
        *((f"version: {name}", value) for name, value in sorted(report.versions.items())),
        *(("warning", warning) for warning in report.warnings),
    ]


def _add_metric(suite: ElementTree.Element, metric: MetricVerdict) -> None:
    case = _add_case(suite, f"{SUITE}.{metric.against}.{metric.condition}", metric.metric)
    text = to_sentence(f"{describe_metric(metric)} ({name_comparison(metric)}): {metric.reason}")
    if metric.verdict == "PASS":
        ElementTree.SubElement(case, "system-out").text = _clean(text)
    elif metric.verdict == "FAIL" and metric.acknowledged:
        accepted = f"accepted until {metric.acknowledged.expires}: {metric.acknowledged.reason}"
        _add_outcome(case, "skipped", "acknowledged", f"{accepted}. {text}")
    else:
        _add_outcome(case, OUTCOMES[metric.verdict], metric.verdict, text)


def _add_comparability(suite: ElementTree.Element, report: GateReport) -> None:
    case = _add_case(suite, SUITE, "comparability")
    told = "\n".join(_describe(difference) for difference in report.differences)
    fatal = [_describe(difference) for difference in report.differences if difference.fatal]
    bad = suite.find("testcase/failure") is not None or suite.find("testcase/error") is not None
    if fatal:
        _add_outcome(case, "error", "INVALID", "; ".join(fatal), told)
    elif report.verdict in ("FAIL", "INVALID") and not bad:
        # no metric says why: the suite must not look fine
        _add_outcome(case, OUTCOMES[report.verdict], report.verdict, report.sentence, told)
    elif told:
        ElementTree.SubElement(case, "system-out").text = _clean(told)


def _describe(difference: Difference) -> str:
    return f"{difference.what}: baseline {difference.baseline!r}, candidate {difference.candidate!r}"


def _add_case(suite: ElementTree.Element, classname: str, name: str) -> ElementTree.Element:
    return ElementTree.SubElement(suite, "testcase", {"classname": _clean(classname), "name": _clean(name)})


def _add_outcome(case: ElementTree.Element, kind: str, why: str, text: str, details: str = "") -> None:
    outcome = ElementTree.SubElement(case, kind, {"type": why, "message": _clean(text)})
    outcome.text = _clean(details or text)


def _clean(text: str) -> str:
    """Return a text without the characters that XML can't hold."""
    return message(text, MOST_CHARACTERS)
