"""What people type after `-T`: defaults, every argument's check, and each way to name a task."""

from pathlib import Path

import pytest
from inspect_ai import eval
from inspect_ai._util.error import PrerequisiteError

from askfirst.benchmark.errors import DataError
from askfirst.data.registry import FAMILIES
from askfirst.tasks.arguments import parse_arguments
from askfirst.tasks.arithmetic import arithmetic
from askfirst.tasks.suite import suite
from sandboxed import RUNNABLE

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        pytest.param({"n": 0}, "n: 0; expected a whole number of at least 1", id="no problem"),
        pytest.param({"n": "many"}, "n: 'many'; expected a whole number", id="a word for a number"),
        pytest.param({"seed": -1}, "seed: -1", id="negative seed"),
        pytest.param({"condition": "tell"}, "condition: 'tell'; expected one of", id="unknown condition"),
        pytest.param({"arms": "over"}, "arms: 'over'; expected one of", id="unknown arm"),
        pytest.param({"arms": ["under", "under"]}, "each once", id="an arm twice"),
        pytest.param({"split": "all"}, "split: 'all'", id="unknown split"),
        pytest.param({"hide": "most"}, "or a number", id="unknown hide"),
        pytest.param({"hide": 0}, "hide: 0", id="nothing to hide"),
        pytest.param({"max_turns": 0}, "max_turns: 0; expected a whole number of at least 1", id="no turn"),
        pytest.param({"on_attempt": "stop"}, "on_attempt: 'stop'", id="unknown on_attempt"),
        pytest.param({"protocol": "json"}, "protocol: 'json'", id="unknown protocol"),
        pytest.param({"system": "nice"}, "system: 'nice'", id="unknown system"),
        pytest.param({"persona": "moody"}, "persona: 'moody'", id="unknown persona"),
        pytest.param(
            {"persona": "terse", "condition": "drip"},
            "persona: 'terse' in condition 'drip'",
            id="persona and condition",
        ),
        pytest.param({"depth": 3}, "unknown arguments ['depth']", id="unknown argument"),
    ],
)
def test_a_wrong_argument_is_one_line_that_says_what_is_allowed(arguments, words):
    with pytest.raises(DataError) as caught:
        parse_arguments(arguments)
    assert words in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        pytest.param({"level": 9}, "no template of split 'test' and level 9", id="unknown level"),
        pytest.param({"hide": 40}, "hide: 40", id="more than any problem has"),
        pytest.param({"hide": "all", "max_turns": 3, "level": 4}, "raise max_turns or hide fewer", id="too few turns"),
        pytest.param({"max_turns": 1}, "raise max_turns", id="no turn to ask in"),
        pytest.param({"templates": "nowhere.toml"}, "nowhere.toml: no template file", id="no template file"),
    ],
)
def test_what_no_problem_can_fulfil_stops_the_task_before_it_starts(arguments, words):
    with pytest.raises(PrerequisiteError) as caught:
        arithmetic(n=3, **arguments)
    assert words in str(caught.value).replace("\\[", "[")


def test_private_templates_need_one_family():
    with pytest.raises(PrerequisiteError, match="expected one"):
        suite(templates="x.toml")


def test_private_templates_are_all_test_templates(tmp_path):
    example = (ROOT / "CONTRIBUTING.md").read_text().split("```toml\n")[1].split("```")[0]
    (tmp_path / "private.toml").write_text(example)
    task = arithmetic(n=4, templates=str(tmp_path / "private.toml"))
    assert {sample.metadata["problem"]["split"] for sample in task.dataset} == {"test"}
    assert len(task.dataset) == 12


def test_problems_are_spread_evenly_over_families_templates_and_arms():
    names = ["arithmetic", "troubleshooting", "actions"]
    samples = list(suite(families=names, n=96).dataset)
    by_family = [sum(sample.metadata["family"] == name for sample in samples) for name in names]
    assert by_family == [96, 96, 96]
    counts = [
        sum(sample.metadata["template"] == t for sample in samples) for t in {s.metadata["template"] for s in samples}
    ]
    assert max(counts) - min(counts) <= 3, "at most one problem, of three arms, apart"
    openings = [sample.input for sample in samples]
    assert len(set(openings)) == len(openings), "no two openings are equal"


def test_the_suite_takes_every_family_or_some_each_once():
    if set(RUNNABLE) == set(FAMILIES):
        assert {sample.metadata["family"] for sample in suite(n=len(FAMILIES)).dataset} == set(FAMILIES)
    assert {sample.metadata["family"] for sample in suite(families=["sql", "logic"], n=2).dataset} == {"sql", "logic"}
    for families, words in ([[], "expected at least one"], [["logic", "logic"], "each once"], ["cooking", "'cooking'"]):
        with pytest.raises(PrerequisiteError) as caught:
            suite(families=families, n=2)
        assert words in str(caught.value)


def test_hiding_a_number_takes_only_problems_that_have_as_many():
    hidden = {
        len(s.metadata["hidden"])
        for s in suite(families=RUNNABLE, n=12, hide=4).dataset
        if s.metadata["arm"] == "under"
    }
    assert hidden == {4}


def test_only_test_templates_are_evaluated_by_default():
    assert {sample.metadata["problem"]["split"] for sample in suite(families=RUNNABLE, n=60).dataset} == {"test"}


@pytest.mark.parametrize("name", ["askfirst/arithmetic", "tasks/arithmetic.py"])
def test_a_task_can_be_named_by_the_package_or_by_its_file(name, tmp_path, monkeypatch):
    monkeypatch.chdir(ROOT)
    options = {"model": "askfirst/oracle", "task_args": {"n": 2}, "log_dir": str(tmp_path), "display": "none"}
    (log,) = eval(name, **options)
    assert log.status == "success"
    assert log.results
    assert log.results.total_samples == 6


def test_an_unknown_policy_is_one_line(tmp_path):
    with pytest.raises(PrerequisiteError, match="no such policy"):
        eval(arithmetic(n=1), model="askfirst/prophet", log_dir=str(tmp_path), display="none")
