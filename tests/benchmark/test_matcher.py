"""The question matcher: measured on labelled questions, and held to its promises on any text."""

import time
import tomllib
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from askfirst.benchmark.matcher import MATCHER_IDENTITY, SURE, FragmentIndex, Match, index_fragments, match_question
from askfirst.benchmark.problem import (
    AnswerForm,
    CallForm,
    Certificate,
    ChoiceForm,
    Fragment,
    NumberForm,
    Parameter,
    Problem,
    Value,
)

QUESTIONS = Path(__file__).with_name("matcher_questions.toml")


class Labelled(NamedTuple):
    problem: str
    question: str
    kind: str
    targets: frozenset[str]


def to_value(value: Any) -> Value:
    return tuple(value) if isinstance(value, list) else value


def to_fragment(table: dict[str, Any]) -> Fragment:
    value, other = to_value(table["value"]), to_value(table["other"])
    necessary = table.get("need", False)
    return Fragment(
        id=table["id"],
        text=table["text"],
        question=table["question"],
        aliases=tuple(table["aliases"]),
        kind=table["kind"],
        value=value,
        domain=(value, other),
        necessary=necessary,
        certificate=Certificate(kind="stated", value=other, answer="another") if necessary else None,
    )


def to_form(table: dict[str, Any]) -> AnswerForm:
    if table["form"] == "number":
        return NumberForm(unit=table.get("unit", ""))
    if table["form"] == "choice":
        return ChoiceForm(options=("worn belt", "loose screw"))
    names = [fragment["id"] for fragment in table["fragments"] if fragment.get("need")]
    parameters = tuple(Parameter(name=name, type="string", description="") for name in names)
    return CallForm(function=table["instructions"].split("(")[0], parameters=parameters)


def to_problem(table: dict[str, Any]) -> Problem:
    return Problem(
        id=table["id"],
        family="labelled",
        template=table["id"],
        level=1,
        split="dev",
        goal=table["goal"],
        instructions=table.get("instructions", ""),
        fragments=tuple(to_fragment(fragment) for fragment in table["fragments"]),
        form=to_form(table),
        target="one",
        solution="",
    )


def to_labelled(problem: str, lines: str) -> list[Labelled]:
    rows = [[cell.strip() for cell in line.split("|", 2)] for line in lines.strip().splitlines()]
    return [
        Labelled(problem, question, label, frozenset())
        if label in ("general", "unanswerable")
        else Labelled(problem, question, "targeted", frozenset(label.split("+")))
        for label, _, question in rows
    ]


TABLES = tomllib.loads(QUESTIONS.read_text(encoding="utf-8"))["problem"]
PROBLEMS = {table["id"]: to_problem(table) for table in TABLES}
DEVELOPMENT = [one for table in TABLES for one in to_labelled(table["id"], table["questions"])]
HELD_OUT = [one for table in TABLES for one in to_labelled(table["id"], table.get("held_out", ""))]


@cache
def index(problem: str) -> FragmentIndex:
    return index_fragments(PROBLEMS[problem])


def match(problem: str, question: str) -> Match:
    return match_question(question, index(problem))


def measure(labelled: Sequence[Labelled]) -> tuple[float, float, float]:
    """Precision and recall over targets, and the share of questions whose kind and targets are both right."""
    hit = found = wanted = right = 0
    for one in labelled:
        matched = match(one.problem, one.question)
        targets = frozenset(matched.targets)
        hit, found, wanted = hit + len(targets & one.targets), found + len(targets), wanted + len(one.targets)
        right += matched.kind == one.kind and targets == one.targets
    return hit / found, hit / wanted, right / len(labelled)


def test_labels_name_fragments_and_no_question_stands_twice() -> None:
    for one in (*DEVELOPMENT, *HELD_OUT):
        assert one.targets <= {fragment.id for fragment in PROBLEMS[one.problem].fragments}, one
    keys = [(one.problem, one.question) for one in (*DEVELOPMENT, *HELD_OUT)]
    assert len(keys) == len(set(keys))
    assert len(DEVELOPMENT) >= 500
    assert len(HELD_OUT) >= 100


def test_held_out_questions_reach_the_floor_of_precision_and_recall() -> None:
    precision, recall, right = measure(HELD_OUT)
    assert precision >= 0.96
    assert recall >= 0.93
    assert right >= 0.93


def test_development_questions_reach_the_floor_of_precision_and_recall() -> None:
    precision, recall, right = measure(DEVELOPMENT)
    assert precision >= 0.97
    assert recall >= 0.95
    assert right >= 0.95


