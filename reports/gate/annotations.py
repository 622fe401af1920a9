"""A report as GitHub's workflow commands, one line an annotation; no text in them can begin a command of its own."""

from collections.abc import Iterator
from typing import Literal, TypeAlias

from askfirst.reports.gate.phrases import describe_metric, name_comparison, to_sentence
from askfirst.reports.gate.verdict import GateReport, MetricVerdict, Verdict
from askfirst.reports.printable import message, one_line

Level: TypeAlias = Literal["notice", "warning", "error"]

LEVELS: dict[Verdict, Level] = {"PASS": "notice", "INCONCLUSIVE": "warning", "FAIL": "error", "INVALID": "error"}
MOST_OF_A_LEVEL = 10
"""GitHub shows so many of one level from a step."""
MOST_CHARACTERS = 1_000


def render_annotations(report: GateReport) -> list[str]:
    """Write the verdict, then each metric that did not pass, what made the check invalid, and the warnings.

    Each is one line, `::error title=...::...`. Of one level there are at most `MOST_OF_A_LEVEL`.
    """
    kept: list[str] = []
    shown: dict[Level, int] = {"notice": 0, "warning": 0, "error": 0}
    for level, title, text in _annotations(report):
        shown[level] += 1
        if shown[level] <= MOST_OF_A_LEVEL:
            kept.append(f"::{level} title={_to_property(title)}::{_to_data(text)}")
    return kept


def _annotations(report: GateReport) -> Iterator[tuple[Level, str, str]]:
    yield LEVELS[report.verdict], f"askfirst gate: {report.verdict}", report.sentence
    for metric in report.metrics:
        if metric.verdict != "PASS":
            text = to_sentence(f"{describe_metric(metric)} ({name_comparison(metric)}): {metric.reason}")
            yield _level(metric), f"askfirst gate: {metric.metric} {metric.verdict}", text
    for difference in report.differences:
        if difference.fatal:
            text = f"{difference.what}: baseline {difference.baseline!r}, candidate {difference.candidate!r}"
            yield "error", "askfirst gate: not comparable", text
    for warning in report.warnings:
        yield "warning", "askfirst gate", warning


def _level(metric: MetricVerdict) -> Level:
    """Return a metric's level; a loss that someone has accepted is no error."""
    return "warning" if metric.acknowledged and metric.verdict == "FAIL" else LEVELS[metric.verdict]


def _to_data(text: str) -> str:
    shown = message(text, MOST_CHARACTERS)
    return shown.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _to_property(text: str) -> str:
    return _to_data(one_line(text, MOST_CHARACTERS)).replace(":", "%3A").replace(",", "%2C")
