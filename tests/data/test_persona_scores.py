"""Every reference policy gets exactly the scores under every persona that follow from the scenario alone."""

import re
from collections.abc import Iterator
from functools import cache
from itertools import islice
from typing import get_args

import pytest

from askfirst.benchmark.dialogue import run_dialogue
from askfirst.benchmark.matcher import index_fragments, match_question
from askfirst.benchmark.measures import measure_dialogue
from askfirst.benchmark.misstatement import misstatement
from askfirst.benchmark.policies import POLICIES
from askfirst.benchmark.problem import Problem
from askfirst.benchmark.reader import read_turn
from askfirst.benchmark.scenario import Persona, Scenario, Settings, make_scenarios
from askfirst.benchmark.small_talk import SMALL_TALK
from askfirst.benchmark.words import STOPS, clean, stem, words_of
from askfirst.data.families import code_check, sql_check
from askfirst.data.families.template import Template, split_of
from askfirst.data.registry import FAMILIES
from persona_scores import expected_twin, expected_under

PROBLEMS = 26
"""Problems a family, of different templates; 208 in all."""
STEPS = {"oracle": 1, "shotgun": 1, "always_ask": 2}
"""Every how manieth problem a policy is tried on: all for those whose course depends most on the persona."""
STEP = 8
TWINS_STEP = 26
SLOT = re.compile(r"\{[a-z0-9_]*\}")
PERSONAS: tuple[Persona, ...] = get_args(Persona)
CHECKS = {"sql": sql_check.check_trusted, "code": code_check.check_trusted}


@cache
def problems() -> tuple[Problem, ...]:
    return tuple(
        family.make(template, seed, split_of(family.name, template.id))
        for family in FAMILIES.values()
        for seed, template in islice(enumerate(family.load(None)), PROBLEMS)
    )


@cache
def reads_plainly(problem: Problem) -> bool:
    """Say whether every fragment's question is read as one question for just that fragment."""
    index = index_fragments(problem)
    return all(
        [match_question(asked, index).targets for asked in read_turn(each.question, problem.form).questions]
        == [(each.id,)]
        for each in problem.fragments
    )


def scored(policy: str, made: Scenario) -> tuple[dict[str, float], str]:
    """Hold a dialogue; return its measures and the fragment that was told wrong, if one was."""
    check = CHECKS.get(made.problem.family, FAMILIES[made.problem.family].check)
    turns = run_dialogue(made, lambda heard: POLICIES[policy](made, heard), check=check).turns
    return measure_dialogue(made, turns), next((turn.misstated for turn in turns if turn.misstated), "")


def assert_expected(policy: str, made: Scenario) -> str:
    found, misstated = scored(policy, made)
    expected = expected_under(policy, made.persona, made, misstated)
    assert {name: found[name] for name in expected} == pytest.approx(expected, nan_ok=True), made.id
    return misstated


def test_nearly_every_problem_reads_plainly() -> None:
    assert sum(map(reads_plainly, problems())) >= len(problems()) - 2


@pytest.mark.parametrize("persona", PERSONAS)
@pytest.mark.parametrize("policy", POLICIES)
def test_a_policy_gets_its_exact_scores_under_a_persona(policy: str, persona: Persona) -> None:
    for problem in problems()[:: STEPS.get(policy, STEP)]:
        if policy == "always_ask" and not reads_plainly(problem):
            continue
        (made,) = make_scenarios(problem, Settings(arms=("under",), persona=persona))
        assert_expected(policy, made)


@pytest.mark.parametrize("persona", PERSONAS)
@pytest.mark.parametrize("policy", POLICIES)
def test_no_persona_changes_what_a_policy_scores_where_nothing_that_matters_is_missing(
    policy: str, persona: Persona
) -> None:
    for problem in problems()[::TWINS_STEP]:
        for made in make_scenarios(problem, Settings(arms=("full", "decoy"), persona=persona)):
            found, _ = scored(policy, made)
            expected = expected_twin(policy, made.arm)
            assert {name: found[name] for name in expected} == expected, made.id


@pytest.mark.parametrize("policy", ["oracle", "shotgun", "always_ask"])
def test_a_correction_has_room_in_the_fewest_turns_that_hold_the_questions(policy: str) -> None:
    misstated = 0
    for problem in problems()[::4]:
        settings = Settings(arms=("under",), persona="corrects", hide="all", max_turns=len(problem.necessary) + 2)
        (made,) = make_scenarios(problem, settings)
        if policy != "always_ask" or reads_plainly(problem):
            misstated += bool(assert_expected(policy, made))
    assert misstated >= 40


def test_every_hidden_fact_of_the_families_can_be_told_wrong() -> None:
    for problem in problems():
        for name in problem.necessary:
            wrong = misstatement(problem.fragment(name))
            others = [problem.goal, *(each.text for each in problem.fragments)]
            assert wrong, f"{problem.id}: {name}"
            assert not [text for text in others if wrong in text or text in wrong], f"{problem.id}: {name}"


def test_small_talk_shares_no_content_word_with_any_template() -> None:
    words = {
        stem(word)
        for family in FAMILIES.values()
        for template in family.load(None)
        for text in template_texts(template)
        for word in words_of(clean(SLOT.sub(" ", text)))
    }
    for sentence in SMALL_TALK:
        assert not {stem(word) for word in words_of(clean(sentence)) if word not in STOPS} & words, sentence


def template_texts(template: Template) -> Iterator[str]:
    yield from template.goals
    for slot in template.slots.values():
        yield from slot
    for fragment in template.fragments:
        yield from (*fragment.texts, fragment.question, *fragment.aliases, *fragment.spoken.values())
        yield from (str(value) for value in fragment.values)
