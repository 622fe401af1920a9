import json
from collections.abc import Sequence
from pathlib import Path

import pytest
from inspect_ai.log import read_eval_log

from askfirst.benchmark.errors import GateError
from askfirst.reports.gate.release import Release, ReleaseRow, Usage
from askfirst.reports.gate.run import PlannedLook, check_arguments, eval_command, keep_plan, plan_looks, run_looks


def release(count_by_template: dict[str, int]) -> Release:
    rows = [
        ReleaseRow(
            condition="ask", problem=f"{template}/{number}", template=template, family="f", level=1, epochs=1, values={}
        )
        for template, count in count_by_template.items()
        for number in range(count)
    ]
    return Release(
        name="m", date="2026-01-01", source="b.json", rows=tuple(rows), identities=(), samples=len(rows), missing={},
        usage=Usage(calls=0),
    )  # fmt: skip


def test_looks_hold_every_problem_once_and_spread_each_template_evenly() -> None:
    looks = plan_looks(release({"a": 9, "b": 10, "c": 11}), "problems", epochs=2)
    every = [problem for look in looks for problem in look.problems]
    assert len(looks) == 3
    assert sorted(every) == sorted(set(every))
    assert len(every) == 30
    assert {look.epochs for look in looks} == {2}
    for template in "abc":
        counts = [sum(problem.startswith(template) for problem in look.problems) for look in looks]
        assert max(counts) - min(counts) <= 1
    assert max(len(look.problems) for look in looks) - min(len(look.problems) for look in looks) <= 1


def test_the_order_is_seeded() -> None:
    baseline = release({"a": 30})
    assert plan_looks(baseline, "problems", 1, seed=1) == plan_looks(baseline, "problems", 1, seed=1)
    assert plan_looks(baseline, "problems", 1, seed=1) != plan_looks(baseline, "problems", 1, seed=2)


def test_looks_of_epochs_run_all_problems() -> None:
    looks = plan_looks(release({"a": 2}), "epochs", epochs=5)
    assert looks == tuple(PlannedLook(("a/0", "a/1"), epochs) for epochs in (2, 2, 1))


def test_a_baseline_without_problems_is_refused() -> None:
    with pytest.raises(GateError, match=r"b\.json: no problems"):
        plan_looks(release({}), "problems", 1)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "no task"),
        (["--model", "m"], "no task"),
        (["askfirst/suite", "--limit", "3"], "'--limit' after"),
        (["askfirst/suite", "--epochs=3"], "'--epochs=3' after"),
    ],
)
def test_arguments_that_looks_decide_are_refused(arguments: list[str], message: str) -> None:
    with pytest.raises(GateError, match=message):
        check_arguments(arguments)


def test_a_look_of_more_ids_than_a_command_holds_is_refused() -> None:
    with pytest.raises(GateError, match="take more looks"):
        eval_command(["askfirst/suite"], PlannedLook(tuple("p" * 50 for _ in range(2_000)), 1), Path("logs"))


def test_a_folder_of_another_plan_is_refused(tmp_path: Path) -> None:
    looks = [PlannedLook(("a/0",), 1)]
    keep_plan(tmp_path, ["askfirst/suite", "--model", "one"], looks)
    keep_plan(tmp_path, ["askfirst/suite", "--model", "one"], looks)
    with pytest.raises(GateError, match="another evaluation"):
        keep_plan(tmp_path, ["askfirst/suite", "--model", "two"], looks)


ARGUMENTS = ["askfirst/arithmetic", "--model", "askfirst/oracle", "-T", "n=8", "--display", "none"]


def problems() -> list[str]:
    from askfirst.benchmark.scenario import Settings
    from askfirst.data.problems import draw_scenarios
    from askfirst.data.registry import FAMILIES

    scenarios = draw_scenarios([FAMILIES["arithmetic"]], 8, Settings(), seed=0, split="test")
    return sorted({scenario.problem.id for scenario in scenarios})


def test_a_run_that_was_killed_goes_on_from_its_finished_looks(tmp_path: Path) -> None:
    names = problems()
    looks = [PlannedLook((names[0],), 1), PlannedLook((names[1],), 2)]
    first = next(run_looks(looks, ARGUMENTS, tmp_path))
    assert [read_eval_log(str(log)).eval.dataset.sample_ids for log in first] == [
        [f"{names[0]}/{arm}" for arm in ("under", "full", "decoy")]
    ]
    ran: list[Sequence[str]] = []

    def refuse(command: Sequence[str]) -> int:
        ran.append(command)
        return 1

    again = run_looks(looks, ARGUMENTS, tmp_path, refuse)
    assert next(again) == first
    assert not ran
    with pytest.raises(GateError, match="status 1 and 0 finished logs"):
        next(again)
    assert json.dumps(ran[0]).count(names[1]) == 1
