"""What the subject sees each turn, in every condition that goes on by itself, on every family."""

from itertools import islice

import pytest

from askfirst.benchmark.dialogue import run_dialogue
from askfirst.benchmark.problem import Problem
from askfirst.benchmark.scenario import Scenario, Settings, bullet_list, make_scenarios
from askfirst.data.families.template import split_of
from askfirst.data.registry import FAMILIES

PROBLEMS = 30
"""Problems a family, of different templates."""


def problems(name: str) -> list[Problem]:
    family = FAMILIES[name]
    templates = family.load(None)
    return [
        family.make(template, seed, split_of(name, template.id))
        for seed, template in islice(enumerate(templates), PROBLEMS)
    ]


def hear(problem: Problem, condition: str, message: str = "Please go on.") -> tuple[Scenario, list[str]]:
    """Hold a dialogue with a subject that never answers and asks nothing; return what it hears."""
    turns = len(problem.necessary) + 3
    settings = Settings(arms=("under",), hide="all", condition=condition, max_turns=turns)  # pyright: ignore[reportArgumentType]
    (made,) = make_scenarios(problem, settings)
    heard: list[str] = []

    def subject(messages: list[str]) -> str:
        heard[:] = messages
        return message

    run_dialogue(made, subject)
    return made, heard


def sayable(made: Scenario) -> set[str]:
    return {fragment.id for fragment in made.problem.fragments} - set(made.absent)


def shown(problem: Problem, message: str) -> list[str]:
    return [fragment.id for fragment in problem.fragments if fragment.text in message]


@pytest.mark.parametrize("name", FAMILIES)
def test_drip_gives_one_more_hidden_fact_a_turn_until_none_is_left(name):
    for problem in problems(name):
        made, heard = hear(problem, "drip")
        assert [shown(problem, message) for message in heard[1 : len(made.hidden) + 1]] == [[x] for x in made.hidden]
        assert [shown(problem, message) for message in heard[len(made.hidden) + 1 :]] == [[], []]


@pytest.mark.parametrize("name", FAMILIES)
def test_snowball_restates_all_that_was_said_each_turn(name):
    for problem in problems(name):
        made, heard = hear(problem, "snowball")
        said = [problem.goal, *(f.text for f in problem.fragments if f.id in sayable(made) - set(made.hidden))]
        for message, new in zip(heard[1:], made.hidden, strict=False):
            text = problem.fragment(new).text
            assert message.startswith(f"What I have said so far:\n{bullet_list(tuple(said))}\n\n{text}")
            said.append(text)


@pytest.mark.parametrize("name", FAMILIES)
def test_recap_ends_by_restating_everything_once(name):
    for problem in problems(name):
        made, heard = hear(problem, "recap")
        recaps = [number for number, message in enumerate(heard) if message.startswith("Here is everything again:")]
        assert recaps == [len(made.hidden) + 1]
        assert set(shown(problem, heard[recaps[0]])) == sayable(made)
        assert problem.goal in heard[recaps[0]]


@pytest.mark.parametrize("name", FAMILIES)
def test_concat_says_everything_in_one_list_and_closed_nothing_more(name):
    for problem in problems(name):
        made, heard = hear(problem, "concat")
        assert set(shown(problem, heard[0])) == sayable(made)
        made, heard = hear(problem, "closed")
        assert len(heard) == 1
        assert not set(made.hidden) & set(shown(problem, heard[0]))
