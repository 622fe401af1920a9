"""`askfirst audit grader` through the real openai client, against a scripted server on 127.0.0.1."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from askfirst.benchmark.cli import main
from evaluations import evaluate
from grader_server import GraderServer, grader_server

SETTINGS = "model_args: {responses_api: false}, max_retries: 0"


@pytest.fixture(name="server", autouse=True)
def _server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[GraderServer]:
    monkeypatch.setenv("INSPECT_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.setenv("OPENAI_API_KEY", "none")
    with grader_server() as server:
        monkeypatch.setenv("OPENAI_BASE_URL", server.address + "/v1")
        yield server


def audit(behaviour: str, *arguments: str) -> int:
    return main(["audit", "grader", "--grader", f"{{model: openai/{behaviour}, {SETTINGS}}}", *arguments])


def test_the_published_questions_are_graded_once_and_reported_as_json_and_for_people(server, tmp_path, capsys):
    report = tmp_path / "report.json"
    assert audit("honest", "--limit", "12", "--json", "-o", str(report)) == 0
    printed = json.loads(capsys.readouterr().out)
    assert printed == json.loads(report.read_text())
    assert (printed["grader"], printed["questions"]) == ("openai/honest", 12)
    assert (printed["calls"], printed["cached"], len(server.requests)) == (24, 0, 24)
    assert audit("honest", "--limit", "12") == 0
    assert "12 labelled questions: 0 calls, 24 from the cache" in capsys.readouterr().out
    assert len(server.requests) == 24


def test_the_limit_spreads_over_the_whole_file(server, capsys):
    assert audit("honest", "--limit", "16", "--json") == 0
    goals = {request["messages"][-1]["content"].split('{"wants": ')[1][:60] for request in server.requests}
    assert len(goals) > 8


def test_a_grader_that_never_gives_a_verdict_is_reported_not_scored(capsys):
    assert audit("rambling", "--limit", "5", "--json") == 0
    for one in json.loads(capsys.readouterr().out)["criteria"]:
        assert one["unscored"] == {"rambled": one["labelled"]}
        assert one["agreement"] is None


def test_the_verdicts_of_logs_are_corrected(server, tmp_path, capsys):
    evaluate(
        "askfirst/arithmetic",
        "askfirst/shotgun",
        tmp_path / "logs",
        task_args={"n": 4, "arms": ["under"]},
        model_roles={"grader": server.model("honest")},
    )
    assert audit("honest", "--limit", "20", "--logs", str(tmp_path / "logs"), "--json") == 0
    report = json.loads(capsys.readouterr().out)
    assert len(report["logs"]) == 1
    assert all(one["logged"] >= 4 and one["corrected"] for one in report["criteria"])
    assert audit("first", "--limit", "20", "--logs", str(tmp_path / "logs")) == 1
    assert "graded by ('openai/honest', " in capsys.readouterr().err


def test_a_log_without_grades_says_how_to_add_them(tmp_path, capsys):
    evaluate("askfirst/arithmetic", "askfirst/shotgun", tmp_path / "logs", task_args={"n": 1})
    assert audit("honest", "--limit", "2", "--logs", str(tmp_path / "logs")) == 1
    said = capsys.readouterr().err
    assert "has no grades" in said
    assert "--scorer askfirst/question_grades --model-role grader=MODEL" in said


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--grader", "nobody/x"], "nobody/x: Model API nobody of model 'nobody/x' not recognized."),
        (["--grader", "openai/x,openai/y"], "openai/x,openai/y: several models; expected a model"),
        (["--grader", "{model: openai/x, heat: 2}"], "{model: openai/x, heat: 2}: "),
        (["--grader", "openai/honest", "--logs", "nowhere"], "nowhere: not there"),
    ],
)
def test_an_error_is_one_line_and_status_1(arguments, said, capsys):
    assert main(["audit", "grader", *arguments]) == 1
    printed = capsys.readouterr()
    assert printed.err.startswith(f"askfirst: {said}")
    assert printed.err.count("\n") == 1
    assert printed.out == ""


def test_no_limit_below_one_is_taken(capsys):
    with pytest.raises(SystemExit) as caught:
        audit("honest", "--limit", "0")
    assert caught.value.code == 2
    assert "'0'; expected a whole number of at least 1" in capsys.readouterr().err
