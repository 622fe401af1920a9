import itertools
import json
import math
import random
from collections import Counter
from functools import cache
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from askfirst.benchmark.dialogue import run_dialogue
from askfirst.benchmark.errors import DataError
from askfirst.benchmark.information import entropy, expected_gain
from askfirst.benchmark.matcher import index_fragments, match_question
from askfirst.benchmark.measures import measure_dialogue
from askfirst.benchmark.policies import POLICIES
from askfirst.benchmark.problem import ChoiceForm, Problem, Value
from askfirst.benchmark.scenario import Protocol, Scenario, Settings, make_scenarios, render_opening
from askfirst.data.families.certify import check_certificates
from askfirst.data.families.family import Family
from askfirst.data.families.logic import FAMILY, NAME, information, load, make, solve
from askfirst.data.families.logic_template import NECESSARY_BY_LEVEL, STEPS_BY_LEVEL, LogicTemplate
from askfirst.data.families.template import Template, split_of

TEMPLATES = load()
BY_ID = {template.id: template for template in TEMPLATES}
each_template = pytest.mark.parametrize("template", TEMPLATES, ids=lambda template: template.id)

SEEDS = 200
"""Problems of the full-marks tests; the templates take turns."""


@cache
def make_public(template_id: str, seed: int) -> Problem:
    return make(BY_ID[template_id], seed, split_of(NAME, template_id))


def many() -> list[Problem]:
    return [make_public(TEMPLATES[seed % len(TEMPLATES)].id, seed) for seed in range(SEEDS)]


def answer(problem: Problem, values: dict[str, Value]) -> str:
    """Answer from the stored rules without the implementation, chaining backward."""
    base: Any = json.loads(problem.solution)
    ways = {definition["id"]: definition["ways"] for definition in base["definitions"]}

    def is_met(when: dict[str, list[Value]]) -> bool:
        return all((any(map(is_met, ways[name])) if name in ways else values[name]) in when[name] for name in when)

    rules = base["table"]["rules"]
    return next((rule["cause"] for rule in rules if is_met(rule["when"])), base["table"]["otherwise"])


def distances(problem: Problem) -> dict[str, int]:
    """Count the rules between each fact and the answer, on the shortest way, without the implementation."""
    base: Any = json.loads(problem.solution)
    ways = {definition["id"]: definition["ways"] for definition in base["definitions"]}
    found: dict[str, int] = {}
    layer, steps = {name for rule in base["table"]["rules"] for name in rule["when"]}, 1
    while layer:
        for name in layer:
            found.setdefault(name, steps)
        layer = {read for name in layer if name in ways for way in ways[name] for read in way} - set(found)
        steps += 1
    return {name: steps for name, steps in found.items() if name not in ways}


def completions(problem: Problem, known: set[str]) -> list[dict[str, Value]]:
    """List every combination of the unknown facts that some rule reads; the others are at their own values."""
    read = distances(problem)
    domains = [(f.value,) if f.id in known or f.id not in read else f.domain for f in problem.fragments]
    names = [f.id for f in problem.fragments]
    return [dict(zip(names, values, strict=True)) for values in itertools.product(*domains)]


# --- proof


@each_template
def test_the_necessary_facts_are_the_only_smallest_set_that_suffices_by_brute_force(template: LogicTemplate):
    for seed in range(4):
        problem = make_public(template.id, seed)
        values = {fragment.id: fragment.value for fragment in problem.fragments}
        assert answer(problem, values) == problem.target
        for fragment in problem.fragments:
            others = {answer(problem, {**values, fragment.id: value}) for value in fragment.domain} - {problem.target}
            assert fragment.necessary == bool(others)
            if fragment.certificate is not None:
                assert fragment.certificate.kind == "proved"
                other = answer(problem, {**values, fragment.id: fragment.certificate.value})
                assert other == fragment.certificate.answer != problem.target
        known = set(problem.necessary)
        assert {answer(problem, completion) for completion in completions(problem, known)} == {problem.target}


@each_template
def test_levels_say_how_many_facts_are_necessary_and_how_far_they_chain(template: LogicTemplate):
    fewest, most = NECESSARY_BY_LEVEL[template.level]
    for seed in range(30):
        problem = make_public(template.id, seed)
        steps = distances(problem)
        assert fewest <= len(problem.necessary) <= most
        assert max(steps[name] for name in problem.necessary) >= STEPS_BY_LEVEL[template.level]
        assert len(problem.inert) >= len(problem.necessary)
        assert set(steps) & set(problem.inert), "some inert fact stands in the rules"
        assert set(problem.inert) - set(steps), "some stands in none"


