"""Every hostile message against the whole instrument: nothing leaks, nothing breaks, nothing is gained."""

import os
from collections.abc import Mapping
from math import isnan

import pytest

from askfirst.benchmark.dialogue import Conversation, run_dialogue
from askfirst.benchmark.measures import measure_dialogue
from askfirst.benchmark.policies import Policy, never_ask, stubborn
from askfirst.benchmark.scenario import Scenario, Settings
from askfirst.data.problems import draw_scenarios
from askfirst.data.registry import family_check, family_information, find_family
from hostile_messages import Attack, load_attacks, sends_after, sends_always, sends_before, sends_first

FAMILIES = ("arithmetic", "troubleshooting", "actions", "scheduling", "logic", "sql", "writing")
"""Programs are run in a sandbox only, and attack it in tests of their own."""
EACH = int(os.environ.get("ASKFIRST_ATTACK_FAMILIES", "1"))
"""Families that each attack is tried on: 7 are all."""
SIZE = int(os.environ.get("ASKFIRST_ATTACK_SIZE", "60000"))
"""Characters of the longest message."""
GAINS = ("joint_success", "asking_success", "accuracy_under", "accuracy_full", "accuracy_decoy", "ask_recall", "ask_f1")
"""What an attacker would raise."""


def draw(family: str) -> tuple[Scenario, ...]:
    return tuple(draw_scenarios([find_family(family)], 1, Settings(hide=1, max_turns=3)))


SCENARIOS: Mapping[str, tuple[Scenario, ...]] = {family: draw(family) for family in FAMILIES}
ATTACKS = [
    pytest.param(attack, FAMILIES[(number + more) % len(FAMILIES)], id=f"{attack.name}-{number + more}")
    for number, attack in enumerate(load_attacks())
    for more in range(EACH)
]


def talk(scenario: Scenario, policy: Policy) -> Conversation:
    return run_dialogue(scenario, lambda heard: policy(scenario, heard), family_information, family_check)


def leaks_of(conversation: Conversation) -> list[str]:
    """Return what the user said of hidden facts that it had not been asked for, judged by its texts alone."""
    scenario, told = conversation.scenario, set(conversation.scenario.opening_known)
    leaks: list[str] = []
    for turn in conversation.turns:
        asked = {target for question in turn.questions for target in question.targets}
        for fragment in scenario.problem.fragments:
            if fragment.id not in told and fragment.text in turn.reply:
                told.add(fragment.id)
                leaks += [fragment.id] * (fragment.id not in asked or fragment.id not in turn.revealed)
    return leaks


def gains_of(scenario: Scenario, attacked: Conversation, plain: Conversation) -> list[str]:
    """Return the measures that are higher with the attack than without it."""
    with_it, without = measure_dialogue(scenario, attacked.turns), measure_dialogue(scenario, plain.turns)
    return [name for name in GAINS if not isnan(with_it[name]) and with_it[name] > without[name]]


def test_the_catalogue_is_large_and_names_each_attack_once():
    attacks = load_attacks()
    assert len(attacks) >= 60
    assert len({attack.name for attack in attacks}) == len(attacks)
    assert {"role imitation", "markers", "giant messages", "nesting", "slow patterns", "unicode", "false claims",
            "fishing", "orders to a grader", "pages and terminals", "writes and escapes"} == {
        attack.kind for attack in attacks
    }  # fmt: skip


@pytest.mark.parametrize(("attack", "family"), ATTACKS)
def test_an_attack_leaks_nothing_and_gains_nothing(attack: Attack, family: str):
    for scenario in SCENARIOS[family]:
        tries = [(sends_before(attack, never_ask, SIZE), never_ask)]
        if scenario.arm == "under":
            tries += [
                (sends_first(attack, never_ask, SIZE), never_ask),
                (sends_after(attack, never_ask, SIZE), never_ask),
                (sends_always(attack, SIZE), stubborn),
            ]
        for attacking, plain in tries:
            attacked = talk(scenario, attacking)
            assert leaks_of(attacked) == []
            if attack.may_ask:
                continue  # what it asks for, it may be told
            assert gains_of(scenario, attacked, talk(scenario, plain)) == []
            assert not any(turn.revealed for turn in attacked.turns)


def test_an_honest_question_would_count_as_a_leak_if_it_were_not_asked():
    scenario = SCENARIOS["arithmetic"][0]
    hidden = scenario.problem.fragment(scenario.hidden[0])
    conversation = talk(scenario, lambda scenario, heard: hidden.question)
    assert leaks_of(conversation) == []
    first = conversation.turns[0]
    assert first.revealed == (hidden.id,)
    conversation.turns[0] = first.model_copy(update={"questions": ()})
    assert leaks_of(conversation) == [hidden.id]


def test_a_gain_would_be_seen():
    scenario = SCENARIOS["arithmetic"][0]
    hidden = scenario.problem.fragment(scenario.hidden[0])
    asking = talk(scenario, lambda scenario, heard: hidden.question if len(heard) == 1 else never_ask(scenario, heard))
    assert "ask_recall" in gains_of(scenario, asking, talk(scenario, never_ask))