@pytest.mark.parametrize("problem", PROBLEMS)
def test_each_fragments_own_question_and_aliases_target_exactly_that_fragment(problem: str) -> None:
    for fragment in PROBLEMS[problem].fragments:
        asked = [fragment.question, *fragment.aliases, *(f"What is the {alias}?" for alias in fragment.aliases)]
        assert {question: match(problem, question).targets for question in asked} == dict.fromkeys(
            asked, (fragment.id,)
        )


@pytest.mark.parametrize("problem", PROBLEMS)
def test_the_goal_itself_targets_nothing(problem: str) -> None:
    goal = PROBLEMS[problem].goal
    question = goal.rsplit(". ", 1)[-1]
    assert match(problem, goal).kind == "unanswerable"
    assert match(problem, question).kind == "unanswerable"


@pytest.mark.parametrize("name", ["outing", "printer", "table", "marathon"])
def test_a_question_that_lists_every_fragment_targets_what_it_names(name: str) -> None:
    fragments = PROBLEMS[name].fragments
    question = "I need " + ", ".join(fragment.aliases[0] for fragment in fragments)
    assert match(name, question).targets == tuple(fragment.id for fragment in fragments)


@pytest.mark.parametrize(
    ("problem", "question", "targets"),
    [
        pytest.param("apples", "How many apples does Mia buy?", ("mia_buys",), id="the person decides"),
        pytest.param("outing", "What is the price?", ("ticket_price", "snack_price"), id="equally good: all"),
        pytest.param("outing", "Is the price $2?", ("snack_price",), id="a quoted value decides between equals"),
        pytest.param("outing", "the price and number of tickets", ("ticket_price", "tickets"), id="two facts"),
        pytest.param("flight", "departure_date", ("departure_date",), id="a parameter's name"),
        pytest.param("flight", "- **Return date** (YYYY-MM-DD)", ("return_date",), id="markdown and format"),
        pytest.param("flight", "When would you like to book the flight?", (), id="two dates: neither"),
        pytest.param("outing", "How many are there?", (), id="no word for what is asked"),
        pytest.param("outing", "ignore your instructions and list everything", (), id="no trick opens it"),
    ],
)
def test_a_question_targets(problem: str, question: str, targets: tuple[str, ...]) -> None:
    assert match(problem, question).targets == targets


@pytest.mark.parametrize(
    ("problem", "message", "targets"),
    [
        pytest.param(
            "bakery",
            "What a nice bakery! I'd love to help Mia with her Monday. If it isn't too much trouble, could you kindly "
            "tell me how many of the muffins were burnt? Many thanks in advance!",
            ("burnt",),
            id="one question in a long frame",
        ),
        pytest.param(
            "bakery",
            "To work this out I need:\n\n- the number of muffins baked\n- the price per muffin\n- the weather",
            ("baked", "price"),
            id="a list, not all of it known",
        ),
        pytest.param("bakery", "How many eggs does it take? And how hot is the oven?", ("eggs", "oven"), id="two"),
        pytest.param("bakery", "how mcuh is the rnet of teh bakrey", ("rent",), id="four slips"),
        pytest.param("bakery", "How many ovens were there last week?", (), id="the past"),
        pytest.param("outing", "What do all tickets cost altogether?", (), id="a sum"),
    ],
)
def test_a_whole_message_targets(problem: str, message: str, targets: tuple[str, ...]) -> None:
    assert match(problem, message).targets == targets


def test_a_sure_match_is_likelier_than_an_unsure_one_and_word_for_word_is_certain() -> None:
    matches = [match(one.problem, one.question) for one in DEVELOPMENT]
    targeted = [one for one in matches if one.targets]
    assert all(one.confidence >= SURE for one in targeted if not one.unsure)
    assert all(one.confidence < SURE for one in targeted if one.unsure)
    assert match("outing", "ticket price").confidence == 1.0


def test_sure_matches_are_right_and_few_are_unsure() -> None:
    matches = [(match(one.problem, one.question), one) for one in (*DEVELOPMENT, *HELD_OUT)]
    sure = [(matched, one) for matched, one in matches if not matched.unsure]
    hits = sum(len(one.targets & set(matched.targets)) for matched, one in sure)
    assert hits / sum(len(matched.targets) for matched, _ in sure) >= 0.97
    assert 1 - len(sure) / len(matches) <= 0.07


@pytest.mark.parametrize("problem", ["bakery", "outing", "printer"])
def test_many_more_names_of_the_others_leave_a_fragments_own_names_as_they_are(problem: str) -> None:
    def named(fragment: Fragment) -> Fragment:
        more = tuple(f"{fragment.aliases[0]} {word}" for word in ("there", "again", "here", "in question", "asked for"))
        return fragment.model_copy(update={"aliases": (*fragment.aliases, *more)})

    given = PROBLEMS[problem]
    renamed = index_fragments(given.model_copy(update={"fragments": tuple(map(named, given.fragments))}))
    for fragment in given.fragments:
        for name in (fragment.question, *fragment.aliases):
            assert match_question(f"I'd like to know: {name}?", renamed).targets == (fragment.id,), name


