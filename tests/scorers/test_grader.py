"""The grader through the real openai client, against a scripted server on 127.0.0.1."""

import json
from collections.abc import Iterator
from math import isnan
from pathlib import Path
from typing import Any

import pytest
from inspect_ai import score as score_log
from inspect_ai.event import ModelEvent
from inspect_ai.log import EvalLog, read_eval_log
from inspect_ai.scorer import Score

from askfirst.benchmark.grading import REASONS
from askfirst.reports.rescore import rescore_log
from askfirst.scorers.grader import MAX_QUESTIONS, NAMES, question_grades
from askfirst.scorers.measures import measures
from askfirst.tasks.arithmetic import arithmetic
from evaluations import evaluate
from grader_server import GraderServer, grader_server

ARGUMENTS = {"n": 2, "arms": ["under"], "hide": 2, "level": 2}
"""Two dialogues; the policy `shotgun` asks two questions in each, `generic` one."""


@pytest.fixture(autouse=True)
def _own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INSPECT_CACHE_DIR", str(tmp_path / "cache"))


@pytest.fixture(name="server")
def _server() -> Iterator[GraderServer]:
    with grader_server() as server:
        yield server


def graded(server: GraderServer, behaviour: str, log_dir: Path, policy: str = "shotgun", **options: Any) -> EvalLog:
    return evaluate(
        "askfirst/arithmetic",
        f"askfirst/{policy}",
        log_dir,
        task_args=ARGUMENTS,
        model_roles={"grader": server.model(behaviour)},
        **options,
    )


def scores_of(log: EvalLog) -> list[Score]:
    assert log.samples
    return [(sample.scores or {})["question_grades"] for sample in log.samples]


def counts_of(log: EvalLog) -> dict[str, float]:
    assert log.results
    found = [score.metrics for score in log.results.scores if score.name == "question_unscored"]
    return {
        name.removeprefix("askfirst/counts_"): metric.value
        for metrics in found
        for name, metric in metrics.items()
        if name.startswith("askfirst/counts_")
    }


@pytest.mark.parametrize("behaviour", ["honest", "fenced"])
def test_an_honest_grader_grades_every_question_in_both_orders(behaviour, server, tmp_path):
    log = graded(server, behaviour, tmp_path)
    for scored in scores_of(log):
        questions = (scored.metadata or {})["questions"]
        assert [row["unscored"] for row in questions] == [{}, {}]
        answerable = [("many" in row["text"]) for row in questions]
        assert scored.value == {
            "question_clear": 1.0,
            "question_answerable": sum(answerable) / 2,
            "question_polite": 1.0,
            "question_unscored": 0.0,
        }
    assert counts_of(log) == {"questions": 4, "left_out": 0, "verdicts": 12, "calls": 8, "cached": 0}
    assert len(server.requests) == 8
    sent = {json.dumps(request["response_format"]["json_schema"]["schema"]) for request in server.requests}
    assert len(sent) == 2, "one schema an order"
    assert log.samples
    calls = [event for sample in log.samples for event in sample.events if isinstance(event, ModelEvent)]
    assert {event.config.temperature for event in calls if event.role == "grader"} == {0}


@pytest.mark.parametrize(("behaviour", "reason"), [("rambling", "rambled"), ("down", "unreachable")])
def test_a_grader_that_fails_leaves_the_dialogue_unscored_and_every_reason_is_counted(
    behaviour, reason, server, tmp_path
):
    log = graded(server, behaviour, tmp_path)
    for scored in scores_of(log):
        values = scored.as_dict()
        assert all(isnan(values[name]) for name in NAMES.values())
        assert values["question_unscored"] == 1
        assert f"6 {reason}" in (scored.explanation or "")
        assert all(row["verdicts"] == {} for row in (scored.metadata or {})["questions"])
    counts = counts_of(log)
    assert {name: count for name, count in counts.items() if name in REASONS} == {reason: 12}
    assert counts["verdicts"] == 0
    assert log.results
    clear = next(one for one in log.results.scores if one.name == "question_clear")
    assert (clear.scored_samples, clear.unscored_samples) == (0, 2)


def test_a_grader_that_is_set_up_wrongly_is_an_error_not_a_score(server, tmp_path):
    log = graded(server, "locked", tmp_path, fail_on_error=False)
    assert log.samples
    assert all(sample.error and "401" in sample.error.message for sample in log.samples)


