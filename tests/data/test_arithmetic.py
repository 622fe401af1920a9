import random
import re
from collections import Counter
from itertools import product
from pathlib import Path

import numpy as np
import pytest

from askfirst.benchmark.errors import DataError
from askfirst.benchmark.information import question_gain
from askfirst.benchmark.problem import CANARY, Problem
from askfirst.data.families.arithmetic import FAMILY, NAME, TEMPLATES, ArithmeticTemplate, load, make, solve
from askfirst.data.families.certify import check_certificates
from askfirst.data.families.expression import parse_expression
from askfirst.data.families.template import NAMES, Template, fill, split_of

TEST_TEMPLATES_A_LEVEL = 3
"""The least number of test templates in each level."""
PLACES = 2
"""Decimals of the longest answer: money has no more."""

ALL = load()
EACH_TEMPLATE = pytest.mark.parametrize("template", ALL, ids=lambda template: template.id)
WORDS = {"name": NAMES[0], "name2": NAMES[1], "name3": NAMES[2]}


def a_problem(template: ArithmeticTemplate, seed: int = 0, **fixed: int | float) -> Problem:
    return make(template, seed, split_of(NAME, template.id), fixed)


def necessary_domains(template: ArithmeticTemplate) -> dict[str, tuple[int | float, ...]]:
    return {fragment.id: fragment.values for fragment in template.fragments if fragment.necessary}  # type: ignore[misc]


def sentences(template: Template) -> list[str]:
    texts = [text for fragment in template.fragments for text in fragment.texts]
    return [*template.goals, *texts, *(fragment.question for fragment in template.fragments)]


@EACH_TEMPLATE
def test_certificates_hold_when_they_are_solved_again(template):
    for seed in range(25):
        problem = Problem.model_validate_json(a_problem(template, seed).model_dump_json())
        check_certificates(problem, solve)
        assert all(problem.fragment(name).certificate for name in problem.necessary)


@EACH_TEMPLATE
def test_every_combination_of_values_is_a_problem_in_which_each_necessary_value_counts(template):
    domains = necessary_domains(template)
    grid = dict(zip(domains, np.meshgrid(*domains.values(), indexing="ij", sparse=True), strict=True))
    answers = parse_expression(template.answer).evaluate_arrays(grid)
    assert answers.shape == tuple(len(domain) for domain in domains.values())
    assert answers.min() >= 0
    assert np.abs(answers - np.round(answers, PLACES)).max() < 1e-9
    for axis, name in enumerate(domains):
        assert np.ptp(answers, axis=axis).min() > 1e-6, f"{name} can't change every answer"


@EACH_TEMPLATE
def test_every_sampled_combination_of_values_is_solved_as_a_decimal_with_an_end(template):
    domains = necessary_domains(template)
    draws = random.Random(7)
    problem = a_problem(template)
    expression = parse_expression(template.answer)
    for _ in range(100):
        values = {name: draws.choice(domain) for name, domain in domains.items()}
        target = solve(problem, values)
        assert re.fullmatch(rf"\d+(\.\d{{1,{PLACES}}})?", target)
        assert float(target) == pytest.approx(float(expression.evaluate_arrays(values)))


def test_each_level_has_enough_test_templates_and_every_split():
    counts = Counter((template.level, split_of(NAME, template.id)) for template in ALL)
    for level in range(1, 5):
        assert counts[level, "test"] >= TEST_TEMPLATES_A_LEVEL
        assert counts[level, "dev"] >= 1
        assert counts[level, "train"] >= 1


@EACH_TEMPLATE
def test_levels_say_how_much_has_to_be_known(template):
    fewest, most = {1: (2, 2), 2: (2, 3), 3: (3, 4), 4: (4, 6)}[template.level]
    assert fewest <= len(necessary_domains(template)) <= most


@EACH_TEMPLATE
def test_every_wording_is_a_sentence_that_fills(template):
    for slots in product(*template.slots.values()):
        words = WORDS | dict(zip(template.slots, slots, strict=True))
        for text in (*sentences(template), *(alias for fragment in template.fragments for alias in fragment.aliases)):
            assert not re.search(r"[{}]|  ", fill(text, words | {"value": "7"}))
    for fragment in template.fragments:
        assert len(fragment.texts) >= 2
        assert all(text.count("{value}") == 1 and text.endswith(".") for text in fragment.texts)
        assert fragment.question.endswith("?")
        assert 2 <= len(fragment.aliases) <= 16
        assert 4 <= len(fragment.values) <= 12
    assert all(goal[-1] in ".?" for goal in template.goals)