@pytest.mark.parametrize(
    ("fixed", "target", "necessary"),
    [
        pytest.param(
            {"visits": 5, "fines": False, "gloves": True, "letter": "a mayor", "material": "parchment"},
            "vault desk",
            {"visits", "fines", "gloves", "material"},
            id="trusted by the whole chain",
        ),
        pytest.param(
            {"visits": 3, "fines": False, "gloves": True, "letter": "a publisher", "magnifier": True},
            "window desk",
            {"visits", "letter", "magnifier"},
            id="too few visits, and no letter makes up for it",
        ),
        pytest.param(
            {"visits": 9, "fines": True, "gloves": True, "letter": "a mayor", "magnifier": False},
            "porter's desk",
            {"fines", "letter", "magnifier"},
            id="a fine breaks the chain",
        ),
    ],
)
def test_a_reader_gets_the_desk_that_a_person_works_out(fixed: dict[str, Value], target: str, necessary: set[str]):
    problem = make(BY_ID["archive-desks"], 0, "test", fixed)
    assert (problem.target, set(problem.necessary)) == (target, necessary)


def test_a_letter_from_a_professor_makes_the_chain_inert_so_that_too_little_is_left_to_ask():
    with pytest.raises(DataError, match="make no problem of level 3"):
        make(BY_ID["archive-desks"], 0, "test", {"visits": 3, "fines": True, "letter": "a professor"})


def test_a_stored_problem_is_solved_again_from_its_own_json():
    for problem in many()[: len(TEMPLATES)]:
        stored = Problem.model_validate_json(problem.model_dump_json())
        assert stored == problem
        assert solve(stored, {}) == problem.target


# --- draws


@each_template
def test_one_changed_value_changes_its_own_sentence_and_nothing_else_of_the_opening(template: LogicTemplate):
    problem, changed = make_public(template.id, 2), 0
    for fragment in problem.fragments:
        for value in fragment.domain:
            try:
                twin = make(template, 2, problem.split, {fragment.id: value})
            except DataError:
                continue
            mine, its = (
                each.model_copy(update={"fragments": (), "target": "", "solution": ""}) for each in (problem, twin)
            )
            assert mine == its
            for one, other in zip(problem.fragments, twin.fragments, strict=True):
                assert (one.id, one.question, one.aliases) == (other.id, other.question, other.aliases)
                assert (one.text == other.text) == (one.value == other.value)
                assert one.id == fragment.id or one.value == other.value
            changed += value != fragment.value
    assert changed


def test_a_seed_decides_everything_and_seeds_differ():
    for template in TEMPLATES:
        assert make(template, 5, "test") == make(template, 5, "test")
    openings = {render_opening(make_scenarios(problem, Settings(arms=("full",)))[0]) for problem in many()}
    assert len(openings) == SEEDS


@each_template
def test_no_answer_is_a_good_guess(template: LogicTemplate):
    form = make_public(template.id, 0).form
    assert isinstance(form, ChoiceForm)
    assert 4 <= len(form.options) <= 6
    answers = Counter(make(template, seed, "test").target for seed in range(200))
    assert max(answers.values()) / 200 < 1.5 / len(form.options)
    assert set(answers) == set(form.options)


@given(st.integers(), st.sampled_from(TEMPLATES))
def test_any_seed_makes_a_problem_whose_proof_holds(seed: int, template: LogicTemplate):
    check_certificates(make(template, seed, "test"), solve)


def test_all_values_of_a_problem_given_back_make_the_same_problem():
    for problem in many()[: len(TEMPLATES)]:
        values = {fragment.id: fragment.value for fragment in problem.fragments}
        seed = int(problem.id.rpartition("/")[2])
        assert make(BY_ID[problem.template], seed, problem.split, values) == problem


@pytest.mark.parametrize("fixed", [{"crown": "red"}, {"oven": "gas oven"}], ids=["unknown fragment", "strange value"])
def test_fixed_values_outside_the_domains_are_refused(fixed: dict[str, Value]):
    with pytest.raises(DataError, match=r"^logic/bakers-oath/0: '\w+' fixed at .*; expected .*; mend it$"):
        make(BY_ID["bakers-oath"], 0, "train", fixed)


# --- full marks


def measure(scenario: Scenario, policy: str) -> dict[str, float]:
    conversation = run_dialogue(scenario, lambda heard: POLICIES[policy](scenario, heard))
    return dict(measure_dialogue(scenario, conversation.turns))


def test_every_certificate_holds_when_it_is_solved_again():
    for problem in many():
        check_certificates(problem, solve)


def test_the_ideal_asker_gets_full_marks_and_who_never_asks_cannot():
    for problem in many():
        scenarios = make_scenarios(problem, Settings())
        assert all(measure(scenario, "oracle")["joint_success"] == 1 for scenario in scenarios), problem.id
        assert measure(scenarios[0], "never_ask")["joint_success"] == 0, problem.id


