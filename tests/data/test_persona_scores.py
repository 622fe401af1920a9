"""Every reference policy gets exactly the scores under every persona that follow from the scenario alone."""

from functools import cache
from itertools import islice
from typing import get_args

import pytest

from askfirst.benchmark.dialogue import Conversation, run_dialogue
from askfirst.benchmark.measures import measure_dialogue
from askfirst.benchmark.policies import POLICIES
from askfirst.benchmark.problem import Problem
from askfirst.benchmark.scenario import Persona, Scenario, Settings, make_scenarios
from askfirst.data.families import code_check, sql_check
from askfirst.data.families.template import split_of
from askfirst.data.registry import FAMILIES
from persona_scores import expected_under

PROBLEMS = 26
"""Problems a family, of different templates; 208 in all."""
TWINS = 4
"""Problems a family that are also tried in the other arms."""
PERSONAS: tuple[Persona, ...] = get_args(Persona)
CHECKS = {"sql": sql_check.check_trusted, "code": code_check.check_trusted}


@cache
def problems(count: int = PROBLEMS) -> tuple[Problem, ...]:
    return tuple(
        family.make(template, seed, split_of(family.name, template.id))
        for family in FAMILIES.values()
        for seed, template in islice(enumerate(family.load(None)), count)
    )


def hold(policy: str, made: Scenario) -> Conversation:
    check = CHECKS.get(made.problem.family, FAMILIES[made.problem.family].check)
    return run_dialogue(made, lambda heard: POLICIES[policy](made, heard), check=check)


def scored(policy: str, made: Scenario) -> tuple[dict[str, float], str]:
    turns = hold(policy, made).turns
    return measure_dialogue(made, turns), next((turn.misstated for turn in turns if turn.misstated), "")


@pytest.mark.parametrize("persona", PERSONAS)
@pytest.mark.parametrize("policy", POLICIES)
def test_a_policy_gets_its_exact_scores_under_a_persona(policy: str, persona: Persona) -> None:
    for problem in problems():
        (made,) = make_scenarios(problem, Settings(arms=("under",), persona=persona))
        found, misstated = scored(policy, made)
        expected = expected_under(policy, persona, made, misstated)
        assert {name: found[name] for name in expected} == pytest.approx(expected, nan_ok=True), made.id