@EACH_TEMPLATE
def test_no_goal_question_or_alias_holds_a_value(template):
    names = [words for fragment in template.fragments for words in (fragment.question, *fragment.aliases)]
    for text in (*template.goals, *names):
        assert "{value}" not in text
        assert not re.search(r"\d", text.replace("{name2}", "").replace("{name3}", ""))


@EACH_TEMPLATE
def test_no_fragment_holds_a_number_beside_its_own_value(template):
    for fragment in template.fragments:
        assert all(not re.search(r"\d", re.sub(r"\{\w+\}", "", text)) for text in fragment.texts)


@EACH_TEMPLATE
def test_inert_fragments_carry_the_kinds_of_values_that_necessary_ones_carry(template):
    kinds = {
        necessary: {part.kind for part in template.fragments if part.necessary is necessary}
        for necessary in (True, False)
    }
    assert kinds[True] <= kinds[False]


@EACH_TEMPLATE
def test_questions_and_aliases_tell_the_fragments_of_a_template_apart(template):
    names = [words.lower() for fragment in template.fragments for words in (fragment.question, *fragment.aliases)]
    assert len(set(names)) == len(names)


def test_no_sentence_is_shared_between_templates():
    counts = Counter(sentence.lower() for template in ALL for sentence in sentences(template))
    assert [sentence for sentence, count in counts.items() if count > 1] == []


@EACH_TEMPLATE
def test_another_value_changes_nothing_but_its_own_text(template):
    for seed in (0, 1):
        first = a_problem(template, seed)
        for fragment in first.fragments:
            for value in fragment.domain:
                second = a_problem(template, seed, **{fragment.id: value})
                assert (second.id, second.goal, second.instructions) == (first.id, first.goal, first.instructions)
                for one, other in zip(first.fragments, second.fragments, strict=True):
                    assert one.id == other.id
                    assert (one.question, one.aliases) == (other.question, other.aliases)
                    assert (one.text == other.text) == (one.id != fragment.id or value == fragment.value)


def test_the_same_template_and_seed_give_the_same_problem_and_another_seed_another():
    assert a_problem(ALL[0], 3) == a_problem(ALL[0], 3)
    assert len({a_problem(ALL[0], seed).model_dump_json() for seed in range(20)}) == 20


def test_a_problem_says_what_it_is():
    template = next(template for template in ALL if template.id == "market-nuts")
    problem = a_problem(template, 5, walnuts=3, walnut_price=6.5, almonds=2, almond_price=10)
    assert (problem.id, problem.family, problem.theme) == ("arithmetic/market-nuts/5", "arithmetic", "market")
    assert (problem.level, problem.split, problem.certificate_kind) == (3, "test", "proved")
    assert (problem.target, problem.form.kind, problem.solution) == ("39.5", "number", template.answer)
    assert "6.50 dollars" in problem.fragment("walnut_price").text


def test_a_stored_problem_is_solved_without_its_template():
    problem = a_problem(next(template for template in ALL if template.id == "market-apples"))
    assert solve(problem, {"fruit": 7, "price": 2.5}) == "17.5"


def test_information_agrees_with_solving_each_completion():
    problem = a_problem(next(template for template in ALL if template.id == "market-nuts"))
    completions = FAMILY.information(problem, frozenset({"walnuts", "raisins", "almond_price"}))
    assert completions is not None
    assert completions.exact
    assert set(completions.columns) == {"walnut_price", "almonds"}
    known = {name: problem.fragment(name).value for name in problem.necessary}
    answers: dict[int, str] = {}
    for row, code in enumerate(completions.answers.tolist()):
        values = {name: problem.fragment(name).domain[column[row]] for name, column in completions.columns.items()}
        assert answers.setdefault(code, solve(problem, known | values)) == solve(problem, known | values)
    assert len(set(answers.values())) == len(answers)


