"""Every problem of many seeds: its proof holds again, the ideal asker gets full marks, who never asks can't.

`ASKFIRST_SEEDS=1000 pytest tests/data/test_full_marks.py` tries a thousand a family.
"""

import os
from collections.abc import Iterator
from functools import partial
from itertools import islice

import pytest

from askfirst.benchmark.dialogue import run_dialogue
from askfirst.benchmark.errors import DataError
from askfirst.benchmark.measures import measure_dialogue
from askfirst.benchmark.policies import POLICIES
from askfirst.benchmark.problem import Problem
from askfirst.benchmark.scenario import Scenario, Settings, make_scenarios, render_opening
from askfirst.data.families import code_check, sql, sql_check, writing
from askfirst.data.families.certify import check_certificates
from askfirst.data.families.family import Family
from askfirst.data.families.template import Template, split_of
from askfirst.data.registry import FAMILIES

SEEDS = int(os.environ.get("ASKFIRST_SEEDS", "100"))
"""Problems a family; the templates of all splits take turns."""

CHECKS = {"sql": sql_check.check_trusted, "code": code_check.check_trusted}
"""Checks that may run in this process, since only the families' own queries and programs come before them."""

PROOFS = {"sql": sql.is_right, "writing": lambda problem, answer, values: writing.judge(problem, values, answer).right}
"""What tells answers apart where their spelling doesn't."""


def problems(family: Family) -> Iterator[tuple[Template, Problem]]:
    templates = family.load(None)
    for seed in range(SEEDS):
        template = templates[seed % len(templates)]
        yield template, family.make(template, seed, split_of(family.name, template.id))


def joint_success(scenario: Scenario, policy: str) -> float:
    family = FAMILIES[scenario.problem.family]
    check = CHECKS.get(family.name, family.check)
    conversation = run_dialogue(scenario, lambda heard: POLICIES[policy](scenario, heard), check=check)
    return measure_dialogue(scenario, conversation.turns)["joint_success"]


@pytest.mark.parametrize("name", FAMILIES)
def test_every_certificate_holds_when_it_is_solved_again(name):
    for _, problem in problems(FAMILIES[name]):
        check_certificates(problem, FAMILIES[name].solve, partial(PROOFS[name], problem) if name in PROOFS else None)
        assert len(problem.inert) >= len(problem.necessary), problem.id


@pytest.mark.parametrize("name", FAMILIES)
def test_the_ideal_asker_gets_full_marks_and_who_never_asks_cannot(name):
    for _, problem in problems(FAMILIES[name]):
        scenarios = make_scenarios(problem, Settings())
        assert all(joint_success(scenario, "oracle") == 1 for scenario in scenarios), problem.id
        assert joint_success(scenarios[0], "never_ask") == 0, problem.id


@pytest.mark.parametrize("name", FAMILIES)
def test_an_opening_keeps_its_bytes_when_a_hidden_value_changes(name):
    family, compared = FAMILIES[name], 0
    for template, problem in islice(problems(family), SEEDS):
        under = make_scenarios(problem, Settings())[0]
        values = {fragment.id: fragment.value for fragment in problem.fragments}
        for hidden in under.hidden:
            certificate = problem.fragment(hidden).certificate
            assert certificate is not None
            try:
                other = family.make(
                    template, int(problem.id.rpartition("/")[2]), problem.split, {**values, hidden: certificate.value}
                )
            except DataError:
                continue  # in some families another value makes another problem, with other necessary fragments
            assert render_opening(under.model_copy(update={"problem": other})) == render_opening(under), problem.id
            compared += 1
    assert compared >= SEEDS / 2
