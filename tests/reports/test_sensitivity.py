"""Reading logs again: with the same instruments nothing changes, with others exactly what they read otherwise."""

from pathlib import Path
from typing import Any

import pytest

from askfirst.benchmark.cli import main
from askfirst.benchmark.errors import AskfirstError
from askfirst.benchmark.instruments import RULES
from askfirst.benchmark.matcher import Match
from askfirst.benchmark.problem import AnswerForm, Problem
from askfirst.benchmark.reader import Reading, read_turn
from askfirst.data.registry import family_check
from askfirst.reports.sensitivity import Sensitivity, measure_sensitivity
from askfirst.scorers.measures import measures
from askfirst.tasks.arithmetic import arithmetic
from evaluations import evaluate


@pytest.fixture(scope="module")
def logs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("logs")
    for policy in ("oracle", "never_ask"):
        evaluate(arithmetic(n=4), f"askfirst/{policy}", folder)
    return folder


def read_again(logs: Path, **changed: Any) -> Sensitivity:
    settings: dict[str, Any] = {
        "read": read_turn, "match": RULES.match, "check": family_check, "scorer": measures, "identities": ("r", "m"),
    }  # fmt: skip
    return measure_sensitivity([logs], **(settings | changed))


def joint(found: Sensitivity) -> list[tuple[float, float]]:
    pairs = [(log.before.estimates["joint_success"], log.after.estimates["joint_success"]) for log in found.logs]
    return [(before.mean, after.mean) for before, after in pairs if before and after]


def test_the_same_instruments_change_nothing(logs):
    found = read_again(logs)
    assert [(log.changed_turns, log.cut, log.open, log.unjudged) for log in found.logs] == [(0, 0, 0, 0)] * 2
    assert joint(found) == [(1, 1), (0, 0)]
    assert found.same_order
    assert found.worst == ()


def test_a_matcher_that_finds_nothing_takes_the_oracles_hits_and_costs_never_ask_nothing(logs):
    async def match_nothing(questions: Any, problem: Any, index: Any) -> list[Match]:
        return [Match(kind="unanswerable", confidence=0, why="") for _ in questions]

    found = read_again(logs, match=match_nothing)
    oracle, never_ask = found.logs
    assert oracle.after.estimates["ask_f1"].mean == 0 < oracle.before.estimates["ask_f1"].mean == 1
    assert oracle.changed_turns > 0
    assert never_ask.changed_turns == 0
    assert found.worst[0].sample


def test_a_reader_that_sees_an_attempt_everywhere_cuts_the_oracles_dialogues(logs):
    def attempt(message: str, form: AnswerForm, said: str) -> Reading:
        return Reading(kind="answer_attempt", attempted=True, answer="1")

    found = read_again(logs, read=attempt)
    assert found.logs[0].cut == 4  # the four that ask something
    assert joint(found)[0] == (1, 0)


def test_a_reader_that_sees_no_attempt_leaves_the_dialogues_open(logs):
    found = read_again(logs, read=lambda message, form, said: Reading(kind="discussion"))
    assert [log.open for log in found.logs] == [12, 12]


def test_an_answer_that_cannot_be_judged_takes_its_dialogue_out_of_both_sides_and_is_counted(logs):
    class NoVerdictError(AskfirstError):
        pass

    async def fail(problem: Problem, answer: str) -> Any:
        raise NoVerdictError("no sandbox")

    def other_answer(message: str, form: AnswerForm, said: str) -> Reading:
        reading = read_turn(message, form, said)
        return reading.model_copy(update={"answer": "-1"}) if reading.attempted and len(said) % 2 else reading

    found = read_again(logs, read=other_answer, check=fail)
    for log in found.logs:
        assert 0 < log.unjudged < log.dialogues
        assert log.before.problems == log.after.problems


def test_the_command_says_that_no_rank_changed(logs, capsys):
    assert main(["audit", "reader", "--logs", str(logs)]) == 0
    assert "Order by joint_success: unchanged" in capsys.readouterr().out


def test_the_command_writes_a_report_that_loads(logs, tmp_path, capsys):
    assert main(["audit", "matcher", "--half", "dev", "--json", "-o", str(tmp_path / "audit.json")]) == 0
    assert (tmp_path / "audit.json").read_text() == capsys.readouterr().out
