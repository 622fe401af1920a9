"""Training and evaluation share no template, id, sentence or wording."""

import ast
import re
from functools import lru_cache
from pathlib import Path

import pytest

from askfirst.benchmark.scenario import LAST_CALL, SYSTEM_MESSAGES, Settings, render_opening
from askfirst.benchmark.sml.settings import Settings as Training
from askfirst.benchmark.sml.settings import with_defaults
from askfirst.benchmark.sml.task import render_task, system_message
from askfirst.data.families.template import split_of
from askfirst.data.problems import draw_scenarios
from askfirst.data.registry import FAMILIES
from training import lessons

ROOT = Path(__file__).parents[3]
SENTENCE = re.compile(r"(?<=[.!?])\s+|\n+")


def sentences(text: str) -> set[str]:
    """Sentences of five words or more; shorter ones ("What is the cause?") say nothing of their template."""
    return {part for part in (piece.strip() for piece in SENTENCE.split(text)) if len(part.split()) >= 5}


@lru_cache
def evaluated(family: str) -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    scenarios = [
        scenario
        for seed in range(3)
        for scenario in draw_scenarios([FAMILIES[family]], 60, Settings(), seed=seed, split="test")
    ]
    texts = {render_opening(scenario) for scenario in scenarios}
    texts |= {fragment.text for scenario in scenarios for fragment in scenario.problem.fragments}
    texts |= {*SYSTEM_MESSAGES.values(), LAST_CALL}
    found = frozenset(sentence for text in texts for sentence in sentences(text))
    return (
        found,
        frozenset(each.problem.id for each in scenarios),
        frozenset(each.problem.template for each in scenarios),
    )


@pytest.mark.parametrize("family", FAMILIES)
def test_training_and_evaluation_share_no_template_id_or_sentence(family: str) -> None:
    held, ids, templates = evaluated(family)
    trained = [lesson for seed in range(3) for lesson in lessons(60, family, level=None, seed=seed)]
    assert not {lesson.problem.id for lesson in trained} & ids
    assert not {lesson.problem.template for lesson in trained} & templates
    assert all(split_of(family, lesson.problem.template) == "train" for lesson in trained)
    texts = [render_task(lesson.scenario) for lesson in trained] + [
        system_message(lesson.scenario) for lesson in trained
    ]
    shared = {sentence for text in texts for sentence in sentences(text)} & held
    framed = {sentence for lesson in trained for sentence in sentences(lesson.problem.instructions)}
    assert shared <= framed
    # frames of instructions (a database, "You write one Python function") belong to a family or a theme, to no template
    if family in ("arithmetic", "scheduling", "logic"):
        assert not shared


@pytest.mark.parametrize("family", FAMILIES)
def test_no_training_dialogue_hides_a_fragment(family: str) -> None:
    for lesson in lessons(60, family, level=None):
        scenario = lesson.scenario
        assert scenario.arm == "full"
        assert not scenario.hidden
        task = render_task(scenario)
        assert all(lesson.problem.fragment(name).text in task for name in lesson.problem.necessary)


def constants(path: Path) -> set[str]:
    """The sentences, phrases and words that a module says or compares with: its strings of two words or more."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    docs = {
        node.body[0].value
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    docs |= {
        node.value for node in ast.walk(tree) if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    return {
        node.value.strip()
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in docs
        if len(re.findall(r"[A-Za-z]{2,}", node.value)) >= 2
    }


PARTS = {
    "teacher": ("benchmark/sml/teacher.py", "benchmark/sml/model_teacher.py", "benchmark/sml/task.py"),
    "writer": ("benchmark/sml/question_writer.py", "benchmark/sml/student_writer.py"),
    "user": (
        "benchmark/cooperative.py", "benchmark/personas.py", "benchmark/misstatement.py", "benchmark/small_talk.py",
        "benchmark/reply_text.py", "benchmark/reply_plan.py", "benchmark/scenario.py",
    ),
    "matcher": (
        "benchmark/matcher.py", "benchmark/vocabulary.py", "benchmark/thesaurus.py", "benchmark/kinds_of_things.py",
        "benchmark/question_phrases.py", "benchmark/question_fit.py", "benchmark/broad_requests.py",
    ),
}  # fmt: skip


@pytest.mark.parametrize(
    ("one", "other"),
    [(one, other) for number, one in enumerate(PARTS) for other in list(PARTS)[number + 1 :]],
)
def test_teacher_writer_user_and_matcher_share_no_strings(one: str, other: str) -> None:
    mine, theirs = (
        set().union(*(constants(ROOT / path) for path in PARTS[part] if (ROOT / path).is_file()))
        for part in (one, other)
    )
    assert mine
    assert theirs
    assert not mine & theirs


def test_the_check_on_strings_finds_one_that_is_shared(tmp_path: Path) -> None:
    module = tmp_path / "module.py"
    module.write_text('"""A docstring counts for nothing."""\nPHRASES = ("Begin with this: {fact}", "one")\n')
    assert constants(module) & constants(ROOT / "benchmark/sml/teacher.py")


def test_no_recipe_can_be_told_to_hide_anything_or_to_use_other_templates() -> None:
    names = set(Training.model_fields)
    assert not names & {"hide", "arms", "condition", "split", "templates", "persona", "system"}
    assert with_defaults("single_turn").reinforcing.group == 4 * with_defaults("sml").reinforcing.group