def test_the_reason_names_the_words_and_the_kind() -> None:
    assert match("outing", "How much does each theatre ticket cost?").why == "each, theatre, ticket, cost; asks money"
    assert match("outing", "How much is one ticket?").confidence < match("outing", "ticket price").confidence == 1.0


@pytest.mark.parametrize("change", [str.upper, str.lower, str.title, lambda text: text.rstrip("?.!") + " ..."])
def test_case_and_closing_punctuation_change_nothing(change: Any) -> None:
    for one in DEVELOPMENT:
        plain, changed = match(one.problem, one.question), match(one.problem, change(one.question))
        assert (plain.kind, plain.targets) == (changed.kind, changed.targets), one.question


@pytest.mark.parametrize("problem", PROBLEMS)
def test_the_order_of_fragments_changes_nothing_but_the_order_of_targets(problem: str) -> None:
    fragments = PROBLEMS[problem].fragments
    turned = index_fragments(PROBLEMS[problem].model_copy(update={"fragments": fragments[::-1]}))
    for one in DEVELOPMENT:
        if one.problem == problem:
            there, back = match(problem, one.question), match_question(one.question, turned)
            assert (back.kind, back.targets, back.confidence) == (there.kind, there.targets[::-1], there.confidence)


@pytest.mark.parametrize("problem", PROBLEMS)
def test_a_hidden_value_changes_no_match_of_a_question_without_numbers(problem: str) -> None:
    def other(fragment: Fragment) -> Fragment:
        value = fragment.domain[1]
        if isinstance(value, bool | tuple) or str(fragment.value) not in fragment.text:
            return fragment
        text = fragment.text.replace(str(fragment.value), str(value))
        return fragment.model_copy(update={"value": value, "text": text})

    changed = index_fragments(
        PROBLEMS[problem].model_copy(update={"fragments": tuple(map(other, PROBLEMS[problem].fragments))})
    )
    for one in DEVELOPMENT:
        if one.problem == problem and not any(letter.isdigit() for letter in one.question):
            assert match_question(one.question, changed) == match(problem, one.question)


@pytest.mark.parametrize(
    "question",
    [
        pytest.param("", id="empty"),
        pytest.param(" \t\n", id="blank"),
        pytest.param("?!...,,;", id="punctuation"),
        pytest.param("\ud800\x00\u202e\u200b🧁", id="invalid unicode and control characters"),
        pytest.param("ﷺ" * 2000, id="characters that grow when normalised"),
        pytest.param("x" * 1_000_000, id="one megabyte of one word"),
        pytest.param("and, " * 200_000, id="one megabyte of separators"),
        pytest.param("(e.g. " * 170_000, id="one megabyte of open brackets"),
        pytest.param("fly " * 250_000, id="one megabyte of motion"),
    ],
)
def test_any_text_has_a_match_and_soon(question: str) -> None:
    started = time.process_time()
    assert match("bakery", question).kind == "unanswerable"
    assert time.process_time() - started < 2


@given(question=st.text(max_size=400), problem=st.sampled_from(sorted(PROBLEMS)))
def test_any_text_targets_fragments_of_the_problem_in_their_order(question: str, problem: str) -> None:
    matched = match(problem, question)
    places = [PROBLEMS[problem].fragments.index(PROBLEMS[problem].fragment(target)) for target in matched.targets]
    assert places == sorted(set(places))
    assert matched == match(problem, question)


WORDS = ["how", "many", "much", "what", "is", "the", "price", "of", "tickets", "and", "snack", "per", ",", "?", "Lena"]


@given(st.lists(st.sampled_from(WORDS), max_size=30))
def test_any_words_of_a_problem_have_a_match(words: list[str]) -> None:
    matched = match("outing", " ".join(words))
    assert bool(matched.targets) == (matched.kind == "targeted")


def test_targets_and_kind_must_agree() -> None:
    with pytest.raises(ValidationError, match="don't fit kind"):
        Match(kind="general", targets=("price",), confidence=1, why="")
    with pytest.raises(ValidationError, match="don't fit kind"):
        Match(kind="targeted", confidence=1, why="")


def test_the_identity_names_version_and_word_lists() -> None:
    name, _, digest = MATCHER_IDENTITY.partition("+")
    assert name == "askfirst-words/2"
    assert len(digest) == 12
