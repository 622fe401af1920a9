import datetime

import pytest

from askfirst.reports.gate.check import Circumstances, Contestants, check
from askfirst.reports.gate.policy import Policy
from askfirst.reports.gate.run import PlannedLook
from askfirst.reports.gate.stopping import Progress
from gate_logs import make_release, make_row

PERFECT = {"joint_success": 1.0, "premature_rate": 0.0, "over_ask_rate": 0.0, "accuracy_full": 1.0}
PROBLEMS = [f"arithmetic/t{number % 12:02}/{number // 12}" for number in range(96)]


def test_shares_count_runs_and_end_at_one() -> None:
    problems = Progress([PlannedLook(("a", "b"), 2), PlannedLook(("c",), 2), PlannedLook(("d",), 2)])
    assert problems.fractions(3) == pytest.approx((0.5, 0.75, 1))
    epochs = Progress([PlannedLook(("a", "b"), 2), PlannedLook(("a", "b"), 1)])
    assert epochs.fractions(2) == pytest.approx((2 / 3, 1))


def test_a_look_says_what_was_seen_and_what_stopping_saves() -> None:
    def release(problems: list[str], values: dict[str, float]):
        return make_release([make_row(problem, values) for problem in problems])

    looks = [PlannedLook(tuple(PROBLEMS[:48]), 1), PlannedLook(tuple(PROBLEMS[48:]), 1)]
    progress = Progress(looks)
    around = Circumstances(Policy(), (), datetime.date(2026, 1, 1), "askfirst gate run ...")
    broken = release(PROBLEMS[:48], PERFECT | {"joint_success": 0.0})
    contestants = Contestants(broken, release(PROBLEMS, PERFECT))
    report = progress.look(check(contestants, around, progress.fractions(1), subset=True))
    assert report.verdict == "FAIL"
    assert report.stopping
    [look] = report.stopping.looks
    assert (look.problems, look.epochs, look.calls, look.verdict) == (48, 1, 9, "FAIL")
    assert (report.stopping.made_calls, report.stopping.planned_calls) == (9, 18)


def test_an_early_look_is_stricter_than_the_last() -> None:
    release = make_release([make_row(problem, PERFECT) for problem in PROBLEMS])
    around = Circumstances(Policy(), (), datetime.date(2026, 1, 1), "")
    early = check(Contestants(release, release), around, (1 / 3,))
    whole = check(Contestants(release, release), around)
    assert early.metrics[0].gain.low < whole.metrics[0].gain.low
    assert (early.verdict, whole.verdict) == ("INCONCLUSIVE", "PASS")
