import json
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pytest
from inspect_ai.log import read_eval_log

from askfirst.benchmark.cli import main
from askfirst.benchmark.errors import GateError, LogError
from askfirst.benchmark.scenario import Scenario
from askfirst.reports.gate.release import Release, ReleaseRow, Usage
from askfirst.reports.gate.run import PlannedLook, check_arguments, eval_command, hold, keep_plan, plan_looks, run_looks
from askfirst.tasks.arithmetic import arithmetic
from evaluations import evaluate, values_by_sample
from gate_logs import make_problem, write_log
from policy_server import policy_server


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


def test_a_folder_into_which_an_evaluation_still_writes_is_left_alone(tmp_path: Path) -> None:
    looks = [PlannedLook(("a/0",), 1)]
    with hold(tmp_path) as held:
        # as an evaluation does whose gate was killed
        orphan = subprocess.Popen(["sleep", "60"], pass_fds=(held,))
    try:
        with pytest.raises(LogError, match="an evaluation still writes here"):
            next(run_looks(looks, ARGUMENTS, tmp_path, lambda command: pytest.fail("it was run")))
    finally:
        orphan.kill()
        orphan.wait()
    with hold(tmp_path):
        pass


@pytest.mark.parametrize(
    ("status", "whole", "verb"),
    [("started", True, "eval-retry"), ("success", True, "eval-retry"), ("started", False, "eval")],
)
def test_a_look_goes_on_from_a_log_that_can_be_read(tmp_path: Path, status: str, whole: bool, verb: str) -> None:
    (tmp_path / "look-1.partial").mkdir()
    log = Path(write_log(tmp_path / "look-1.partial" / "2026.eval", make_problem("a/0"), status=status))
    if not whole:
        log.write_bytes(log.read_bytes()[:100])
    ran: list[Sequence[str]] = []

    def finish(command: Sequence[str]) -> int:
        ran.append(command)
        write_log(tmp_path / "look-1.partial" / "2027.eval", make_problem("a/0"))
        return 0

    found = next(run_looks([PlannedLook(("a/0",), 1)], ARGUMENTS, tmp_path, finish))
    assert [path.name for path in found] == ["2027.eval"]
    assert [command[1] for command in ran] == [verb]


SAMPLES_AT_ONCE = 2


def test_a_run_that_is_killed_in_the_middle_of_a_look_ends_as_an_undisturbed_one(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "none")
    task = arithmetic(n=8)
    ids = sorted(str(sample.id) for sample in task.dataset)[:15]
    baseline = evaluate(task, "askfirst/oracle", tmp_path / "baseline", sample_id=ids).location
    asked: Counter[tuple[str, int]] = Counter()
    with policy_server([sample.metadata_as(Scenario) for sample in task.dataset], 0.3, asked) as address:
        command = [
            *("gate", "run", "--baseline", baseline, "--looks", "1", "-o", str(tmp_path / "killed")),
            *("--", "askfirst/arithmetic", "-T", "n=8", "--model", "openai/oracle", "-M", "responses_api=false"),
            *("--model-base-url", f"{address}/v1", "--max-samples", str(SAMPLES_AT_ONCE), "--display", "none"),
        ]
        program = str(Path(sys.executable).with_name("askfirst"))
        process = subprocess.Popen([program, *command], start_new_session=True)
        while asked.total() < 12 and process.poll() is None:
            time.sleep(0.02)
        os.killpg(process.pid, signal.SIGKILL)  # the evaluation, too
        assert process.wait() == -signal.SIGKILL
        before = asked.copy()
        status = main(command)
    [log] = (tmp_path / "killed" / "look-1").glob("*.eval")
    finished = read_eval_log(str(log))
    undisturbed = evaluate(task, "askfirst/oracle", tmp_path / "undisturbed", sample_id=ids)
    assert values_by_sample(finished) == values_by_sample(undisturbed)
    assert (
        main(["gate", "check", undisturbed.location, "--baseline", baseline, "-o", str(tmp_path / "check")]) == status
    )
    killed, checked = (json.loads((tmp_path / name / "gate.json").read_text()) for name in ("killed", "check"))
    assert (killed["verdict"], killed["metrics"]) == (checked["verdict"], checked["metrics"])
    # only what was at work when it was killed is asked again
    turns = {sample.messages[1].text: sample for sample in finished.samples or []}
    again = {opening for (opening, _), times in asked.items() if times > 1}
    done = {opening for opening, turn in before if turn == len(turns[opening].messages) // 2}
    assert len(again) <= SAMPLES_AT_ONCE
    assert done - again
