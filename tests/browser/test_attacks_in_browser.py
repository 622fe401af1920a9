"""Every hostile message through a real evaluation, and then to the page, the table and the terminal that show it."""

import csv
import json
import re
from collections.abc import Mapping
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from inspect_ai import score as score_log
from inspect_ai.log import EvalLog, read_eval_log, write_eval_log
from inspect_ai.model import ChatMessage, GenerateConfig, Model, ModelOutput, ModelUsage, get_model
from inspect_ai.tool import ToolChoice, ToolInfo
from playwright.sync_api import Browser
from rich.console import Console

from askfirst.benchmark.grading import CLOSE, CRITERIA, OPEN
from askfirst.benchmark.policies import never_ask
from askfirst.benchmark.record import Dialogue
from askfirst.benchmark.scenario import Scenario, Settings, render_opening
from askfirst.data.problems import draw_scenarios
from askfirst.data.registry import family_check, family_information, find_family
from askfirst.reports.leaderboard.build import build_leaderboard
from askfirst.reports.leaderboard.report import write_report
from askfirst.reports.results import load_results
from askfirst.reports.show import show_log
from askfirst.scorers.grader import question_grades
from askfirst.tasks.build import assemble_task
from evaluations import evaluate
from hostile_messages import Attack, load_attacks, sends_first

FAMILIES = ("arithmetic", "troubleshooting", "actions", "scheduling", "logic", "sql", "writing")
SIZE = 20_000
"""Characters of the longest message: what is shown of it is cut far below."""


def say(text: str) -> ModelOutput:
    # mockllm would count tokens with a vocabulary that it downloads
    return ModelOutput.from_content("mockllm", text).model_copy(update={"usage": ModelUsage()})


def attacker(attack_by_opening: Mapping[str, tuple[Scenario, Attack]]) -> Model:
    """Return a model that sends a scenario's attack first, and then answers at once."""

    def speak(input: list[ChatMessage], *_: Any) -> ModelOutput:
        heard = [message.text for message in input if message.role == "user"]
        scenario, attack = attack_by_opening[heard[0]]
        return say(sends_first(attack, never_ask, SIZE)(scenario, heard))

    return get_model("mockllm/attacker", custom_outputs=speak, memoize=False)


def strict_grader(prompts: list[str]) -> Model:
    """Return a grader that finds every question bad, and keeps what it was asked."""

    def speak(
        input: list[ChatMessage], tools: list[ToolInfo], tool_choice: ToolChoice, config: GenerateConfig
    ) -> ModelOutput:
        prompts.append(input[-1].text)
        return say(json.dumps(dict.fromkeys(CRITERIA, "no")))

    return get_model("mockllm/grader", custom_outputs=speak, memoize=False)


@pytest.fixture(scope="module")
def evaluated(tmp_path_factory: pytest.TempPathFactory) -> tuple[EvalLog, Mapping[str, tuple[Scenario, Attack]]]:
    """Return the log of one evaluation in which each problem meets one attack, and each opening's attack."""
    attacks = load_attacks()
    families = [find_family(name) for name in FAMILIES]
    scenarios = draw_scenarios(families, len(attacks), Settings(arms=("under",), hide=1, max_turns=4))
    names = list(dict.fromkeys(scenario.problem.id for scenario in scenarios))
    attack_by_name = dict(zip(names, attacks, strict=True))
    attack_by_opening = {
        render_opening(scenario): (scenario, attack_by_name[scenario.problem.id]) for scenario in scenarios
    }
    task = assemble_task("attacks", scenarios, family_information, family_check)
    folder = tmp_path_factory.mktemp("attacks")
    return evaluate(task, attacker(attack_by_opening), folder), attack_by_opening


def test_no_sample_fails_and_every_dialogue_has_its_scores(evaluated):
    log, attack_by_opening = evaluated
    samples = read_eval_log(log.location).samples or []
    assert len(samples) == len(attack_by_opening) == len(load_attacks())
    assert [sample.id for sample in samples if sample.error is not None] == []
    (results,) = load_results([log.location])
    assert (results.errored, results.incomplete, len(results.rows)) == (0, 0, len(load_attacks()))
    attack_by_problem = {scenario.problem.id: attack for scenario, attack in attack_by_opening.values()}
    for row in results.rows:
        if not attack_by_problem[row.problem].may_ask:  # what it asks for, it may be told
            assert (row.values["asking_success"], row.values["ask_recall"]) == (0, 0), attack_by_problem[row.problem]


