"""Tasks with a model in the role `user` or `matcher`, under Inspect and through the real openai client."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from inspect_ai import Task, eval
from inspect_ai.log import EvalLog
from inspect_ai.model import Model

from askfirst.benchmark.problem import Problem
from askfirst.benchmark.reply_audit import AUDIT_IDENTITY
from askfirst.benchmark.scenario import Scenario
from askfirst.benchmark.user import USER_IDENTITY
from askfirst.tasks.arithmetic import arithmetic
from askfirst.tasks.suite import suite
from evaluations import evaluate, means, values_by_sample
from model_user_server import ModelUserServer, model_user_server

FAMILIES = ("arithmetic", "troubleshooting", "actions", "scheduling", "logic", "sql", "writing")


@pytest.fixture
def server(tmp_path, monkeypatch) -> Iterator[ModelUserServer]:
    monkeypatch.setenv("INSPECT_CACHE_DIR", str(tmp_path / "cache"))
    with model_user_server(problems_of(arithmetic(n=8, arms="under", hide=1))) as running:
        yield running


def problems_of(task: Task) -> list[Problem]:
    return [sample.metadata_as(Scenario).problem for sample in task.dataset]


def turns_of(log: EvalLog) -> list[dict[str, Any]]:
    return [turn for sample in log.samples or [] for turn in sample.store["Dialogue:turns"]]


def without_faults(log: EvalLog) -> dict[tuple[str, int], dict[str, Any]]:
    """Return every sample's measures but the one of the instrument."""
    return {key: values | {"user_fault_rate": None} for key, values in values_by_sample(log).items()}


def evaluate_with(user: Model, policy: str, log_dir: Path) -> EvalLog:
    task = arithmetic(n=8, arms="under", hide=1)
    return evaluate(task, f"askfirst/{policy}", log_dir, model_roles={"user": user})


ORACLE = {"joint_success": 1, "asking_success_1x": 1, "ask_f1": 1, "over_ask_rate": 0, "premature_rate": 0}
NEVER_ASK = {"joint_success": 0, "premature_rate": 1, "over_ask_rate": 0, "accuracy_full": 1, "questions": 0}


def test_with_a_well_behaved_model_user_an_oracle_gets_exactly_its_known_scores_in_every_family(tmp_path, monkeypatch):
    monkeypatch.setenv("INSPECT_CACHE_DIR", str(tmp_path / "cache"))
    task = suite(families=FAMILIES, n=7)
    with model_user_server(scenarios=[sample.metadata_as(Scenario) for sample in task.dataset]) as server:
        roles = {"user": server.model("well_behaved")}
        log = evaluate(task, server.model("counting_oracle"), tmp_path / "log", model_roles=roles)
    assert {name: means(log)[name] for name in ORACLE} == ORACLE
    replies = [turn for turn in turns_of(log) if turn["reply"]]
    assert {turn["reply"].startswith("Sure. ") for turn in replies} == {True}
    assert not [turn for turn in replies if turn["verbatim"] or turn["user_faults"]]


def test_with_a_well_behaved_model_user_a_policy_that_never_asks_gets_exactly_its_known_scores(server, tmp_path):
    roles = {"user": server.model("well_behaved")}
    log = evaluate(suite(families=FAMILIES, n=7), "askfirst/never_ask", tmp_path, model_roles=roles)
    assert {name: means(log)[name] for name in NEVER_ASK} == NEVER_ASK
    assert not server.requests


def test_the_record_names_the_model_the_audit_and_the_rules(server, tmp_path):
    log = evaluate_with(server.model("well_behaved"), "oracle", tmp_path)
    for sample in log.samples or []:
        assert sample.store["Dialogue:user"].startswith("model/well_behaved+wording-")
        assert sample.store["Dialogue:user"].endswith(f"+{AUDIT_IDENTITY}+{USER_IDENTITY}")
        assert sample.store["Dialogue:matcher"].startswith("model/well_behaved+choosing-")


@pytest.mark.parametrize("behaviour", ["leaker", "inventor", "withholder", "garbler", "grabber", "dreamer", "rambler"])
def test_what_a_bad_model_user_gets_wrong_changes_no_score_and_is_counted(behaviour, server, tmp_path):
    log = evaluate_with(server.model(behaviour), "oracle", tmp_path / "model")
    ruled = evaluate(arithmetic(n=8, arms="under", hide=1), "askfirst/oracle", tmp_path / "rules")
    assert without_faults(log) == without_faults(ruled)
    assert means(log)["user_fault_rate"] > 0 == means(ruled)["user_fault_rate"]
    assert [turn["revealed"] for turn in turns_of(log)] == [turn["revealed"] for turn in turns_of(ruled)]


def test_a_model_user_with_too_many_faults_makes_the_sample_an_error_not_a_zero(server, tmp_path):
    # three fragments are hidden, so that the oracle gets three replies of two faults each
    task = arithmetic(n=3, arms="under", hide=3, level=3)
    log = eval(
        task,
        model="askfirst/oracle",
        model_roles={"user": server.model("withholder")},
        log_dir=str(tmp_path),
        display="none",
        log_realtime=False,
        fail_on_error=False,
    )[0]
    for sample in log.samples or []:
        assert sample.error
        assert "6 faults in one dialogue" in sample.error.message
        assert not sample.scores


def test_a_matcher_is_not_asked_where_the_rules_are_sure(server, tmp_path):
    task = arithmetic(n=4, arms="under", hide=1)
    log = evaluate(task, "askfirst/oracle", tmp_path, model_roles={"matcher": server.model("grabber")})
    assert means(log)["joint_success"] == 1
    questions = [question for turn in turns_of(log) for question in turn["questions"]]
    assert questions
    assert len(server.requests) == sum(question.get("unsure", False) for question in questions)
    assert not [turn for turn in turns_of(log) if not turn["verbatim"]]


def test_no_prompt_of_an_evaluation_holds_a_fragment_that_is_not_due(server, tmp_path):
    log = evaluate_with(server.model("well_behaved"), "oracle", tmp_path)
    for sample in log.samples or []:
        scenario = Scenario.model_validate({name: sample.metadata[name] for name in Scenario.model_fields})
        told = {name for turn in sample.store["Dialogue:turns"] for name in turn["revealed"]}
        mine = [text for text in server.prompts() if scenario.problem.goal in text and "<<<MESSAGE" in text]
        assert mine
        for fragment in scenario.problem.fragments:
            held = [text for text in mine if re.search(re.escape(fragment.text), text)]
            assert bool(held) == (fragment.id in told)