def test_the_same_prompt_is_paid_for_once(server, tmp_path):
    first = graded(server, "honest", tmp_path / "one", policy="repeater")
    counts = counts_of(first)
    assert counts["calls"] == len(server.requests) == len({str(request["messages"]) for request in server.requests})
    assert counts["calls"] + counts["cached"] == 2 * counts["questions"]
    assert counts["cached"] == counts["calls"], "each question is asked twice"
    again = graded(server, "honest", tmp_path / "two", policy="repeater", epochs=2)
    assert counts_of(again)["calls"] == 0
    assert len(server.requests) == counts["calls"]
    assert [scored.value for scored in scores_of(again)[:2]] == [scored.value for scored in scores_of(first)]


def test_a_dialogue_without_a_question_asks_nobody(server, tmp_path):
    log = graded(server, "honest", tmp_path, policy="never_ask")
    assert server.requests == []
    assert all(isnan(value) for scored in scores_of(log) for value in scored.as_dict().values())
    assert {*counts_of(log).values()} == {0}


def test_only_the_first_questions_of_a_dialogue_are_graded_and_the_rest_is_counted(server, tmp_path):
    arguments = ARGUMENTS | {"level": 4}
    log = evaluate(
        "askfirst/logic",
        "askfirst/always_ask",
        tmp_path,
        task_args=arguments,
        model_roles={"grader": server.model("honest")},
    )
    assert log.samples
    for sample, scored in zip(log.samples, scores_of(log), strict=True):
        asked = sum(len(turn["questions"]) for turn in sample.store["Dialogue:turns"])
        assert asked > MAX_QUESTIONS
        counts = (scored.metadata or {})["counts"]
        assert (counts["questions"], counts["left_out"]) == (MAX_QUESTIONS, asked - MAX_QUESTIONS)


def test_the_other_measures_and_their_families_stay_as_they_are(server, tmp_path):
    arguments = {"n": 4, "families": ["arithmetic", "logic"]}
    options = {"task_args": arguments, "model": "askfirst/generic"}
    plain = evaluate("askfirst/suite", log_dir=tmp_path / "plain", **options)
    both = evaluate(
        "askfirst/suite", log_dir=tmp_path / "both", model_roles={"grader": server.model("honest")}, **options
    )
    assert plain.results
    assert both.results
    assert "question_grades" not in {score.scorer for score in plain.results.scores}
    before, after = (
        {
            (score.name, name): str(metric.value)
            for score in log.results.scores
            for name, metric in score.metrics.items()
        }
        for log in (plain, both)
    )
    assert before.items() <= after.items()
    assert {name for name, _ in after.keys() - before.keys()} == {*NAMES.values(), "question_unscored"}
    assert after["question_clear", "grouped_logic"] == "0.0", "a general question is not clear"


def test_a_saved_log_is_graded_as_the_evaluation_would_have_been(server, tmp_path):
    log = evaluate(arithmetic(**ARGUMENTS), "askfirst/shotgun", tmp_path)
    roles = {"grader": server.model("honest")}
    later = score_log(log, question_grades(), model="none", model_roles=roles, action="append")
    assert [scored.value for scored in scores_of(later)] == [
        scored.value for scored in scores_of(graded(server, "honest", tmp_path))
    ]
    assert {"measures", "question_grades"} <= set((later.samples or [])[0].scores or {})


def test_scoring_again_keeps_the_grades_and_asks_nobody(server, tmp_path):
    log = graded(server, "honest", tmp_path)
    asked = len(server.requests)
    again = tmp_path / "again.eval"
    assert rescore_log(Path(log.location), measures(), again).changed == {}
    assert len(server.requests) == asked
    kept = read_eval_log(str(again))
    assert [scored.value for scored in scores_of(kept)] == [scored.value for scored in scores_of(log)]
    assert counts_of(kept) == counts_of(log)


def test_without_the_role_the_scorer_says_what_to_add(tmp_path):
    log = evaluate(arithmetic(**ARGUMENTS), "askfirst/shotgun", tmp_path)
    with pytest.raises(Exception, match="add --model-role grader=MODEL") as caught:
        score_log(log, question_grades(), model="none", action="append")
    assert type(caught.value).__name__ == "PrerequisiteError"