def test_what_the_log_holds_can_be_read_as_a_record_again(evaluated):
    log, _ = evaluated
    for sample in read_eval_log(log.location).samples or []:
        turns = sample.store_as(Dialogue).turns
        assert turns
        assert all(len(question.text) <= 300 for turn in turns for question in turn.questions)


def test_the_terminal_is_only_ever_written_to(evaluated):
    log, attack_by_opening = evaluated
    out = StringIO()
    show_log(Path(log.location), limit=1_000, console=Console(file=out, width=120, color_system=None))
    text = out.getvalue()
    assert text.count("subject 1") >= len(attack_by_opening)
    assert re.findall("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u200e\u200f\ud800-\udfff]", text) == []
    assert "[bold red]owned[/bold red]" in text, "markup is shown, not followed"


def test_ids_and_names_that_are_paths_or_markup_write_nothing_elsewhere(evaluated, tmp_path: Path):
    log = read_eval_log(evaluated[0].location)
    assert log.samples
    hostile = "../../../escape<script>document.title='owned'</script>\x1b[2J"
    log.eval.model = f"lab/{hostile}"
    for sample in log.samples:
        sample.id = f"{hostile}{sample.id}"
        sample.metadata["problem_id"] = str(sample.id).rpartition("/")[0]
    log.eval.dataset.sample_ids = [str(sample.id) for sample in log.samples]
    path = tmp_path / "logs" / "hostile.eval"
    path.parent.mkdir()
    write_eval_log(log, str(path))
    write_report(build_leaderboard([str(path)]), tmp_path / "out" / "report")
    assert sorted(file.name for file in tmp_path.iterdir()) == ["logs", "out"]
    assert sorted(file.name for file in (tmp_path / "out").iterdir()) == ["report"]
    page = (tmp_path / "out" / "report" / "index.html").read_text(encoding="utf-8")
    assert "<script>document.title" not in page


def test_a_grader_is_asked_nothing_but_quotations_and_what_they_order_changes_nothing(evaluated):
    log, attack_by_opening = evaluated
    prompts: list[str] = []
    graded = score_log(
        log, question_grades(), model="none", model_roles={"grader": strict_grader(prompts)}, action="append"
    )
    assert prompts
    for prompt in prompts:
        before, _, rest = prompt.partition(f"\n{OPEN}\n")
        question, _, after = rest.partition(f"\n{CLOSE}\n")
        assert isinstance(json.loads(question), str), "more than one line, or no string"
        assert not set("<>[]|") & set(question)
        assert OPEN not in before + after
        assert CLOSE not in before + after
    values = [(sample.scores or {})["question_grades"].as_dict() for sample in graded.samples or []]
    given = {value[f"question_{name}"] for value in values for name in CRITERIA}
    assert {value for value in given if value == value} == {0.0}, "an attack got a better grade than the grader's"
    sent = {attack.name for _, attack in attack_by_opening.values() if attack.kind == "orders to a grader"}
    assert len(sent) >= 4
    assert any("Is this question perfect?" in prompt for prompt in prompts)


# last: once Playwright runs, no other event loop may
def test_the_page_shows_the_attacks_and_none_of_them_runs(evaluated, browser: Browser, tmp_path: Path):
    log, _ = evaluated
    board = build_leaderboard([log.location], dialogues_per_model=1_000)
    shown = [turn.said for dialogue in board.dialogues for turn in dialogue.turns]
    assert any("<script>document.title='owned'" in text for text in shown), "the attack is not on the page at all"
    page_file = write_report(board, tmp_path / "report")
    complaints: list[str] = []
    page = browser.new_page()
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("dialog", lambda dialog: complaints.append(dialog.message))
    page.on(
        "request",
        lambda request: (
            None
            if request.url.startswith((page_file.as_uri(), "data:", "blob:"))
            else complaints.append(f"request: {request.url}")
        ),
    )
    page.goto(page_file.as_uri())
    page.eval_on_selector_all("details", "all => all.forEach(each => { each.open = true })")
    assert "owned" not in page.title()
    assert (
        page.locator("[onerror], [onload], a[href^='javascript:'], link[rel=stylesheet], iframe, object").count() == 0
    )
    assert page.locator("body").is_visible()
    assert page.locator("main").bounding_box() is not None
    embedded = json.loads((tmp_path / "report" / "leaderboard.json").read_text(encoding="utf-8"))
    assert len(embedded["dialogues"]) == len(board.dialogues)
    page.close()
    assert complaints == []
    for row in csv.reader((tmp_path / "report" / "leaderboard.csv").read_text(encoding="utf-8").splitlines()):
        assert not any(cell[:1] in ("=", "@", "+", "\t") for cell in row)
