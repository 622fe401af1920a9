"""The worst problems, on real logs of reference policies."""

from datetime import date

import pytest

from askfirst.reports.gate.check import Circumstances, Contestants, check
from askfirst.reports.gate.logs import load_release
from askfirst.reports.gate.policy import Policy
from askfirst.reports.gate.verdict import GateReport
from askfirst.tasks.arithmetic import arithmetic
from evaluations import evaluate


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> GateReport:
    folder = tmp_path_factory.mktemp("logs")
    for policy in ("oracle", "never_ask"):
        evaluate(arithmetic(n=24), f"askfirst/{policy}", folder / policy)
    candidate, baseline = (load_release([str(folder / name)]) for name in ("never_ask", "oracle"))
    around = Circumstances(Policy(), (), date(2026, 1, 1), "askfirst gate check ...")
    return check(Contestants(candidate, baseline), around)


def test_both_dialogues_of_a_lost_problem_are_told(report: GateReport) -> None:
    assert [each.arm for each in report.worst_problems] == ["under"] * 3
    for each in report.worst_problems:
        assert each.loss == 1
        assert each.baseline
        assert each.candidate
        assert each.baseline.opening == each.candidate.opening
        assert each.baseline.outcome == "informed, right"
        assert each.candidate.outcome.startswith("premature")
        assert "asks for" in each.baseline.turns[0].note
        assert "without" in each.candidate.turns[0].note


def test_worst_problems_are_of_different_templates(report: GateReport) -> None:
    assert len({each.problem.rpartition("/")[0] for each in report.worst_problems}) == 3


def test_what_grew_is_answering_early(report: GateReport) -> None:
    changed = {part.name: part.change for part in report.parts if part.change}
    assert changed == {"asked well and right": -1, "answered early without asking": 1}
