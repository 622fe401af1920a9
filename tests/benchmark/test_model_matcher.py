"""A model that chooses fragments: held to the rules where these are sure, believed where they guess."""

import asyncio
from collections.abc import Iterator, Sequence

import pytest

from askfirst.benchmark.errors import UserSimulationError
from askfirst.benchmark.fault_count import FaultCount
from askfirst.benchmark.fragment_index import FragmentIndex, index_fragments
from askfirst.benchmark.instruments import match_by_rules
from askfirst.benchmark.matcher import Match
from askfirst.benchmark.model_calls import ModelCalls
from askfirst.benchmark.model_matcher import MAX_QUESTIONS, ModelMatcher
from askfirst.benchmark.problem import Problem
from examples import tickets
from model_user_server import ModelUserServer, choose, model_user_server

QUESTION = "How many tickets does Mia buy?"
VAGUE = "And what about the money for it?"


@pytest.fixture
def server(tmp_path, monkeypatch) -> Iterator[ModelUserServer]:
    monkeypatch.setenv("INSPECT_CACHE_DIR", str(tmp_path))
    with model_user_server() as running:
        yield running


async def guess(questions: Sequence[str], problem: Problem, index: FragmentIndex) -> list[Match]:
    """Match by rules that are unsure of all that says nothing of tickets."""
    matches = await match_by_rules(questions, problem, index)
    return [
        match.model_copy(update={"unsure": "tickets" not in question})
        for question, match in zip(questions, matches, strict=True)
    ]


def match(
    server: ModelUserServer, answer: str, questions: list[str], *, only_unsure: bool = False
) -> tuple[list[Match], tuple[str, ...]]:
    server.script.append(answer)
    chooser = ModelMatcher(server.model("scripted"), ModelCalls(), FaultCount(), only_unsure, rules=guess)
    matches = asyncio.run(chooser.match(questions, tickets(), index_fragments(tickets())))
    return matches, chooser.take_faults()


def test_where_the_rules_are_sure_and_differ_they_stand_and_the_fault_is_counted(server):
    (found,), faults = match(server, choose([("facts", ["fee"])]), [QUESTION])
    assert (found.targets, found.decided_by) == (("tickets",), "rules")
    assert [fault.partition(":")[0] for fault in faults] == ["differs", "differs"]
    assert "That can't stand" in server.prompts()[1]


def test_where_the_rules_are_unsure_the_model_decides(server):
    (found,), faults = match(server, choose([("facts", ["fee"])]), [VAGUE])
    assert (found.kind, found.targets, found.decided_by, found.unsure) == ("targeted", ("fee",), "model", True)
    assert faults == ()


@pytest.mark.parametrize(("kind", "expected"), [("general", "general"), ("none", "unanswerable")])
def test_a_model_may_say_that_an_unsure_question_asks_for_nothing(server, kind, expected):
    (found,), _ = match(server, choose([(kind, [])]), [VAGUE])
    assert (found.kind, found.targets, found.decided_by) == (expected, (), "model")


def test_no_question_can_ask_for_more_facts_than_it_has_pieces(server):
    (found,), faults = match(server, choose([("facts", ["tickets", "price", "fee"])]), [VAGUE])
    assert found.decided_by == "rules"
    assert len(found.targets) <= 1
    assert [fault.partition(":")[0] for fault in faults] == ["too many", "too many"]


GARBAGE = {
    "prose": "The fee.",
    "empty": "",
    "another key": '{"answer": []}',
    "too few": choose([]),
    "too many": choose([("none", []), ("none", [])]),
    "an id that does not exist": choose([("facts", ["target"])]),
    "an id twice": choose([("facts", ["fee", "fee"])]),
    "facts of no kind": choose([("none", ["fee"])]),
    "a kind without facts": choose([("facts", [])]),
    "another kind": choose([("all", ["fee"])]),
    "a text for a list": '{"answers": [{"kind": "facts", "facts": "fee"}]}',
    "a number for an id": '{"answers": [{"kind": "facts", "facts": [1]}]}',
    "a key twice": '{"answers": [], "answers": [{"kind": "none", "facts": []}]}',
    "deep": "[" * 5000,
    "long": '{"answers": "' + "x" * 10_000 + '"}',
}


@pytest.mark.parametrize("name", GARBAGE)
def test_garbage_is_a_fault_and_never_a_guess(server, name):
    (found,), faults = match(server, GARBAGE[name], [VAGUE])
    assert found.decided_by == "rules"
    assert [fault.partition(":")[0] for fault in faults] == ["garbage", "garbage"]


def test_a_matcher_is_asked_about_nothing_but_what_the_rules_are_unsure_of(server):
    matches, faults = match(server, choose([("facts", ["fee"])]), [QUESTION, VAGUE], only_unsure=True)
    assert [one.decided_by for one in matches] == ["rules", "model"]
    assert faults == ()
    (prompt,) = server.prompts()
    assert VAGUE in prompt
    assert QUESTION not in prompt.partition("<<<QUESTIONS")[2]


def test_without_a_question_no_model_is_asked(server):
    assert match(server, choose([]), []) == ([], ())
    assert match(server, choose([]), [QUESTION], only_unsure=True)[0][0].targets == ("tickets",)
    assert server.requests == []


def test_of_many_questions_the_rules_match_the_rest(server):
    matches, _ = match(server, choose([("facts", ["fee"])] * MAX_QUESTIONS), [VAGUE] * (MAX_QUESTIONS + 3))
    assert [one.decided_by for one in matches] == ["model"] * MAX_QUESTIONS + ["rules"] * 3


def test_too_many_faults_are_an_error(server):
    server.script.append("hm")
    chooser = ModelMatcher(server.model("scripted"), ModelCalls(), FaultCount(most=3), rules=guess)

    async def hold() -> None:
        for _ in range(2):
            await chooser.match([QUESTION], tickets(), index_fragments(tickets()))

    with pytest.raises(UserSimulationError, match="3 faults in one dialogue"):
        asyncio.run(hold())