def test_asking_for_a_necessary_fragment_gains_bits_and_for_an_inert_one_none():
    problem = a_problem(next(template for template in ALL if template.id == "market-coupon"))
    completions = FAMILY.information(problem, frozenset(problem.inert))
    assert completions is not None
    assert not completions.exact
    assert all(question_gain(completions, (name,)).bits > 0 for name in problem.necessary)
    assert question_gain(completions, ("gulls",)).bits == 0


def test_a_template_of_another_family_is_refused():
    other = Template.model_validate(ALL[0].model_dump(exclude={"answer", "unit"}))
    with pytest.raises(ValueError, match="expected an ArithmeticTemplate"):
        make(other, 0, "test")


def test_public_templates_are_read_once_and_each_file_holds_the_canary():
    assert load() is load()
    assert all(CANARY in file.read_text(encoding="utf-8").splitlines()[0] for file in TEMPLATES.glob("*.toml"))


PRIVATE = """
theme = "moon"
[[template]]
id = "moon-rocks"
level = 1
goals = ["How many rocks does {name} put into each bag?"]
answer = "rocks / bags"
unit = "rocks"
[[template.fragments]]
id = "rocks"
necessary = true
kind = "count"
values = [12, 24]
texts = ["{name} has {value} rocks."]
question = "How many rocks are there?"
[[template.fragments]]
id = "bags"
necessary = true
kind = "count"
values = "2..4"
texts = ["{name} has {value} bags."]
question = "How many bags are there?"
[[template.fragments]]
id = "craters"
necessary = false
kind = "count"
values = "2..4"
texts = ["{name} sees {value} craters."]
question = "How many craters are there?"
[[template.fragments]]
id = "stars"
necessary = false
kind = "count"
values = "2..4"
texts = ["{name} sees {value} stars."]
question = "How many stars are there?"
"""


def write(folder: Path, text: str) -> Path:
    path = folder / "moon.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_private_file_or_folder_loads_like_the_public_ones(tmp_path):
    path = write(tmp_path, PRIVATE)
    assert load(path) == load(tmp_path)
    (template,) = load(path)
    assert make(template, 0, "test", {"rocks": 24, "bags": 3}).target == "8"


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        ('"rocks / bags"', '"rocks / sacks"', "-"),
        ('"rocks / bags"', '"rocks"', "-"),
        ('"rocks / bags"', '"rocks / bags + stars"', "-"),
        ('"rocks / bags"', '"rocks ** bags"', "answer"),
        ('"rocks / bags"', '"open(rocks) / bags"', "answer"),
        ('"rocks / bags"', "3", "answer"),
        ("[12, 24]", '["twelve", "more"]', "-"),
        ("[12, 24]", "[true, false]", "-"),
        ("[12, 24]", "[12, nan]", "-"),
        ("[12, 24]", '"many"', "fragments.0.values"),
        ('unit = "rocks"', "", "unit"),
        ("level = 1", "level = 9", "level"),
        ("has {value} rocks", "has rocks", "fragments.0"),
    ],
)
def test_a_broken_private_file_gives_one_line_with_file_template_and_field(tmp_path, old, new, field):
    path = write(tmp_path, PRIVATE.replace(old, new))
    with pytest.raises(DataError) as caught:
        load(path)
    message = str(caught.value)
    assert message.startswith(f"{path}: template 'moon-rocks', field {field!r}: ")
    assert "\n" not in message


def test_a_missing_private_path_is_one_clear_line(tmp_path):
    with pytest.raises(DataError, match="no template file; expected"):
        load(tmp_path / "nothing.toml")


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ('"2..4"', '"7..9"', "no end"),
        ('"2..4"', '"0..1"', "fails"),
        ('"rocks / bags"', '"rocks + 0 * bags"', "can't change the answer"),
    ],
    ids=["thirds", "division by zero", "a fragment that does not count"],
)
def test_a_template_whose_values_make_no_problem_is_one_clear_line(tmp_path, old, new, reason):
    (template,) = load(write(tmp_path, PRIVATE.replace(old, new)))
    with pytest.raises(DataError, match=reason) as caught:
        [make(template, seed, "test") for seed in range(5)]
    assert str(caught.value).startswith("arithmetic/moon-rocks/")
    assert "\n" not in str(caught.value)