KNOWN_SCORES = {
    "oracle": {"ask_f1": 1, "informed_rate": 1, "accuracy_under": 1},
    "never_ask": {"premature_rate": 1, "accuracy_under": 0, "questions": 0},
    "always_ask": {"ask_recall": 1, "informed_rate": 1, "accuracy_under": 1},
    "shotgun": {"ask_f1": 1, "informed_rate": 1, "accuracy_under": 1},
    "generic": {"generic_rate": 1, "premature_rate": 1, "ask_recall": 0},
    "repeater": {"redundancy": 0.5, "ask_precision": 0.5, "accuracy_under": 1},
    "forgetful": {"ask_f1": 1, "accuracy_under": 0},
    "stubborn": {"unanswered_rate": 1},
    "silent": {"unanswered_rate": 1},
}


@pytest.mark.parametrize("protocol", ["marked", "natural"])
@pytest.mark.parametrize("policy", KNOWN_SCORES)
def test_a_reference_policy_gets_its_known_scores_in_every_dialogue(policy: str, protocol: Protocol):
    for problem in many()[: len(TEMPLATES)]:
        under = make_scenarios(problem, Settings(arms=("under",), protocol=protocol))[0]
        found = measure(under, policy)
        assert {name: found[name] for name in KNOWN_SCORES[policy]} == KNOWN_SCORES[policy], problem.id


def test_an_opening_keeps_its_bytes_when_a_hidden_value_changes():
    compared = 0
    for problem in many():
        under = make_scenarios(problem, Settings())[0]
        values = {fragment.id: fragment.value for fragment in problem.fragments}
        for hidden in under.hidden:
            certificate = problem.fragment(hidden).certificate
            assert certificate is not None
            seed = int(problem.id.rpartition("/")[2])
            try:
                twin = make(BY_ID[problem.template], seed, problem.split, {**values, hidden: certificate.value})
            except DataError:
                continue  # the other value makes another problem, with other necessary facts
            assert render_opening(under.model_copy(update={"problem": twin})) == render_opening(under), problem.id
            compared += 1
    assert compared >= SEEDS


@each_template
def test_questions_and_aliases_are_matched_with_their_own_fragment_alone(template: LogicTemplate):
    for seed in range(3):
        problem = make_public(template.id, seed)
        index = index_fragments(problem)
        for fragment in problem.fragments:
            for words in (fragment.question, *fragment.aliases, *(f"What is the {a}?" for a in fragment.aliases)):
                assert match_question(words, index).targets == (fragment.id,), words
        assert match_question(problem.goal, index).targets == ()


CLASSES_TAKEN_FOR_FACTS = {"chess-ladder", "market-wagons"}
"""Where the matcher takes "Does it count as a club hand?" for the fact that the class rests on: a known failure."""


@each_template
def test_asking_for_a_class_instead_of_a_fact_is_answered_by_nothing_but_in_two_known_templates(
    template: LogicTemplate,
):
    if template.id in CLASSES_TAKEN_FOR_FACTS:
        return
    index = index_fragments(make_public(template.id, 0))
    for definition in template.definitions:
        assert match_question(f"Does it count as {definition.name}?", index).targets == ()


# --- information


def bits(answers: list[str]) -> float:
    return -sum(n / len(answers) * math.log2(n / len(answers)) for n in Counter(answers).values())


@pytest.mark.parametrize(
    "template", [BY_ID["spa-baths"], BY_ID["choir-seats"], BY_ID["falcon-licence"], BY_ID["market-wagons"]],
    ids=lambda template: template.id,
)  # fmt: skip
def test_information_is_exact(template: LogicTemplate):
    problem = make_public(template.id, 1)
    names = [fragment.id for fragment in problem.fragments]
    some = set(random.Random(template.id).sample(names, 4))
    for known in (set[str](), set(problem.necessary), set(problem.inert), some):
        rows = completions(problem, known)
        answers = [answer(problem, row) for row in rows]
        table = information(problem, frozenset(known))
        assert table.exact
        assert entropy(table.answers) == pytest.approx(bits(answers), abs=1e-9)
        for target in names:
            groups: dict[Value, list[str]] = {}
            for row, one in zip(rows, answers, strict=True):
                groups.setdefault(row[target], []).append(one)
            left = sum(len(group) / len(rows) * bits(group) for group in groups.values())
            assert expected_gain(table, {target}) == pytest.approx(bits(answers) - left, abs=1e-9)


def test_knowing_the_necessary_facts_leaves_nothing_to_learn():
    for problem in many()[: len(TEMPLATES)]:
        assert entropy(information(problem, frozenset(problem.necessary)).answers) == 0
        some = information(problem, frozenset(problem.inert))
        assert set(some.columns) == set(problem.necessary)
        assert np.unique(some.answers).size > 1


# --- the family


def test_a_template_of_another_family_is_refused():
    other = Template.model_construct(id="apples", fragments=())
    with pytest.raises(DataError, match="'apples' is no rule base"):
        make(other, 0, "test")


def test_the_family_is_what_the_rest_of_the_system_needs():
    assert isinstance(FAMILY, Family)
    assert FAMILY.name == NAME
    assert FAMILY.load(None) == TEMPLATES
